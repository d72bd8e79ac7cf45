"""The weights of epochs on their way from a training to the store."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.errors import StoreError

if TYPE_CHECKING:
    from core.models.base import Weights
    from core.runs.store import RunStore

_SOON_BYTES = 20_000_000  # that wait: then they are written at once
_MOST_BYTES = 100_000_000  # of a store that is locked for a while; then the oldest are left out


class Keeping:
    """Takes weights in the training's thread, which costs it a copy, and writes them in another.

    frozen: names of weights that training does not change; they are kept once, before it. Nothing here may end a
    training: what cannot be stored is left out.
    """

    def __init__(self, store: RunStore, run_id: str, frozen: frozenset[str] = frozenset()) -> None:
        self._store, self._run_id, self._frozen = store, run_id, frozen
        self._lock = threading.Lock()
        self._waiting: dict[int, Weights] = {}
        self._latest: tuple[int, Weights] | None = None
        self._every = 1

    def take(self, epoch: int, weights: Callable[[], Weights]) -> None:
        """The weights after this epoch; 0: before the first."""
        found = {name: values for name, values in weights().items() if epoch == 0 or name not in self._frozen}
        with self._lock:
            self._latest = epoch, found
            if epoch % self._every == 0:
                self._waiting[epoch] = found
                while len(self._waiting) > 2 and _bytes(self._waiting) > _MOST_BYTES:
                    del self._waiting[sorted(self._waiting)[1]]

    def write(self, due: bool, leaving: bool) -> None:
        """Store what waits if it is `due` or much; on `leaving` the last epoch, too. Raises RunNotFound.

        Epochs may be short, and several are written for little more than one: it is due whenever a checkpoint is, and
        before it, so that a training that is killed and goes on from there has none left out.
        """
        with self._lock:
            if not (due or leaving or _bytes(self._waiting) > _SOON_BYTES):
                return
            waiting, self._waiting = self._waiting, {}
            if leaving and self._latest:
                waiting = waiting | dict([self._latest])
        if not waiting:
            return
        try:
            self._every = self._store.save_epochs(self._run_id, waiting).every
        except StoreError:
            with self._lock:
                self._waiting = waiting | self._waiting


def _bytes(waiting: dict[int, Weights]) -> int:
    return sum(values.nbytes for weights in waiting.values() for values in weights.values())
