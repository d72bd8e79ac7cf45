from __future__ import annotations

import pytest

from core.insight.shapes import Cell, Sizes, built, parameters, tensors


@pytest.mark.parametrize("cell", ["simple_rnn", "gru", "lstm"])
def test_what_is_worked_out_is_what_keras_builds(cell: Cell) -> None:
    sizes = Sizes(cell, batch=3, steps=4, inputs=5, units=2)
    assert built(sizes) == ({tensor.name: tensor.shape for tensor in tensors(sizes)}, parameters(sizes))


def test_the_course_s_example() -> None:
    assert parameters(Sizes()) == 300 * 64 + 64 * 64 + 64
    shapes = {tensor.name: tensor.shape for tensor in tensors(Sizes())}
    assert (shapes["input"], shapes["all"], shapes["last"]) == ((32, 10, 300), (32, 10, 64), (32, 64))


def test_neither_batch_nor_steps_change_what_is_learned() -> None:
    assert parameters(Sizes(batch=1, steps=1)) == parameters(Sizes(batch=500, steps=99)) == parameters(Sizes())
