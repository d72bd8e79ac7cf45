from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd

from core.evaluation.answers import answered, prediction_columns
from core.insight.network import Network

CLASS_NAMES = ["no", "text"]


def network(*probabilities: tuple[float, float]) -> Network:
    answers = np.array(probabilities, np.float32)
    return cast(Network, SimpleNamespace(class_names=CLASS_NAMES, predict=lambda texts: answers[: len(texts)]))


def test_the_most_probable_class_is_predicted_and_the_first_on_ties() -> None:
    columns = prediction_columns(np.array([[0.2, 0.8], [0.5, 0.5]]), CLASS_NAMES)
    assert list(columns) == ["predicted", "probability", "probability:no", "probability:text"]
    assert columns["predicted"].tolist() == ["text", "no"]
    assert columns["probability"].tolist() == [0.8, 0.5]


def test_the_users_table_comes_back_whole() -> None:
    table = pd.DataFrame({"id": ["7", "9"], "comment": ["a", "b"], "predicted": ["mine", "mine"]}, index=[5, 3])
    result = answered(table, "comment", network((0.9, 0.1), (0.2, 0.8)))
    pd.testing.assert_frame_equal(result[list(table.columns)], table)
    assert result["predicted 2"].tolist() == ["no", "text"]
    assert result.columns[-2:].tolist() == ["probability:no", "probability:text"]
