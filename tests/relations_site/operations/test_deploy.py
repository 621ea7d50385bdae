"""What is given for deploying is well-formed, and agrees with the project."""

import configparser
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading

import pytest
import yaml
from django.conf import settings

from relations_site.operations import probe

pytestmark = pytest.mark.one_engine

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
VARIABLES = set(re.findall(r"^([A-Z0-9_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.M))
# Read by Python or by the container, not by the project.
OTHERS = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
# Folders in which the site writes; beside the code nobody may, where it is installed.
FOLDERS = {name for name in VARIABLES if name.endswith("_ROOT")}


def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_compose_sets_what_the_project_reads():
    services = compose()["services"]
    for name in ("site", "prepare", "backup"):
        assert set(services[name]["environment"]) - VARIABLES == set()
        assert (services[name]["read_only"], services[name]["cap_drop"]) == (True, ["ALL"])
    assert set(services) == {"site", "prepare", "backup", "database", "redis"}
    assert [name for name, service in services.items() if "ports" in service] == ["site"]


def test_image_is_run_by_nobody_in_particular_and_watched():
    lines = (DEPLOY / "Dockerfile").read_text()
    instructions = re.sub(r"\\\n", " ", lines).splitlines()
    words = {line.split()[0] for line in instructions if line and not line.startswith((" ", "#"))}
    assert words <= {"FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}
    assert [line for line in instructions if line.startswith("USER")] == ["USER 10001:10001"]
    final = " ".join(line for line in instructions[instructions.index("FROM python:3.12-slim-bookworm") :] if line.startswith("ENV"))
    assert set(re.findall(r"\b([A-Z][A-Z_]+)=", final)) <= VARIABLES | OTHERS
    copied = {part for line in instructions if line.startswith("COPY") and "--from" not in line for part in line.split()[1:-1]}
    assert all((settings.BASE_DIR / name).exists() for name in copied)
    assert {"relations_site", "record", "events", "cooperation", "templates", "static", "content", "docs"} <= copied


def test_every_folder_that_is_written_to_lies_beside_the_code():
    image, told = (DEPLOY / "Dockerfile").read_text(), (settings.BASE_DIR / "docs" / "operations.md").read_text()
    assert {"MEDIA_ROOT", "DESK_ROOT", "BACKUP_ROOT", "BUNDLE_ROOT"} <= FOLDERS
    for name in FOLDERS:
        assert f"{name}=/var/lib/record/" in image and f"{name}=/var/lib/record/" in told
        assert compose()["services"]["backup"]["environment"][name].startswith("/var/lib/record/")


def test_commands_begin_where_nothing_can_be_noted_and_make_no_folder(tmp_path):
    for folder in ("/dev/null/desk", tmp_path / "desk"):
        told = manage("check", DESK_ROOT=str(folder))
        assert told.returncode == 0, told.stderr
    assert not (tmp_path / "desk").exists()


def test_lines_of_the_example_may_be_left_empty():
    empty = dict.fromkeys(VARIABLES - {"SECRET_KEY"}, "")
    told = manage("check", **empty)
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize(
    ("allowed", "name"),
    [
        ("record.example,127.0.0.1", "record.example"), (".record.example", "record.example"), ("*", "127.0.0.1"), ("", "127.0.0.1"),
        (", record.example", "record.example"), ("[::1]", "[::1]"),
    ],
)  # fmt: skip
def test_probe_asks_by_the_name_of_the_site(allowed, name):
    assert probe.host(allowed) == name


@pytest.mark.parametrize("status", [200, 503])
def test_probe_tells_whether_the_site_answers(status):
    class Health(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Host"], self.headers["X-Forwarded-Proto"]))
            self.send_response(status)
            self.end_headers()

    asked = []
    with http.server.HTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.handle_request).start()
        assert probe.answers(server.server_port, "record.example") == (status == 200)
    assert asked == [("/healthz/", "record.example", "https")]
    assert not probe.answers(server.server_port, "record.example", seconds=0.5)


def manage(*words, **environment):
    """A command of the site, in a process of its own."""
    own = {"SECRET_KEY": "of a test", **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *words], env={**os.environ, **own}, capture_output=True, text=True, cwd=settings.BASE_DIR
    )


@pytest.mark.parametrize(("form", "is_json"), [("json", True), ("lines", False), ("", False)])
def test_the_server_writes_its_lines_as_the_site_does(form, is_json):
    said = "import json, logging.config; logging.config.dictConfig(json.load(open('deploy/granian.json')))"
    said += "; logging.getLogger('_granian').warning('A worker ended: 10.0.0.7')"
    told = subprocess.run(
        [sys.executable, "-c", said], env={**os.environ, "LOG_FORMAT": form}, capture_output=True, text=True, cwd=settings.BASE_DIR
    )
    assert told.returncode == 0 and "A worker ended: [address]" in told.stderr
    assert told.stderr.startswith("{") == is_json
    if is_json:
        assert told.returncode == 0 and json.loads(told.stderr)["logger"] == "_granian"


def test_the_server_finds_in_the_file_beside_the_code_how_lines_are_written(tmp_path):
    (tmp_path / ".env").write_text("LOG_FORMAT=json\n")
    said = f"import json, logging.config, pathlib; from relations_site.operations import logs; logs.ENV = pathlib.Path({str(tmp_path / '.env')!r})"
    said += "; import os; before = dict(os.environ)"
    said += "; logging.config.dictConfig(json.load(open('deploy/granian.json'))); logging.getLogger('_granian').warning('Ended')"
    # Whoever is started by this process reads the file as it is then.
    said += "; assert dict(os.environ) == before"
    env = {name: value for name, value in os.environ.items() if name != "LOG_FORMAT"}
    told = subprocess.run([sys.executable, "-c", said], env=env, capture_output=True, text=True, cwd=settings.BASE_DIR)
    assert json.loads(told.stderr)["logger"] == "_granian"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_unit_is_well_formed(path):
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read(path)
    if path.suffix == ".timer":
        assert path.with_suffix(".service").exists()
        assert set(unit.sections()) == {"Unit", "Timer", "Install"}
    else:
        assert unit["Service"]["User"] == "record"
        assert (unit["Service"]["NoNewPrivileges"], unit["Service"]["ProtectSystem"]) == ("true", "strict")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_finds_no_fault(tmp_path):
    for path in UNITS:
        (tmp_path / path.name).write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", path.read_text(), flags=re.M))
    paths = [tmp_path / path.name for path in UNITS]
    told = subprocess.run(["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True)
    assert [line for line in told.stderr.splitlines() if str(tmp_path) in line or "record" in line] == []


def conf():
    return (DEPLOY / "nginx" / "record.conf").read_text(), (DEPLOY / "nginx" / "record-proxy.conf").read_text()


def test_nginx_adds_no_header_that_the_site_sets_and_passes_on_no_claim():
    site, proxy = conf()
    inside = site[site.index("location ^~ /errors/") : site.index("location = /metrics")]
    assert "add_header" not in site.replace(inside, "") + proxy
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in proxy and "$proxy_add_x_forwarded_for" not in proxy
    assert 'proxy_set_header X-Forwarded-Host "";' in proxy
    for code in re.findall(r"/errors/(\d+)\.html", site):
        page = (DEPLOY / "nginx" / "errors" / f"{code}.html").read_text()
        assert re.findall(r'lang="(\w\w)"', page) == ["en", "az", "uz", "ru"]
        assert not re.search(r"<script|<style|style=|\son\w+=", page)


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here")
def test_nginx_reads_it(tmp_path):
    site, _proxy = conf()
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    own = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=record.example"]
    subprocess.run([*own, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    site = site.replace("/etc/ssl/record", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    (tmp_path / "record.conf").write_text(site.replace("/etc/nginx/record-proxy.conf", str(DEPLOY / "nginx" / "record-proxy.conf")))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\nhttp {{ include {tmp_path}/record.conf; }}\n")
    told = subprocess.run(["nginx", "-t", "-q", "-c", whole], capture_output=True, text=True)
    assert (told.returncode, [line for line in told.stderr.splitlines() if "[emerg]" in line or "[warn]" in line]) == (0, [])
