"""A seeded, stratified split at random.

Classes are laid end to end, each shuffled, and every so many rows one is taken out, as a surveyor takes samples
along a line (systematic sampling). So each class gives its share to each part to within one text, however many
classes there are and however small they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.config import Split

HELD = ("test", "validation")  # what is not learned from


def split(labels: Sequence[str], settings: Split, given: Sequence[str] | None = None) -> NDArray[np.str_]:
    """(rows,) of "train", "validation" or "test", the same for the same labels and settings.

    With three rows or more, no part is empty; as far as that allows, each class has a text to learn from.
    `given` holds "train", "validation" or "test" for each row when the user's files said so: the validation and the
    test part are then theirs. A part that they do not give comes out of the train rows.
    """
    # Numbers instead of names: an array of strings is as wide as its longest one.
    classes = pd.factorize(np.asarray(labels, dtype=object), sort=True)[0]
    parts = np.full(len(classes), "train", dtype="<U10")
    rng = np.random.default_rng(settings.split_seed)
    told = np.asarray(given if given is not None else parts, dtype=np.str_)
    held_apart = np.isin(told, HELD)
    parts[held_apart] = told[held_apart]
    wanted = tuple(part for part in HELD if not (told == part).any())
    shares = {"test": settings.test_share, "validation": settings.validation_share}
    line = line_of(classes, np.flatnonzero(~held_apart), rng)
    if wanted:
        together = sum(shares[part] for part in wanted)
        held = _taken(line, together, rng)
        parts[held] = wanted[-1]
        if len(wanted) == 2:
            parts[_taken(held, settings.test_share / together, rng)] = "test"
    _give_each_class_a_text(parts, classes, line)
    _fill(parts, classes, line, wanted)
    if "validation" in wanted and settings.validation_learned:
        # At the very end, so that the test part is the same whatever share this is.
        validation = line[parts[line] == "validation"]
        parts[_taken(validation, settings.validation_learned, rng)[: len(validation) - 1]] = "train"
    return parts


def fewer(parts: NDArray[np.str_], labels: Sequence[str] | pd.Series, settings: Split) -> NDArray[np.str_]:
    """The same with only `learned_share` of each class in "train", at least one text; the rest is "unused".

    Of a smaller share, every text is in a larger one, too, so that a learning curve adds texts and does not swap them.
    """
    if settings.learned_share == 1:
        return parts
    parts = parts.copy()
    classes = pd.factorize(np.asarray(labels, dtype=object), sort=True)[0]
    line = line_of(classes, np.flatnonzero(parts == "train"), np.random.default_rng(settings.split_seed))
    sizes = np.bincount(classes[line])
    place = np.arange(len(line)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    parts[line[place >= np.ceil(sizes[classes[line]] * settings.learned_share)]] = "unused"
    return parts


def line_of(classes: NDArray[np.int64], rows: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """The rows, shuffled, then put together by class."""
    shuffled = rng.permutation(rows)
    return shuffled[np.argsort(classes[shuffled], kind="stable")]


def _taken(line: NDArray[np.int64], share: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Every (1/share)-th element of the line, from a random start."""
    steps = np.floor(np.arange(len(line) + 1) * share + rng.random())
    return line[np.diff(steps) > 0]


def _give_each_class_a_text(parts: NDArray[np.str_], classes: NDArray[np.int64], line: NDArray[np.int64]) -> None:
    """A class that is not in `train` gets its last text there."""
    learned = set(classes[line][parts[line] == "train"])
    for row in line[::-1]:
        if classes[row] not in learned:
            parts[row] = "train"
            learned.add(classes[row])


def _fill(
    parts: NDArray[np.str_], classes: NDArray[np.int64], line: NDArray[np.int64], wanted: tuple[str, ...]
) -> None:
    """Give an empty part one text: of the largest class to learn from, else of another part, else what there is."""
    for part in wanted:
        train = line[parts[line] == "train"]
        if (parts == part).any() or not len(train):
            continue
        sizes = np.bincount(classes[train])
        held = line[parts[line] != "train"]
        if sizes.max() > 1:
            parts[train[classes[train] == sizes.argmax()][0]] = part
        elif len(held) > 1:
            parts[held[0]] = part
        elif len(train) > 1:
            parts[train[0]] = part
