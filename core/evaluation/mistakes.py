"""Answers to be read: the wrong ones that the network was most sure of, and those of one kind."""

from __future__ import annotations

import pandas as pd


def mistakes(predictions: pd.DataFrame, limit: int = 20) -> pd.DataFrame:
    """The wrong rows of an Evaluation's predictions, most confident first, at most `limit`.

    Columns: row, text, label, predicted, probability (of the wrong answer). Equal ones keep the data set's order.
    """
    wrong = predictions[predictions["label"] != predictions["predicted"]]
    worst_first = wrong.sort_values(["probability", "row"], ascending=[False, True])
    return worst_first[["row", "text", "label", "predicted", "probability"]].head(limit).reset_index(drop=True)


def answered_so(predictions: pd.DataFrame, true: str, predicted: str, limit: int = 200) -> pd.DataFrame:
    """The rows of one cell of the confusion matrix, in the same order and with the same columns."""
    cell = predictions[(predictions["label"] == true) & (predictions["predicted"] == predicted)]
    surest_first = cell.sort_values(["probability", "row"], ascending=[False, True])
    return surest_first[["row", "text", "label", "predicted", "probability"]].head(limit).reset_index(drop=True)
