"""Labels that are meant to be one: "Positive", "positive ", "posítive" and "positve"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from core.data.quality.finding import Finding, Nn_, Severity, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_

MOST_LABELS = 2_000  # beyond, the column is hardly one of labels, and spelling is not compared
_SHORTEST, _RARE = 5, 0.1  # letters of a word whose spelling is compared; a slip is this rare beside the right word
_BETWEEN = re.compile(r"(?<=\w)[\W_]+(?=\w)")


@check
def labels(texts: Texts) -> Iterator[Finding]:
    if not texts.labelled:
        return
    counts = _counts(texts)
    merged = merges(counts)
    if merged:
        pairs = sorted(merged.items(), key=lambda pair: -counts[pair[0]])
        yield Finding(
            "labels",
            len(merged),
            Severity.WARNING,
            N_("Labels that differ only in how they are written"),
            Nn_(
                "{count} label looks like another way to write “{label}”. As it stands, it is a class of its own with "
                "{rows} texts, and the network is marked wrong for mixing up the two.",
                "{count} labels look like other ways to write some that are more frequent. As they stand, they are "
                "classes of their own with {rows} texts, and the network is marked wrong for mixing them up.",
            ),
            {"label": pairs[0][1], "rows": sum(counts[name] for name in merged)},
            some_rows(texts.frame.index[texts.label.isin(list(merged))]),
            (N_("Label"), N_("Texts"), N_("Becomes"), N_("Texts of that label")),
            table(
                [name for name, _ in pairs], [counts[name] for name, _ in pairs],
                [best for _, best in pairs], [counts[best] for _, best in pairs],
            ),
            ("labels:merge",),
            safe=all(_folded(name) == _folded(best) for name, best in pairs),
        )  # fmt: skip


@repair("labels:merge", N_("Merge into the most frequent"), N_("Labels written in several ways merged"))
def with_merged_labels(texts: Texts, _word: str) -> pd.DataFrame:
    merged = merges(_counts(texts)) if texts.labelled else {}
    return texts.frame.assign(label=texts.label.replace(merged)) if merged else texts.frame


def merges(counts: dict[str, int]) -> dict[str, str]:
    """For each label that looks like a way to write a more frequent one, that one.

    The same are labels that differ in capitals, spaces, accents, "-" and "_" only; and, where one is at most a tenth
    as frequent, words of five letters or more with one letter wrong, missing, added or swapped.
    """
    totals, best = Counter(counts), {name: name for name in counts}
    while True:
        found = _same(totals) or _slips(totals)
        if not found:
            return {name: last for name, last in best.items() if last != name}
        for name, other in found.items():
            totals[other] += totals.pop(name)
        best = {name: found.get(last, last) for name, last in best.items()}


def _same(totals: Counter[str]) -> dict[str, str]:
    first: dict[str, str] = {}
    found = {}
    for name in _ordered(totals):
        chosen = first.setdefault(_folded(name), name)
        if chosen != name:
            found[name] = chosen
    return found


def _slips(totals: Counter[str]) -> dict[str, str]:
    """Rare labels and the frequent one that they are a slip of; one step, so that a chain is followed by the caller."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    names = [name for name in _ordered(totals) if len(name) >= _SHORTEST]
    if len(totals) > MOST_LABELS or not names or totals[names[0]] < totals[names[-1]] / _RARE:
        return {}
    folded = [_folded(name) for name in names]
    near = cdist(folded, folded, scorer=OSA.distance, score_cutoff=1) == 1
    found: dict[str, str] = {}
    for place, name in enumerate(names):
        for other in near[place].nonzero()[0]:
            frequent = names[other]
            rare = totals[name] <= _RARE * totals[frequent]
            if rare and frequent not in found and _is_slip(folded[place], folded[other]):
                found[name] = frequent
                break
    return {name: other for name, other in found.items() if other not in found}


def _is_slip(one: str, other: str) -> bool:
    """Numbers differ on purpose ("class 1", "class 2"), and opposites by their first letter ("typical", "atypical")."""
    return re.sub(r"\D", "", one) == re.sub(r"\D", "", other) and one[0] == other[0]


def _counts(texts: Texts) -> dict[str, int]:
    counts = texts.label[texts.label != ""].value_counts(sort=False)
    return {str(name): int(count) for name, count in counts.items()}


def _ordered(totals: Counter[str]) -> list[str]:
    """The most frequent first; of equals, in the order of the alphabet."""
    return sorted(totals, key=lambda name: (-totals[name], name))


def _folded(name: str) -> str:
    """ "Très_bon " -> "tres bon"; signs alone ("+", "-") stay."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")
    return _BETWEEN.sub(_space, plain).strip()


def _space(between: re.Match[str]) -> str:
    """A space for what only separates words; "c+b" and "c-b", or "1.5" and "1 5", are told apart."""
    return " " if re.fullmatch(r"[\s_-]+", between[0]) else between[0]
