"""What moves units of which one is known: “good” raises the first, “bad” lowers it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.insight.looks import Given, look_of
from core.insight.studied import MOST_STEPS, MOST_TEXTS
from core.insight.units import all_movers, elsewhere, pattern_of, similar
from tests.core.insight.test_roles import network, planted, random_weights, read, texts


def test_the_words_and_texts_that_move_a_unit() -> None:
    rows, labels = texts()
    first = all_movers(read(network("simple_rnn", 4, planted), rows, labels))[""][0]
    (one, up, _count), (other, down, times) = first.words[:2]
    assert {(one, up > 0), (other, down > 0)} == {("good", True), ("bad", False)}
    assert times == sum("bad" in row.split() for row in rows)
    highest, lowest = first.texts[0], first.texts[-1]
    assert highest[2] > 0.9 > -0.9 > lowest[2]
    assert "good" in highest[0]
    assert "bad" in lowest[0]


def test_the_same_pattern_is_found_where_it_was_hidden() -> None:
    rows, labels = texts(40)
    made = network("gru", 6, random_weights)
    rows[17] = "film was a long good book"
    sentence = Given("film was a long bad room")
    pattern = pattern_of(look_of(made), sentence, "", slice(0, 4), [0, 1, 3])
    found = similar(read(made, rows, labels), "", pattern, [0, 1, 3])
    assert found[0].stretch == "film was a long"
    assert found[0].distance < 1e-5
    assert found[0].label == labels[17]
    assert found[0].closer > 0.99
    distances = [each.distance for each in found]
    assert distances == sorted(distances)
    assert len({each.text for each in found}) == len(found)


def test_a_pattern_longer_than_all_texts_is_found_nowhere() -> None:
    made = network("gru", 6, random_weights)
    states = read(made, ["good film", "bad"], ["yes", "no"])
    assert similar(states, "", np.zeros((3, 1), np.float32), [0]) == []


def test_of_many_and_long_texts_some_are_read() -> None:
    look = look_of(network("gru", 6, random_weights, sequence_length=400))
    many = look.studied(pd.DataFrame({"text": ["good film"] * 2 * MOST_TEXTS, "label": "yes"}))
    assert len(many) == MOST_TEXTS
    long = look.studied(pd.DataFrame({"text": ["good film " * 300] * 400, "label": "yes"}))
    assert 2 <= len(long) < 400
    assert len(long.sequences.ids) <= MOST_STEPS


def test_a_text_is_not_found_in_itself() -> None:
    assert elsewhere("the film was good", "the film")  # other texts may begin so, too
    assert not elsewhere("the film", "the film")
    assert not elsewhere("the film was not so good after all", "the film was not ")
    assert elsewhere("the film", "")
