"""The app as a user runs it, for tests and screenshots: a web server on a free port, with a home of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from core.runs.store import RunStore, open_store

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60
END_ENGINE = """
from core.runs.engine import Engine
from core.settings import Settings
Engine(Settings.from_environment()).shutdown()
"""


class App:
    """A web server that can be stopped and started again; its engine goes on meanwhile, as a user's would."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home / "web.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("UNROLLED_", "STREAMLIT_"))}
        self.environment = kept | {"UNROLLED_HOME": str(home), "UNROLLED_IDLE_MINUTES": "10"} | environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the web server and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py"]
        options = ["--server.headless=true", f"--server.port={self.port}", "--server.fileWatcherType=none"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command + options, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        end = time.monotonic() + PATIENCE_SECONDS
        while not _answers(f"{self.url}/_stcore/health"):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"The app did not start. Its log:\n{self.log.read_text(errors='replace')[-4000:]}")
            time.sleep(0.1)

    @cached_property
    def store(self) -> RunStore:
        """The app's runs, as another program finds them."""
        return open_store(f"sqlite:///{(self.home / 'runs.db').as_posix()}", self.home)

    def kill(self) -> None:
        """End the web server at once, as a power cut would; the engine is not told."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def end_engine(self) -> None:
        """End the scheduler and the workers that this app started."""
        subprocess.run([sys.executable, "-c", END_ENGINE], cwd=ROOT, env=self.environment, timeout=60, check=True)


@contextmanager
def running(home: Path, **environment: str) -> Iterator[App]:
    """The app while the block runs; afterwards nothing of it is left running."""
    app = App(home, **environment)
    try:
        app.start()
        yield app
    finally:
        app.kill()
        app.end_engine()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
