"""The registry of tasks, and the training step that learns whatever answers the labels ask for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.config import Training, validated
from core.config.tasks import OF_TASK, UnknownTask
from core.data.dataset import Dataset
from core.tasks import references, task, task_for, task_of, tasks
from core.training.recipes import recipe
from core.training.step import Steps

LABELS = np.array([[0, 1, 2], [2, -1, -1]], np.int32)


def test_every_task_has_parameters_and_no_reference_has_two_meanings() -> None:
    assert set(tasks()) == set(OF_TASK)
    assert len(references()) == sum(len(item.references) for item in tasks().values())
    for name, item in tasks().items():
        assert item.name == name
        assert item.main_reference in item.references
        assert item.usual_architecture in item.architectures()
        assert (item.template / "predict.py").is_file()


def test_the_task_is_guessed_from_the_texts_and_kept_in_the_settings() -> None:
    assert task_for(Dataset.build(["a"], ["x"], "x", "x")).name == "classification"
    assert task_of(recipe("recommended", "gru")).name == "classification"
    stored = recipe("recommended", "gru").model_dump(mode="json")
    del stored["of_task"]  # as earlier versions wrote it
    assert validated(stored) == recipe("recommended", "gru")
    with pytest.raises(UnknownTask, match="Did you mean “classification”"):
        task("clasification")


def tagger(seed: int = 0) -> Any:
    import keras

    keras.utils.set_random_seed(seed)
    ids = keras.Input((None,), dtype="int32")
    outputs = keras.layers.Dense(3, activation="softmax", name="output")(keras.layers.Embedding(9, 4)(ids))
    return keras.Model(ids, outputs)


@pytest.mark.parametrize("values", [{}, {"label_smoothing": 0.2}])
def test_what_is_not_asked_counts_for_nothing(values: dict[str, float]) -> None:
    """Loss, right answers and every weight after a step are the same with and without padding."""
    told = Training(optimizer="sgd", learning_rate=0.5, **values)
    weights = np.array([1.0, 2.0, 0.5], np.float32)
    found, after = [], []
    ids = np.array([[3, 4, 5], [6, 7, 8]], np.int32)
    for width in (3, 5):
        model = tagger()
        steps = Steps(model, told, weights)
        padded = np.pad(ids, ((0, 0), (0, width - 3)), constant_values=7)
        labels = np.pad(LABELS, ((0, 0), (0, width - 3)), constant_values=-1)
        outputs = np.asarray(model(ids))
        sums = steps.train(padded, labels)
        right = [outputs[row, place].argmax() == LABELS[row, place] for row, place in np.argwhere(LABELS >= 0)]
        losses = [-np.log(outputs[row, place, LABELS[row, place]]) for row, place in np.argwhere(LABELS >= 0)]
        assert sums == pytest.approx((sum(losses), sum(right)), rel=1e-5)
        found.append(sums)
        after.append(model.get_weights())
    assert found[0] == pytest.approx(found[1], rel=1e-6)
    for first, second in zip(*after, strict=True):
        np.testing.assert_allclose(first, second, atol=1e-6)
