"""What is learned and judged at once: texts, nearly equal texts, and groups on both sides of a split."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.quality.copies import TWIN, known_share
from core.data.quality.finding import TEXT, Finding, Nn_, Remedy, Severity, first, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_


@check
def leaked(texts: Texts) -> Iterator[Finding]:
    mask = _leaked(texts)
    count = int(mask.sum())
    if count:
        judging = texts.side < 2
        known = int((judging & np.isin(texts.keys, texts.keys[mask])).sum())
        yield Finding(
            "leaked",
            count,
            Severity.SERIOUS,
            N_("Training texts that are also in the test part"),
            Nn_(
                "{count} text to learn from is also one to be judged on ({share} of those). Its answer would be known "
                "beforehand and the score too good, so it is left out of the training.",
                "{count} texts to learn from are also texts to be judged on ({share} of those). Their answers would be "
                "known beforehand and the score too good, so they are left out of the training.",
            ),
            {"share": known / int(judging.sum())},
            some_rows(texts.frame.index[mask]),
            examples=table(first(texts.text, mask)),
            repairs=("leaked",),
        )


@repair("leaked", N_("Remove them from the training"), N_("Training texts that were also in the test part removed"))
def without_leaked(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[~_leaked(texts)]


@check
def near_leaked(texts: Texts) -> Iterator[Finding]:
    near = texts.near
    across = texts.side[near.rows] > texts.side[near.twins]
    mask = _near_leaked(texts)
    count = int(mask.sum())
    if count:
        yield Finding(
            "near_leaked",
            count,
            Severity.WARNING,
            N_("Training texts that are nearly the same as test texts"),
            Nn_(
                "{count} text to learn from is nearly the same as one to be judged on: a word or a number differs, or "
                "little of a long text. So the score is better than on really new texts.",
                "{count} texts to learn from are nearly the same as texts to be judged on: a word or a number differs, "
                "or little of a long text. So the score is better than on really new texts.",
            ),
            {},
            some_rows(texts.frame.index[mask]),
            (TEXT, TWIN),
            table(texts.text.iloc[near.rows[across]], texts.text.iloc[near.twins[across]]),
            ("near_leaked",),
        )


@repair("near_leaked", N_("Remove them from the training"), N_("Training texts that were nearly test texts removed"))
def without_near_leaked(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[~_near_leaked(texts)]


@check
def group_leaked(texts: Texts) -> Iterator[Finding]:
    mask = _group_leaked(texts)
    if not mask.any():
        return
    groups = texts.frame["group"][mask].value_counts()
    yield Finding(
        "group_leaked",
        len(groups),
        Severity.SERIOUS,
        N_("Groups on both sides of the given parts"),
        Nn_(
            "{count} group, “{group}”, has texts to learn from ({rows}) and texts to be judged on. The network can "
            "recognise the group instead of the answer, and the score is better than on new groups.",
            "{count} groups have texts to learn from ({rows}) and texts to be judged on, such as “{group}”. The "
            "network can recognise the group instead of the answer, and the score is better than on new groups.",
        ),
        {"rows": int(mask.sum()), "group": groups.index[0]},
        some_rows(texts.frame.index[mask]),
        (N_("Group"), N_("Texts to learn from")),
        table(groups.index, groups),
        ("group_leaked",),
        remedies=(Remedy("split_by", "group", N_("Divide all texts anew, by group")),),
    )


@repair("group_leaked", N_("Remove their training texts"), N_("Training texts of groups in the test part removed"))
def without_group_leaked(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[~_group_leaked(texts)]


@check
def groups(texts: Texts) -> Iterator[Finding]:
    """A column of groups and no given parts: what a random split would do, and the way to the grouped one."""
    if "group" not in texts.frame or "part" in texts.frame:
        return
    names = texts.frame["group"]
    named = (names != "").to_numpy() & ~texts.empty
    sizes = names[named].value_counts()
    if len(sizes) < 2 or sizes.iloc[0] < 2:
        return
    shared = sizes[sizes > 1]
    yield Finding(
        "groups",
        len(shared),
        Severity.WARNING,
        N_("Groups that a random split tears apart"),
        Nn_(
            "{count} group has several texts. With a random split, {leaked} of the test texts come from a group that "
            "is also learned from, and the score is better than on new groups.",
            "{count} groups have several texts. With a random split, {leaked} of the test texts come from a group that "
            "is also learned from, and the score is better than on new groups.",
        ),
        {"leaked": known_share(pd.factorize(names[named])[0])},
        columns=(N_("Group"), N_("Texts")),
        examples=table(shared.index, shared),
        remedies=(Remedy("split_by", "group", N_("Split by group")),),
    )


def _leaked(texts: Texts) -> NDArray[np.bool_]:
    return np.asarray(_also_judged(texts, texts.keys) & ~texts.empty)


def _near_leaked(texts: Texts) -> NDArray[np.bool_]:
    near = texts.near
    rows = near.rows[texts.side[near.rows] > texts.side[near.twins]]
    return np.asarray(np.isin(texts.cleaned, texts.cleaned[rows]) & (texts.side > 0) & ~texts.empty)


def _group_leaked(texts: Texts) -> NDArray[np.bool_]:
    if "group" not in texts.frame or "part" not in texts.frame:
        return np.zeros(len(texts), bool)
    named = (texts.frame["group"] != "").to_numpy()
    return np.asarray(_also_judged(texts, pd.factorize(texts.frame["group"])[0]) & named & ~texts.empty)


def _also_judged(texts: Texts, values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(rows,) whose value is also in a part that comes later: of training in validation or test, and so on."""
    found = np.zeros(len(texts), bool)
    for side in (0, 1):
        found |= (texts.side > side) & np.isin(values, values[(texts.side == side) & ~texts.empty])
    return found
