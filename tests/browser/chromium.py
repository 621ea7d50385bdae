"""Where Chromium is: CHROME if set, else the system's, else Playwright's own, else Debian's package when root.

python -m tests.browser.chromium     # prints the path; exit code 1 and a sentence where none can be had
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find():
    """The path of an executable, or None. Installs nothing."""
    if given := os.environ.get("CHROME"):
        return given
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_own()


def _playwrights_own():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install():
    """Debian's package, where that is possible."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet)
    return find()


if __name__ == "__main__":
    path = find() or install()
    print(path or "No Chromium: set CHROME, or install the package “chromium”.")
    sys.exit(0 if path else 1)
