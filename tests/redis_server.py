"""Where a Redis server is: the system's, else Debian's package when root.

python -m tests.redis_server     # prints the path; exit code 1 and a sentence where none can be had
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager


def find():
    """The path of an executable, or None. Installs nothing."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def install():
    """Debian's package, where that is possible."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "redis-server"], **quiet)
    return find()


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextmanager
def running(port):
    """A server on a port of this machine that keeps nothing on disk; it answers when the block begins."""
    command = [find(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield server
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    path = find() or install()
    print(path or "No Redis: install the package “redis-server”.")
    sys.exit(0 if path else 1)
