"""Where texts came from, and columns that we named, in the reader's language; both are stored in English."""

from __future__ import annotations

import re

from core.data.samples import samples
from core.messages import N_
from dashboard.ui.i18n import _

_ALONE = {"pasted": N_("pasted"), "typed": N_("typed here")}
# What a data set's source begins with, and how that is said of what follows.
_BEFORE = {
    "upload: ": N_("file: {name}"),
    "file: ": N_("file: {name}"),
    "edited: ": N_("edited here; {name}"),
    "labelled: ": N_("labelled here; {name}"),
    "sample:": N_("sample: {name}"),
    "hub:": N_("Hugging Face: {name}"),
}
_COLUMN = re.compile(r"column (\d+)")


def source(told: str) -> str:
    """ "edited: upload: avis.csv" -> "edited here; file: avis.csv"."""
    if told in _ALONE:
        return _(_ALONE[told])
    for before, sentence in _BEFORE.items():
        if told.startswith(before):
            rest = told.removeprefix(before)
            if before == "sample:" and rest in samples():
                rest = _(samples()[rest].title)
            return _(sentence, name=source(rest))
    return told


def column(name: str) -> str:
    """ "column 3", as columns without a name are called, in the reader's language; other names as they are."""
    found = _COLUMN.fullmatch(name)
    return _("column {number}", number=int(found[1])) if found else name
