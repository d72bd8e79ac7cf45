"""Answers to be read: the wrong ones that the network was most sure of, and those of one kind."""

from __future__ import annotations

import numpy as np
import pandas as pd


def mistakes(predictions: pd.DataFrame, limit: int = 20) -> pd.DataFrame:
    """The wrong rows of an Evaluation's predictions, most confident first, at most `limit`.

    Columns: row, text, label, predicted, probability (of the wrong answer). Equal ones keep the data set's order.
    """
    return _surest(predictions, predictions["label"] != predictions["predicted"], limit)


def answered_so(predictions: pd.DataFrame, true: str, predicted: str, limit: int = 200) -> pd.DataFrame:
    """The rows of one cell of the confusion matrix, in the same order and with the same columns."""
    return _surest(predictions, (predictions["label"] == true) & (predictions["predicted"] == predicted), limit)


def _surest(predictions: pd.DataFrame, chosen: pd.Series, limit: int) -> pd.DataFrame:
    """The chosen rows, by how sure the answer was. Of a hundred thousand texts, only the few to be shown are copied."""
    numbers = predictions[["probability", "row"]].assign(place=np.arange(len(predictions)))[chosen]
    first = numbers.sort_values(["probability", "row"], ascending=[False, True]).head(limit)["place"]
    shown = predictions[["row", "text", "label", "predicted", "probability"]]
    return shown.iloc[first.to_numpy()].reset_index(drop=True)
