"""Repairs by name: "duplicates", "conflicts:drop", or with a word of one's own, "emails=[courriel]"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.data.dataset import Dataset
from core.data.quality.registry import REPAIRS, Repair
from core.data.quality.texts import Texts
from core.errors import SettingsError
from core.messages import N_


class NoSuchRepair(SettingsError):
    message = N_("There is no repair “{name}”. Did you mean “{suggestion}”?")


@dataclass(frozen=True)
class Applied:
    """What one repair did: rows and classes before and after it, and how many texts and labels it changed."""

    name: str
    rows: tuple[int, int]
    classes: tuple[int, int]
    changed: int


def find_repair(name: str) -> tuple[Repair, str]:
    """The repair of that name and the word it is given; raises NoSuchRepair.

    A finding's code alone stands for its first repair: "conflicts" for "conflicts:majority".
    """
    code, _, word = name.strip().partition("=")
    names = [each for each in REPAIRS if each == code or each.partition(":")[0] == code]
    if not names:
        near = difflib.get_close_matches(code, REPAIRS, n=1, cutoff=0.0)[0]
        raise NoSuchRepair(name=name, suggestion=near)
    found = REPAIRS[names[0]]
    return found, word or found.word


def repaired(dataset: Dataset, names: Iterable[str]) -> Dataset:
    """The data set after these repairs, one after the other; the given one stays as it is."""
    return apply(dataset, names)[0]


def apply(dataset: Dataset, names: Iterable[str]) -> tuple[Dataset, list[Applied]]:
    """The same, with what each repair did. Rows are counted anew; all columns are kept."""
    done = []
    for name in names:
        chosen, word = find_repair(name)
        after = chosen.work(Texts(dataset), word)
        kept = dataset.frame.loc[after.index]
        changed = int(((kept["text"] != after["text"]) | (kept["label"] != after["label"])).sum())
        result = replace(
            dataset, frame=after.reset_index(drop=True), repairs=(*dataset.repairs, name.strip()), whole=None
        )
        rows, classes = (len(dataset), len(after)), (len(dataset.class_names), len(result.class_names))
        done.append(Applied(name.strip(), rows, classes, changed))
        dataset = result
    return dataset, done
