"""Word vectors in the user's folder, one file for each fingerprint: UNROLLED_HOME/vectors/<fingerprint>.npz."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.text.vectors import Vectors, VectorsNotFound


@dataclass(frozen=True)
class VectorEntry:
    """What a list of vectors shows, without reading their numbers. words: kept, of so many in the file."""

    fingerprint: str
    name: str
    words: int
    of: int
    dimension: int


class VectorShelf:
    """Saves and finds vectors by fingerprint."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "vectors"

    def save(self, vectors: Vectors) -> str:
        """Keep vectors and return their fingerprint; a reader sees the whole file or none."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(vectors.fingerprint)
        about = {"name": vectors.name, "words": len(vectors.words), "of": vectors.of, "dimension": vectors.dimension}
        beside = path.with_name(f".{path.stem}.{os.getpid()}.part")
        with beside.open("wb") as file:
            np.savez(
                file,
                allow_pickle=False,
                about=np.array(json.dumps(about)),
                words=np.frombuffer("\n".join(vectors.words).encode(), np.uint8),
                values=vectors.values,
            )
        os.replace(beside, path)
        return vectors.fingerprint

    def load(self, fingerprint: str) -> Vectors:
        """Raises VectorsNotFound."""
        try:
            with np.load(self._path(fingerprint), allow_pickle=False) as file:
                about = json.loads(str(file["about"]))
                words = bytes(file["words"]).decode().split("\n")
                return Vectors(words, file["values"], about["name"], about["of"])
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise VectorsNotFound(fingerprint=fingerprint) from error

    def entries(self) -> list[VectorEntry]:
        """All that are kept, newest first; a file that cannot be read is left out."""
        found = []
        for path in sorted(self._folder.glob("*.npz"), key=lambda path: -path.stat().st_mtime_ns):
            try:
                with np.load(path, allow_pickle=False) as file:
                    found.append(VectorEntry(path.stem, **json.loads(str(file["about"]))))
            except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
                continue
        return found

    def _path(self, fingerprint: str) -> Path:
        return self._folder / f"{fingerprint}.npz"
