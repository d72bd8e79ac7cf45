"""Names of the parts of a data set, in files and in columns: "dev.csv" and "entraînement" are understood."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

_NAMES = {
    "train": "train training trainset learn learning entrainement apprentissage appr entr",
    "validation": "validation valid val dev devel development developpement valset devset",
    "test": "test testing tests testset eval evaluation heldout essai",
}
_PARTS = {name: part for part, names in _NAMES.items() for name in names.split()}


def part_named(name: str) -> str | None:
    """ "train", "validation" or "test" for a cell or a folder with such a name: " Entraînement " -> "train"."""
    return _PARTS.get(_plain(name).replace("_set", "").strip("_- "))


def part_of_file(path: str) -> str | None:
    """The part that a file's name or its folders tell: "mr/dev.tsv.gz" and "fr.validation.tsv" -> "validation"."""
    for piece in reversed(PurePosixPath(path.replace("\\", "/")).parts):
        words = [word for word in re.split(r"[^a-z]+", _plain(piece)) if word in _PARTS]
        if len({_PARTS[word] for word in words}) == 1:
            return _PARTS[words[0]]
    return None


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
