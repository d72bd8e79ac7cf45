"""A Chromium to test with: a system one if there is one, else the distribution's package, else Playwright's own.

`python -m tests.browser.chromium` finds or installs it and prints where it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Without these, Chromium looks for its maker's servers at every start and needs a sandbox that containers forbid.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium; says what to do when there is none."""
    path = find(playwright)
    if path is None:
        raise RuntimeError("There is no Chromium to test with. Run: python -m tests.browser.chromium")
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def find(playwright: Playwright) -> str | None:
    """The path of a Chromium that starts, or None."""
    candidates = [shutil.which(name) for name in NAMES] + [str(MAC), playwright.chromium.executable_path]
    return next((path for path in candidates if path and _starts(path)), None)


def install(playwright: Playwright) -> str | None:
    """Install one in the way that this machine allows; its path, or None if no way worked."""
    for commands in _ways():
        for command in commands:
            print("+", " ".join(command), flush=True)
            if subprocess.run(command, check=False).returncode:
                break
        if path := find(playwright):
            return path
    return None


def _ways() -> list[list[list[str]]]:
    ways = []
    if shutil.which("apt-get") and hasattr(os, "geteuid"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        ways.append([[*root, "apt-get", "update", "-q"], [*root, "apt-get", "install", "-q", "-y", "chromium"]])
    ways.append([[sys.executable, "-m", "playwright", "install", "chromium"]])
    return ways


def _starts(path: str) -> bool:
    # Some distributions' package is only a note that tells one to install another thing.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    with sync_playwright() as started:
        found = find(started) or install(started)
    if found is None:
        sys.exit("No Chromium could be installed. Install Chromium or Google Chrome by hand, then run this again.")
    print(f"Chromium: {found}")
