"""The connection to the engine: found, or its programs started (core.runs.programs), and closed again.

The programs go on when the page's process ends, and another process finds them by the file in the engine's folder.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import locket

from core.errors import EngineError
from core.messages import N_
from core.runs.programs import Programs, address
from core.settings import Settings

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 10.0
GLANCE_SECONDS = 1.0  # a page that only looks does not wait longer for a connection, and tries it every half minute
LOOK_SECONDS = 15.0  # how long a look at the programs is believed


class EngineUnreachable(EngineError):
    message = N_("The training engine at {address} does not answer. Check that it runs, and UNROLLED_SCHEDULER.")


class Connection:
    """One for each process; its methods may be called from any thread."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.programs = Programs(settings)
        self._client: Client | None = None
        self._lock = threading.RLock()
        self._looked = 0.0
        self._glance_again = 0.0

    def ensure(self) -> None:
        """Connect; start the programs if no address is given and they do not run. Quick when all is well.

        Raises EngineNotStarted or EngineUnreachable.
        """
        with self._lock:
            if self._connected() and time.monotonic() - self._looked < LOOK_SECONDS:
                return
            if self.settings.scheduler is None:
                self._start_what_is_missing()
            if not self._connected():
                self._connect(self._address(), CONNECT_SECONDS)
            self._looked = time.monotonic()

    def shutdown(self) -> None:
        """End the local programs, in mid-training if need be; an engine given by its address is only left."""
        with self._lock:
            self._disconnect()
            if self.settings.scheduler is None:
                with self._file_lock():
                    self.programs.end()

    def leave(self) -> None:
        """Close the connection; the engine goes on."""
        with self._lock:
            self._disconnect()

    def _client_if_there(self) -> Client | None:
        if self._connected():
            return self._client
        if time.monotonic() < self._glance_again or not self._lock.acquire(blocking=False):
            return None  # it did not answer a moment ago, or another thread is starting it
        try:
            place = self._address()
            if place and (self.settings.scheduler or "scheduler" in self.programs.alive()):
                self._connect(place, GLANCE_SECONDS)
            return self._client
        except EngineError:
            self._glance_again = time.monotonic() + 30
            return None
        finally:
            self._lock.release()

    def _connected(self) -> bool:
        return self._client is not None and self._client.status == "running"

    def _address(self) -> str | None:
        return self.settings.scheduler or address(self.programs.scheduler_file)

    def _start_what_is_missing(self) -> None:
        if not self.programs.complete():
            with self._file_lock():
                if not self.programs.complete():
                    self.programs.start()

    def _file_lock(self) -> Any:
        self.settings.engine_folder.mkdir(parents=True, exist_ok=True)
        return locket.lock_file(str(self.settings.engine_folder / "lock"), timeout=90)

    def _connect(self, place: str | None, patience: float) -> None:
        from distributed import Client

        self._disconnect()
        try:
            self._client = Client(place, timeout=patience, set_as_default=False, name="unrolled")
        except (OSError, TimeoutError, ValueError) as error:
            raise EngineUnreachable(address=place) from error

    def _disconnect(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close(timeout=2)
