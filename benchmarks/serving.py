"""Servers for the benchmarks: a granian of two workers over the site, over the same bytes from memory, or over anything else, asked by wrk."""

import os
import platform
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

CONNECTIONS = 8
BARE = """
def application(environ, start_response):
    status, headers, body = ANSWERS.get(environ['PATH_INFO'] + '?' + environ.get('QUERY_STRING', ''), ANSWERS['/healthz/?'])
    start_response(status, headers)
    return [body]
"""
# One address after the other; each from a host that nobody asked before (so that no page is there), or with a word that no page understands.
VARIED = """
local paths, n, fresh = {%s}, %d, "%s"
request = function() n = n + 1; local path = paths[n %% #paths + 1]
  if fresh == "host" then wrk.headers["Host"] = "n" .. n .. ".%s" end
  if fresh == "word" then path = path .. (string.find(path, "?", 1, true) and "&" or "?") .. "fresh=" .. n end
  return wrk.format("GET", path) end
"""
DOMAIN = "bench.localhost"
WHEREVER = f"127.0.0.1,.{DOMAIN}"


class AnyAnswer(urllib.request.HTTPErrorProcessor):
    """A refusal is an answer too."""

    def http_response(self, request, response):
        return response


OPENER = urllib.request.build_opener(AnyAnswer)


class Server:
    """A granian of two workers, asked by wrk."""

    def __init__(self, target, env, folder):
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            port = sock.getsockname()[1]
        how = [
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--workers",
            "2",
            "--blocking-threads",
            "8",
            "--no-access-log",
            "--log-level",
            "error",
        ]
        command = [Path(sys.executable).with_name("granian"), *how, "--port", str(port), target]
        self.process, self.address = subprocess.Popen(command, cwd=folder, env=env), f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                self.fetch("/healthz/")
                break
            except OSError:
                time.sleep(0.1)

    def fetch(self, path):
        """(status line, headers, body) of one answer."""
        request = urllib.request.Request(self.address + path, headers={"Accept-Encoding": "br"})
        with OPENER.open(request, timeout=600) as answer:
            kept = [(k, v) for k, v in answer.getheaders() if k.lower() not in ("connection", "date", "server", "content-length")]
            body = answer.read()
        return f"{answer.status} OK", [*kept, ("Content-Length", str(len(body)))], body

    def pids(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [str(self.process.pid), *children]

    def cpu(self):
        """Seconds of CPU that its processes have used."""
        ticks = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in self.pids()]
        return sum(int(n) for pair in ticks for n in pair) / os.sysconf("SC_CLK_TCK")

    def settled(self):
        """The same once it rests: what was asked before and nobody waits for any more is finished first."""
        before = self.cpu()
        while True:
            time.sleep(0.2)
            if (now := self.cpu()) == before:
                return now
            before = now

    def memory(self):
        """Megabytes that are its own: files that are mapped are the system's."""
        said = [re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in self.pids()]
        return sum(int(match[1]) for match in said) / 1000

    def ask(self, paths, seconds, fresh="", header="", *, refused=False, connections=CONNECTIONS):
        """{rate, p50, p99, cpu in ms} of so many seconds; ends the run if a request failed that should not, or none that should."""
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "600s", "--latency", "-H", "Accept-Encoding: br"]
        before = self.settled()
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            if fresh or len(paths) > 1:
                script.write(VARIED % (", ".join(f'"{path}"' for path in paths), time.monotonic_ns() // 1000 % 10**12, fresh, DOMAIN))
                script.flush()
                command += ["-s", script.name]
            command += ["-H", header] if header else []
            said = subprocess.run([*command, self.address + paths[0]], capture_output=True, text=True, check=True).stdout
        if ("Non-2xx" in said) != refused or "Socket errors" in said:
            raise SystemExit(f"Failed requests at {paths[0]}:\n{said}")
        number = int(re.search(r"(\d+) requests in", said)[1])
        if not number and seconds < 60:
            # Nothing was finished in this time.
            return self.ask(paths, seconds * 4, fresh, header, refused=refused, connections=connections)
        found = {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), "cpu": 1000 * (self.cpu() - before) / max(1, number)}
        return found | {f"p{part}": _milliseconds(re.search(rf"{part}%\s+(\S+)", said)[1]) for part in (50, 99)}

    def stop(self):
        self.process.terminate()
        self.process.wait()


def _milliseconds(said):
    """wrk's words for a time; no number where nothing was answered."""
    match = re.fullmatch(r"([\d.]+)(us|ms|s|m)", said)
    if not match:
        return float("nan")
    number, unit = match.groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def from_memory(folder, paths, site):
    """A server that returns from memory what the site answers at these addresses."""
    answers = {path if "?" in path else f"{path}?": site.fetch(path) for path in paths}
    answers["/healthz/?"] = ("200 OK", [], b"")
    Path(folder, "bare.py").write_text(f"ANSWERS = {answers!r}\n{BARE}")
    return Server("bare:application", {**os.environ}, folder)


def prepare():
    """Collect the static files and compile the translations, as `make run` does."""
    subprocess.run([sys.executable, "-m", "relations_site.first_run", "--files"], cwd=Path(__file__).resolve().parent.parent, check=True)


def machine():
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return f"{os.cpu_count()} cores ({model[1] if model else platform.machine()}), Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
