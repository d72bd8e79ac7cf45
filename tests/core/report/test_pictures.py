"""What the pictures draw stands where the numbers say."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from core.report.pictures import MOST_UNITS, MOST_WORDS, Line, curves, heat_map, sentence, tint


def points(picture: str) -> list[list[tuple[float, float]]]:
    found = [node.attrib["points"] for node in ElementTree.fromstring(picture).iter("polyline")]
    return [[(float(x), float(y)) for x, y in (pair.split(",") for pair in line.split())] for line in found]


def test_a_higher_value_is_drawn_higher_and_a_later_epoch_further_right() -> None:
    (line,) = points(curves([Line("a", [1, 2, 3], [0.5, 0.9, 0.7])], "title"))
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    heights = [y for _, y in line]
    assert heights[1] < heights[2] < heights[0]


def test_what_has_no_number_is_left_out() -> None:
    (line,) = points(curves([Line("a", [1, 2, 3], [0.5, float("nan"), 0.7])], "title"))
    assert len(line) == 2
    assert curves([Line("a", [1], [float("nan")])], "title") == ""
    assert curves([], "title") == ""


@pytest.mark.parametrize("values", [[0.5], [0.5, 0.5], [0.0, 0.0]])
def test_equal_values_can_be_drawn(values: list[float]) -> None:
    (line,) = points(curves([Line("a", list(range(1, len(values) + 1)), values)], "t", share=True))
    assert np.isfinite(line).all()


def test_names_of_users_are_escaped() -> None:
    picture = curves([Line("<b>&", [1, 2], [0.1, 0.2])], "<i>")
    assert "<b>" not in picture
    assert "<i>" not in picture
    ElementTree.fromstring(picture)


def test_two_runs_in_a_row_look_different() -> None:
    picture = curves([Line(str(look), [1, 2], [0.1, 0.2], look) for look in range(50)], "t")
    looks = set(re.findall(r'stroke="[^"]+" stroke-width="2.5"(?: stroke-dasharray="[^"]+")?', picture))
    assert len(looks) == 50


def test_the_heat_map_shows_the_units_that_move_most() -> None:
    states = np.zeros((MOST_WORDS + 5, MOST_UNITS + 4))
    states[:, -1] = np.linspace(-1, 1, len(states))
    cells = ElementTree.fromstring(heat_map(["word"] * len(states), states, "t")).findall("rect")
    assert len(cells) == MOST_WORDS * MOST_UNITS
    assert cells[MOST_UNITS - 1].attrib["fill"] == tint(-1)


def test_blue_is_below_zero_and_orange_above() -> None:
    assert tint(-1) == "#0072b2"
    assert tint(1) == "#d55e00"
    assert tint(0) == tint(float("nan")) == "#f7f7f7"


def test_a_sentence_is_its_words() -> None:
    drawn = sentence(["a", "<b>"], np.array([0.0, 1.0]))
    assert "&lt;b&gt;" in drawn
    assert tint(-1) in drawn
    assert tint(1) in drawn
