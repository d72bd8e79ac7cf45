"""What checks share: the rows of a data set, and what is costly to compute of them, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from core.data.dataset import Dataset
from core.data.quality.near import Near, near_copies
from core.data.quality.words import words_of
from core.data.usable import keys, reasons_of

_SIDES = {"test": 0, "validation": 1}  # what judges comes before what is judged


class Texts:
    """The rows of a data set as checks see them. Arrays are (rows,), in the frame's order."""

    def __init__(self, dataset: Dataset) -> None:
        self.frame = dataset.frame
        self.tagging = dataset.task == "tagging"

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def text(self) -> pd.Series:
        return self.frame["text"]

    @property
    def label(self) -> pd.Series:
        """The labels; the tags of tagging data."""
        return self.frame["tags" if self.tagging else "label"]

    @cached_property
    def labelled(self) -> bool:
        """Whether any row has a label (and no tags): without one, nothing can be said about classes."""
        return not self.tagging and bool((self.label != "").any())

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """Equal for texts that differ in capitals, spaces and invisible characters only."""
        return keys(self.text)

    @cached_property
    def empty(self) -> NDArray[np.bool_]:
        return np.asarray(self.keys == hash(""))

    @cached_property
    def reasons(self) -> pd.Series:
        """Why rows cannot be used, as core.data.usable.reasons_against says."""
        return reasons_of(self.frame, self.keys)

    @cached_property
    def classes(self) -> pd.Series:
        """Usable texts by class, the largest first; none for tagging data."""
        return self.label[(self.reasons == "").to_numpy() & self.labelled].value_counts()

    @cached_property
    def side(self) -> NDArray[np.int8]:
        """0 for rows of a given test part, 1 for validation, 2 for all others."""
        if "part" not in self.frame:
            return np.full(len(self), 2, np.int8)
        return self.frame["part"].map(_SIDES).fillna(2).to_numpy(np.int8)

    @cached_property
    def cleaned(self) -> NDArray[np.int64]:
        """Equal for texts that differ in capitals, spaces, punctuation, HTML tags and web addresses only."""
        own = (
            hash(" ".join(words)) if words else key
            for words, key in zip(map(words_of, self.text), self.keys, strict=True)
        )
        return np.fromiter(own, np.int64, len(self))

    @cached_property
    def near(self) -> Near:
        """Which different texts are nearly the same."""
        order = np.argsort(self.side, kind="stable")
        order = order[~self.empty[order]]
        once = order[~pd.Series(self.cleaned[order]).duplicated().to_numpy()]
        return near_copies(self.text, self.label, once)

    @cached_property
    def _arrow(self) -> Any:
        return pa.array(self.text, pa.large_string())

    def holding(
        self, pattern: str, sure: Callable[[str], bool] | None = None, literal: bool = False
    ) -> NDArray[np.bool_]:
        """Texts in which the pattern is found, by a quick look in Arrow, and of which `sure` says yes."""
        look = pc.match_substring if literal else pc.match_substring_regex
        mask = look(self._arrow, pattern).to_numpy(zero_copy_only=False).copy()
        if sure:
            places = np.flatnonzero(mask)
            mask[places] = [sure(text) for text in self.text.iloc[places]]
        return mask

    def changed(self, mask: NDArray[np.bool_], change: Callable[[str], str]) -> pd.DataFrame:
        """The frame with the texts under the mask changed; a change is applied until it changes nothing more."""
        if not mask.any():
            return self.frame
        texts = self.text.copy()
        texts[mask] = [settled(text, change) for text in texts[mask]]
        return self.frame.assign(text=texts)


def settled(text: str, change: Callable[[str], str], most: int = 10) -> str:
    """The text after a change that is repeated until nothing changes any more: "&amp;lt;" needs two rounds."""
    for _ in range(most):
        after = change(text)
        if after == text:
            break
        text = after
    return text
