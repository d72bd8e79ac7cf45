"""Curves of a training: what each line is, and where it stands."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.ui import charts
from dashboard.ui.charts.writing import perplexities
from tests.dashboard.ui.charts.examples import BATCHES, HISTORY


def test_one_run_shows_training_and_validation_and_several_only_validation() -> None:
    one = charts.curves([("a", 0, HISTORY)], "accuracy").figure
    two = charts.curves([("a", 0, HISTORY), ("b", 1, HISTORY)], "accuracy").figure
    assert [trace.name for trace in one.data] == ["training", "validation"]
    assert [trace.name for trace in two.data] == ["a", "b"]
    assert list(two.data[0].y) == pytest.approx([55, 65])
    assert (two.data[0].line.color, two.data[0].line.dash) != (two.data[1].line.color, two.data[1].line.dash)


def test_references_cross_the_whole_chart() -> None:
    line = charts.curves([("a", 0, HISTORY)], "accuracy", {"Majority": 0.52}).figure.data[-1]
    assert line.name == "Majority 52.0%"
    assert list(line.y) == [52, 52]


def test_equal_references_do_not_write_over_each_other() -> None:
    drawn = charts.curves([("a", 0, HISTORY)], "accuracy", {"Majority": 0.52, "Pooling": 0.52}).figure
    assert [note.yanchor for note in drawn.layout.annotations] == ["bottom", "top"]


@pytest.mark.parametrize(("value", "side"), [(0.62, "top"), (0.5, "bottom"), (0.66, "bottom")])
def test_the_name_of_a_reference_keeps_out_of_the_curve_s_way(value: float, side: str) -> None:
    assert HISTORY["val_accuracy"].iloc[-1] == pytest.approx(0.65)
    drawn = charts.curves([("a", 0, HISTORY)], "accuracy", {"Pooling": value}).figure
    assert [note.yanchor for note in drawn.layout.annotations] == [side]


def test_the_axis_stands_still_when_the_number_of_epochs_is_known() -> None:
    runs = [[("a", 0, HISTORY.iloc[:epochs])] for epochs in (0, 1, 2)]
    ranges = {charts.curves(run, "loss", epochs=9).figure.layout.xaxis.range for run in runs}
    assert len(ranges) == 1


def test_a_training_is_seen_from_its_first_point_on() -> None:
    live = charts.curves([("a", 0, HISTORY.iloc[:0])], "loss", epochs=5, batches=BATCHES.iloc[:1]).figure.data
    dots = [trace for trace in live if trace.mode == "markers"]
    assert [(list(dot.x), list(dot.y)) for dot in dots] == [(list(live[0].x), list(live[0].y))]
    over = charts.curves([("a", 0, HISTORY)], "loss", batches=BATCHES).figure.data
    assert all(trace.mode != "markers" for trace in over)


def test_batches_stand_within_their_epoch() -> None:
    line = charts.curves([("a", 0, HISTORY)], "loss", batches=BATCHES).figure.data[0]
    assert list(line.x) == [0.5, 1.0, 1.5, 2.0]


def test_an_epoch_without_a_number_leaves_a_gap() -> None:
    history = HISTORY.assign(val_loss=[0.8, np.nan])
    assert "0.800 on validation after epoch 1" in charts.curves([("a", 0, history)], "loss").alt


def test_perplexity_is_drawn_within_epochs_and_says_what_changed() -> None:
    drawn = perplexities(HISTORY, {"counts": 3.0}, None, BATCHES, {1: "rate 0.01"})
    assert list(drawn.figure.data[0].x) == list(BATCHES["epoch"])
    assert list(drawn.figure.data[0].y) == pytest.approx(np.exp(BATCHES["loss"]))
    assert drawn.figure.layout.annotations[-1].text == "rate 0.01"
    assert "Changed after epoch 1: rate 0.01." in drawn.alt
    # In the first epoch there is nothing but batches.
    assert perplexities(HISTORY.iloc[:0], {}, 2, BATCHES).figure.layout.xaxis.range[0] < 0
