"""A network's answers as columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.evaluation.answering import Answering

if TYPE_CHECKING:
    from core.insight.network import Network

Probabilities = NDArray[np.floating[Any]]


def probability_column(class_name: str) -> str:
    """The column of a class's probability; the prefix keeps a class named “text” apart from the texts."""
    return f"probability:{class_name}"


def places_of(labels: pd.Series, class_names: Sequence[str]) -> NDArray[np.int64]:
    """(texts,) the place of each label among the names, -1 of others; without a Python string for each of them."""
    numbers, different = pd.factorize(labels)
    found: NDArray[np.int64] = pd.Index(class_names).get_indexer(different).astype(np.int64)[numbers]
    return found


def prediction_columns(
    probabilities: Probabilities, class_names: Sequence[str], answering: Answering | None = None
) -> dict[str, Any]:
    """predicted, probability (of the likeliest class) and "probability:NAME" of each class, from (texts, classes).

    The most probable class is predicted, the first one on ties, unless `answering` says otherwise.
    """
    answering = answering or Answering()
    probabilities = probabilities if answering.usual else answering.probabilities(probabilities)
    by_class = {probability_column(name): probabilities[:, place] for place, name in enumerate(class_names)}
    return {
        "predicted": answering.names(probabilities, list(class_names)),
        "probability": probabilities.max(axis=1),
        **by_class,
    }


def answered(table: pd.DataFrame, column: str, network: Network, answering: Answering | None = None) -> pd.DataFrame:
    """The user's table with the network's answers to the texts of `column` as additional columns.

    No column of the table is lost: an added one whose name is taken is called “predicted 2”, and so on.
    """
    added = prediction_columns(network.predict(table[column].tolist()), network.class_names, answering)
    free = {name: _free_name(name, table.columns) for name in added}
    answers = pd.DataFrame({free[name]: values for name, values in added.items()}, index=table.index)
    return pd.concat([table, answers], axis=1)


def _free_name(name: str, taken: Sequence[str]) -> str:
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate
