"""The Nu Html Checker: the jar that VNU names, else the one that npm puts into var/tools; Java is Debian's where root may install it.

python -m tests.browser.checker     # prints the path of the jar; exit code 1 and a sentence where it cannot be had
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "26.9.27"
SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
HOME = Path(__file__).resolve().parent.parent.parent / "var" / "tools" / "vnu"
JAR = HOME / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def find():
    """The path of the jar where it can be run, or None. Installs nothing."""
    if not shutil.which("java"):
        return None
    if given := os.environ.get("VNU"):
        return given
    return str(JAR) if JAR.exists() and hashlib.sha256(JAR.read_bytes()).hexdigest() == SHA256 else None


def install():
    """Debian's Java and npm's package, where that is possible."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    wanted = [package for tool, package in (("java", "default-jre-headless"), ("npm", "npm")) if not shutil.which(tool)]
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=env, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted], env=env, **quiet)
    if shutil.which("npm"):
        HOME.mkdir(parents=True, exist_ok=True)
        take = ["npm", "install", "--prefix", HOME, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", f"vnu-jar@{VERSION}"]
        subprocess.run(take, **quiet)
    return find()


def messages(jar, folder):
    """What the checker says of every HTML, CSS and SVG file of a folder: (file, line, type, sentence, extract)."""
    asked = ["java", "-jar", jar, "--also-check-css", "--also-check-svg", "--format", "json", "--exit-zero-always", folder]
    said = json.loads(subprocess.run(asked, capture_output=True, text=True, check=True).stderr)["messages"]
    return [
        (m["url"].rpartition("/")[2], m.get("lastLine"), m.get("subType", m["type"]), m["message"], m.get("extract", "").strip()[:120])
        for m in said
    ]


if __name__ == "__main__":
    path = find() or install()
    print(path or f"No Nu Html Checker: it takes Java and npm (vnu-jar {VERSION}), or VNU as the path of its jar.")
    sys.exit(0 if path else 1)
