"""The weights of a run after its epochs, so that one can look back at what it knew by then.

Every epoch up to fifty, then every second, every fourth...: as many as before, spread over the whole training. They
stand in folders that are used again, so that what a run takes up is bounded on any kind of storage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.models.base import Weights
from core.runs.artifacts import NothingStored
from core.runs.results import Results
from core.runs.tags import chunked, joined

MOST_EPOCHS = 50
MOST_BYTES = 200_000_000
_TAG, _FILE = "epochs-kept", "weights.npz"


@dataclass(frozen=True)
class KeptEpochs:
    """folders: where each stands, by epoch, the first epoch first; 0 is the network before its training. sizes: their
    bytes. every: of how many epochs one is kept; the last one is, in any case.
    """

    folders: dict[int, str]
    sizes: dict[int, int]
    every: int = 1

    @property
    def epochs(self) -> list[int]:
        return list(self.folders)

    @property
    def bytes(self) -> int:
        return sum(self.sizes.values())


def thinned(epochs: Sequence[int], most: int, every: int = 1) -> tuple[list[int], int]:
    """Those of rising epochs that are kept, at most so many, and of how many one is: thinned([0, 1, 2, 3, 4], 3) is
    ([0, 2, 4], 2). The first (0) and the last always are; `most` is at least 2.
    """
    while True:
        kept = [epoch for epoch in epochs if epoch % every == 0 or epoch == epochs[-1]]
        if len(kept) <= most:
            return kept, every
        every *= 2


def affordable(size: int) -> int:
    """How many epochs of so many bytes are kept, the network before its training among them."""
    return max(3, min(MOST_EPOCHS + 1, MOST_BYTES // max(1, size)))


class Epochs(Results):
    """Saves and loads these."""

    def save_epochs(self, run_id: str, weights: Mapping[int, Weights]) -> KeptEpochs:
        """Keep the weights after some epochs beside those that are kept already; returns what is kept then.

        A kill in the middle loses some of these epochs, and never mixes two up: what stands in a folder that is used
        again is forgotten before it is written over.
        """
        found = self._found(run_id)
        before, local = _told(found.data.tags), self._local_of(found)
        sizes = {epoch: sum(values.nbytes for values in each.values()) for epoch, each in weights.items()}
        most = affordable(max(sizes.values(), default=0))
        chosen, every = thinned(sorted({*before.folders, *weights}), most, before.every)
        folders = {epoch: before.folders[epoch] for epoch in chosen if epoch in before.folders}
        fresh = [epoch for epoch in chosen if epoch in weights]
        if len(folders) < len(before.folders):
            self._note_epochs(run_id, KeptEpochs(folders, _of(before.sizes, folders), every))
        free = [name for name in map("epoch-{:02d}".format, range(most)) if name not in folders.values()]
        for epoch in fresh:
            name = folders.get(epoch) or free.pop(0)
            with self._writing_at(local, run_id, name) as folder:
                _write(folder / _FILE, weights[epoch])
            folders[epoch] = name
        folders = {epoch: folders[epoch] for epoch in sorted(folders)}
        kept = KeptEpochs(folders, _of({**before.sizes, **sizes}, folders), every)
        self._note_epochs(run_id, kept)
        return kept

    def kept_epochs(self, run_id: str) -> KeptEpochs:
        """Which epochs can be looked at; none of runs of earlier versions, and of those that wait."""
        return _told(self._found(run_id).data.tags)

    def load_epoch(self, run_id: str, epoch: int) -> Weights:
        """The weights after an epoch; those that were never learned may be left out. Raises NothingStored."""
        name = self.kept_epochs(run_id).folders.get(epoch)
        if name is None:
            raise NothingStored(name=f"epoch {epoch}")
        with self.reading(run_id, name) as folder, np.load(folder / _FILE, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}

    def _note_epochs(self, run_id: str, kept: KeptEpochs) -> None:
        rows = [[epoch, name, kept.sizes[epoch]] for epoch, name in kept.folders.items()]
        self._log(run_id, chunked(_TAG, {"every": kept.every, "epochs": rows}))


def _told(tags: Mapping[str, str]) -> KeptEpochs:
    told = joined(tags, _TAG)
    if not told:
        return KeptEpochs({}, {})
    rows = [(int(epoch), str(name), int(size)) for epoch, name, size in told["epochs"]]
    return KeptEpochs({row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}, told["every"])


def _of(sizes: Mapping[int, int], folders: Mapping[int, str]) -> dict[int, int]:
    return {epoch: sizes[epoch] for epoch in folders}


def _write(path: Path, weights: Weights) -> None:
    # Not packed: numbers that were learned hardly become smaller, and packing takes ten times as long.
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **weights)
