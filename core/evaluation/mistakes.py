"""The wrong answers that the network was most sure of: where to look for odd labels and blind spots."""

from __future__ import annotations

import pandas as pd


def mistakes(predictions: pd.DataFrame, limit: int = 20) -> pd.DataFrame:
    """The wrong rows of an Evaluation's predictions, most confident first, at most `limit`.

    Columns: row, text, label, predicted, probability (of the wrong answer). Equal ones keep the data set's order.
    """
    wrong = predictions[predictions["label"] != predictions["predicted"]]
    worst_first = wrong.sort_values(["probability", "row"], ascending=[False, True])
    return worst_first[["row", "text", "label", "predicted", "probability"]].head(limit).reset_index(drop=True)
