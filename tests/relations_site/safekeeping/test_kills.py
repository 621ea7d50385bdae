"""A command that is killed in the middle of its work leaves nothing half-done, and the next run works."""

from tests import own_site


def test_killed_commands_leave_all_or_nothing(databases, tmp_path):
    env = own_site.environment(databases("killed", full=True), tmp_path)
    told = own_site.run(env, "benchmarks/kills", 3, "--only", "import_trade,backup").stdout.splitlines()
    assert [line.split(",")[0] for line in told] == ["import_trade: 3 rounds", "backup: 3 rounds"]
