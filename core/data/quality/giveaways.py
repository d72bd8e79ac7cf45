"""Labels that stand in the texts themselves: "positive: great film" teaches to read the first word, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.quality.finding import TEXT, Finding, Nn_, Severity, first, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_

MOST_LABELS = 500
_FEWEST, _COVERED, _RIGHT = 3, 0.2, 0.8
_NOTHING = re.compile(r"(?!)")


class Giveaways:
    """Which labels are given away by texts, and how.

    In front: the text begins with a label and a sign (“positive: …”, “[sport] …”), mostly its own. Within: a fifth or
    more of the texts of a class hold its name as a word, and four in five texts with that word are of that class.
    """

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        labels = texts.label[texts.label != ""].value_counts()
        self.names = [str(name) for name in labels.index] if 1 < len(labels) <= MOST_LABELS else []
        self.sizes = labels

    @cached_property
    def front(self) -> re.Pattern[str]:
        """A label in front of a text, if such labels are mostly right."""
        words = [name for name in self.names if re.search(r"\w", name)]
        if not words:
            return _NOTHING
        pattern = re.compile(
            rf"^\s*[\[(<{{*#\"“«]*({_either(words)})(?:\s*[\])>}}*\"”»]+\s*[:|=–—-]*|\s*[:|=–—]+|\s+-+)\s+", re.I
        )
        right, found = 0, 0
        for text, label in zip(self.texts.text, self.texts.label, strict=True):
            if begun := pattern.match(text):
                found += 1
                right += begun[1].casefold() == label.casefold()
        return pattern if right >= max(_FEWEST, _RIGHT * found) else _NOTHING

    @cached_property
    def within(self) -> re.Pattern[str]:
        """The names of classes that their own texts hold too often."""
        words = [name for name in self.names if len(name) >= 3 and re.search(r"[^\W\d]", name)]
        given = [name for name in words if self._gives_away(name)]
        return re.compile(rf"(?<!\w)(?:{_either(given)})(?!\w)", re.I) if given else _NOTHING

    def _gives_away(self, name: str) -> bool:
        # A quick look in Arrow, since there may be hundreds of classes.
        holding = self.texts.holding(rf"(?i)(?:^|[^\pL\pN_]){re.escape(name)}(?:[^\pL\pN_]|$)")
        own = int((holding & (self.texts.label == name).to_numpy()).sum())
        return own >= max(_FEWEST, _COVERED * self.sizes[name], _RIGHT * holding.sum())

    @cached_property
    def rows(self) -> NDArray[np.bool_]:
        found = (bool(self.front.match(text) or self.within.search(text)) for text in self.texts.text)
        if _NOTHING is self.front is self.within:
            return np.zeros(len(self.texts), bool)
        return np.fromiter(found, bool, len(self.texts))

    def without(self, text: str) -> str:
        """The text with these labels taken out."""
        shorter = self.front.sub("", text)
        if self.within is not _NOTHING and self.within.search(shorter):
            shorter = " ".join(self.within.sub(" ", shorter).split())
        return shorter


@check
def giveaways(texts: Texts) -> Iterator[Finding]:
    if not texts.labelled:
        return
    found = Giveaways(texts)
    count = int(found.rows.sum())
    if count:
        shown = first(texts.text, found.rows)
        yield Finding(
            "giveaways",
            count,
            Severity.SERIOUS,
            N_("Labels that stand in the texts"),
            Nn_(
                "{count} of {rows} texts holds the name of its class. The network would learn to read that name and "
                "nothing else: an excellent score here, and a useless network for texts without it.",
                "{count} of {rows} texts hold the name of their class. The network would learn to read that name and "
                "nothing else: an excellent score here, and a useless network for texts without it.",
            ),
            {"rows": len(texts)},
            some_rows(texts.frame.index[found.rows]),
            (TEXT, N_("Becomes")),
            table(shown, map(found.without, shown)),
            ("giveaways",),
        )


@repair("giveaways", N_("Take the labels out of the texts"), N_("Labels taken out of the texts"))
def without_giveaways(texts: Texts, _word: str) -> pd.DataFrame:
    if not texts.labelled:
        return texts.frame
    found = Giveaways(texts)
    return texts.changed(found.rows, found.without)


def _either(names: list[str]) -> str:
    """The longest first, so that "very good" is found before "very"."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
