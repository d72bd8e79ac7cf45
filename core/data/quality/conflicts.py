"""The same text under different labels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.quality.finding import TEXT, Finding, Nn_, Severity, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_


@check
def conflicts(texts: Texts) -> Iterator[Finding]:
    if not texts.labelled:
        return
    mask = _torn(texts)
    if not mask.any():
        return
    votes = _votes(texts, mask)
    labelled = int((texts.label != "").sum())
    wrong = int(mask.sum()) - int(votes.groupby(level=0).max().sum())
    keys = votes.index.get_level_values(0)
    texts_of = pd.Series(texts.text[mask].to_numpy(), texts.keys[mask])
    shown = texts_of[~texts_of.index.duplicated()].head(5)
    yield Finding(
        "conflicts",
        int(keys.nunique()),
        Severity.SERIOUS if wrong > 0.05 * labelled else Severity.WARNING,
        N_("Same text, different labels"),
        Nn_(
            "{count} text stands under several labels ({rows} rows). A network can give it only one: of all labelled "
            "rows, at most {best} can be answered right. Its most frequent label is used.",
            "{count} texts stand under several labels ({rows} rows). A network can give each only one: of all labelled "
            "rows, at most {best} can be answered right. Their most frequent label is used.",
        ),
        {"rows": int(mask.sum()), "best": 1 - wrong / labelled},
        some_rows(texts.frame.index[mask]),
        (TEXT, N_("Labels")),
        table(shown, [" · ".join(f"{name}: {times}" for name, times in votes[key].items()) for key in shown.index]),
        ("conflicts:majority", "conflicts:drop"),
    )


@repair("conflicts:majority", N_("Give each its most frequent label"), N_("Contradictory labels replaced"))
def with_majority(texts: Texts, _word: str) -> pd.DataFrame:
    mask = _torn(texts)
    if not mask.any():
        return texts.frame
    votes = _votes(texts, mask)
    best = votes.reset_index(name="times").drop_duplicates("key").set_index("key")["label"]
    labels = texts.label.copy()
    labels[mask] = best.reindex(texts.keys[mask]).to_numpy()
    return texts.frame.assign(label=labels)


@repair("conflicts:drop", N_("Remove them all"), N_("Texts with contradictory labels removed"))
def without_conflicts(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[~_torn(texts)]


def _torn(texts: Texts) -> NDArray[np.bool_]:
    """(rows,) labelled rows whose text has more than one label."""
    if texts.tagging:
        return np.zeros(len(texts), bool)
    whole = ~texts.empty & (texts.label != "").to_numpy()
    pairs = pd.DataFrame({"key": texts.keys, "label": texts.label.to_numpy()})[whole].drop_duplicates()
    return whole & np.isin(texts.keys, pairs.loc[pairs["key"].duplicated(), "key"].to_numpy())


def _votes(texts: Texts, mask: NDArray[np.bool_]) -> pd.Series:
    """Rows by (key, label), the most frequent label of each text first, then the one that came first."""
    table = pd.DataFrame({"key": texts.keys[mask], "label": texts.label[mask].to_numpy()})
    return table.groupby(["key", "label"], sort=False).size().sort_values(ascending=False, kind="stable")
