"""The lesson on shapes, with a Keras that is asked here and not on the engine."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.insight.shapes import Shape, Sizes, parameters, tensors
from dashboard.learn import shapes


def page() -> None:
    from dashboard.learn import shapes

    shapes.page()


def answered(sizes: Sizes, more: int = 0) -> tuple[dict[str, Shape], int]:
    return {tensor.name: tensor.shape for tensor in tensors(sizes)}, parameters(sizes) + more


def test_sizes_move_and_the_sentence_says_whether_keras_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "_built", answered)
    test = AppTest.from_function(page, default_timeout=30).run()
    assert not test.exception
    assert "19,200 + 4,096 + 64 = **23,360**" in test.markdown[-1].value
    assert "all 6 shapes" in test.success[0].value
    next(item for item in test.number_input if item.key == "shapes_units").set_value(2).run()
    test.segmented_control[0].set_value("lstm").run()
    assert not test.exception
    assert list(test.dataframe[0].value["Shape"]) == [
        "32 × 10 × 300", "300 × 8", "2 × 8", "8", "32 × 2", "32 × 10 × 2",
    ]  # fmt: skip
    assert test.success


def test_a_disagreement_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "_built", lambda sizes: answered(sizes, more=7))
    test = AppTest.from_function(page, default_timeout=30).run()
    assert "23,367 numbers" in test.warning[0].value
    assert not test.success
