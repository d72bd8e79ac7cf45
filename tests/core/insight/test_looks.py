"""Looks at taggers and at networks that write: what they read, hold and answer, as Keras and as read in one piece."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.insight.distance import distances_of
from core.insight.looks import Given, Look, look_of
from core.insight.space import spaces
from core.insight.sums import made as sums_of
from core.insight.surgery import Held, Silenced, effect
from core.insight.then import replay
from core.insight.unit_order import contributions
from tests.core.insight.looked import DEEP, EACH, GIVEN, look
from tests.core.insight.networks import TEXTS, made, tagger, writer

TAGGED = pd.DataFrame({
    "text": [word for text in TEXTS for word in text.split()],
    "place": [place for text in TEXTS for place in range(len(text.split()))],
    "label": [f"tag {len(word) % 3}" for text in TEXTS for word in text.split()],
})  # fmt: skip
ROWS = pd.DataFrame({
    "text": TEXTS,
    "label": ["no", "yes", "no", "yes"],
    "words": [text.replace(" ", "\t") for text in TEXTS],
    "tags": ["\t".join(f"tag {len(word) % 3}" for word in text.split()) for text in TEXTS],
})  # fmt: skip


def judged_texts(known: Look) -> object:
    return known.tests(TAGGED if "tag 0" in known.network.class_names else _labelled(known), 1_000)


def _labelled(known: Look) -> pd.DataFrame:
    return ROWS if len(known.network.class_names) > 1 else ROWS.assign(label="*")


@EACH
def test_a_trace_and_what_went_into_it_are_one(name: str) -> None:
    known = look(name)
    trace, read = known.trace(GIVEN), known.read(GIVEN)
    steps = len(TEXTS[2].split()) + name.startswith("writer")
    assert len(trace.norms) == steps == len(trace.tokens)
    for state, values in trace.states.items():
        np.testing.assert_array_equal(values, read.states[state][read.inside])
    answers = known.verdicts(trace)
    assert answers.shape == (steps, len(known.answers))
    np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(known.answer_from(read.tops), answers, atol=1e-6)
    np.testing.assert_array_equal(known.answer(GIVEN, 1), answers[1])


def test_a_writer_expects_what_keras_does() -> None:
    network, model = writer("gru", **DEEP)
    trace = look_of(network).trace(Given(TEXTS[2], "yes"))
    ids = np.array([[token.id for token in trace.tokens]], np.int32)
    assert ids[0, 0] == network.first_id(1)
    np.testing.assert_allclose(look_of(network).verdicts(trace), np.asarray(model(ids))[0], atol=1e-5)
    given = trace.given  # type: ignore[attr-defined]
    assert np.isnan(given[0])
    assert given[1] == pytest.approx(float(look_of(network).verdicts(trace)[0, ids[0, 1] - 2]))


@EACH
def test_the_very_sums_make_the_state(name: str) -> None:
    known = look(name)
    read, trace = known.read(GIVEN), known.trace(GIVEN)
    for place in trace.places:
        for step in (0, 3):
            found = sums_of(known.network, read, place, step, 1)
            for one in found.sums:
                squash = np.tanh(one.total) if one.squashed == "tanh" else 1 / (1 + np.exp(-one.total))
                assert one.value == pytest.approx(float(squash), abs=1e-5)
            assert found.now["hidden"] == pytest.approx(float(trace.at(place)[step, 1]))


@EACH
def test_what_a_unit_adds_is_told_at_each_step(name: str) -> None:
    known = look(name)
    read, trace = known.read(GIVEN), known.trace(GIVEN)
    added = contributions(known, read, trace.places[-1], 2)
    assert added is not None
    assert added.shape == (4, len(known.answers))
    width = read.tops.shape[1]
    unit = width - 4  # the first one of the last direction
    tops = read.tops[2].copy()
    tops[unit] = 0
    before, after = known.answer_from(np.stack([read.tops[2], tops])).astype(np.float64)
    odds = np.log(before / (1 - before)) - np.log(after / (1 - after))
    np.testing.assert_allclose(added[0], odds, atol=1e-4)


@EACH
def test_surgery_is_judged_on_texts(name: str) -> None:
    known = look(name)
    tests = judged_texts(known)
    before = known.judged(tests)
    same = effect(before, known.judged(tests))
    assert same.p_value == 1
    assert same.untouched == same.operated
    assert same.changed == 0
    places = known.trace(GIVEN).places
    deaf = known.operated([Silenced(place, (0, 1, 2, 3)) for place in places])
    assert not any(deaf.trace(GIVEN).at(place).any() for place in places)
    assert np.abs(deaf.answer(GIVEN) - known.answer(GIVEN)).max() > 1e-4
    if known.kind == "perplexity":
        assert effect(before, deaf.judged(tests)).operated != before.score
        assert before.score == pytest.approx(_perplexity(known), rel=1e-5)
    else:
        assert before.score == pytest.approx(_accuracy(known))


def _perplexity(known: Look) -> float:
    losses = []
    for text, label in zip(TEXTS, _labelled(known)["label"], strict=True):
        trace: Any = known.trace(Given(text, label))
        losses += [*np.log(trace.given[1:]), np.log(known.verdicts(trace)[-1, -1])]
    return float(np.exp(-np.mean(losses)))


def _accuracy(known: Look) -> float:
    found = [known.verdicts(known.trace(Given(text))).argmax(axis=1) for text in TEXTS]
    return float(np.mean(np.concatenate(found) == [int(tag[-1]) for tag in TAGGED["label"]]))


@EACH
def test_what_is_forgotten_is_as_if_the_text_began_there(name: str) -> None:
    known = look(name)
    whole, cut = known.trace(GIVEN), known.forgetful(GIVEN, 3)
    first = known.trace(GIVEN).places[0]
    np.testing.assert_array_equal(cut.at(first)[:3], whole.at(first)[:3])
    if name.startswith("tagger"):
        rest = known.trace(Given(" ".join(TEXTS[2].split()[3:])))
        np.testing.assert_allclose(known.verdicts(cut)[3:], known.verdicts(rest), atol=1e-6)
    else:
        # The cell's first step after it: nothing comes from the state before.
        read = known.read(GIVEN)
        alone = sums_of(known.network, replace(read, states={k: v[3:] for k, v in read.states.items()},
                                               vectors=read.vectors[3:]), first, 0, 1)  # fmt: skip
        assert alone.before["hidden"] == 0
        assert np.abs(cut.at(first)[3:] - whole.at(first)[3:]).max() > 1e-4
    assert len(cut.norms) == len(whole.norms)
    tests = judged_texts(known)
    judged = known.judged(tests, forget=2)
    assert judged.of.tolist() == known.judged(tests).of.tolist()
    assert judged.good[1] == pytest.approx(known.judged(tests).good[1])  # too short a text to forget anything of
    assert np.abs(judged.good - known.judged(tests).good).max() > 0 or known.kind == "share"
    np.testing.assert_array_equal(known.verdicts(known.forgetful(GIVEN, 0)), known.verdicts(whole))


@EACH
def test_earlier_weights_and_the_two_dimensions(name: str) -> None:
    known = look(name)
    half = {key: values / 2 for key, values in known.network.weights.items()}
    answers = replay(known, [half, {}], GIVEN, 1)
    np.testing.assert_array_equal(answers[1], known.answer(GIVEN, 1))
    assert np.abs(answers[0] - answers[1]).max() > 1e-4
    frame = _labelled(known)
    found = spaces(known, frame)
    assert list(found) == known.trace(GIVEN).places
    space = found[known.trace(GIVEN).places[-1]]
    assert len(space.points) == (len(TAGGED) if name.startswith("tagger") else len(TEXTS))
    assert set(space.classes.tolist()) <= set(range(len(known.sample_names)))


def test_words_are_counted_by_tag_and_by_label() -> None:
    tags = look("tagger").counted(ROWS)
    encoder = tagger()[0].words
    assert tags.counts[encoder.ids(["two"])[0]].tolist() == [5, 0, 0]
    labels = look("writer").counted(ROWS)
    assert labels.counts.sum(axis=0).tolist() == [12, 4]
    assert look("writer_tied").counted(ROWS).counts.sum() == 16


def test_unknown_tokens_are_read_and_not_asked_for() -> None:
    known = look("writer")
    tests = known.tests(pd.DataFrame({"text": ["zzz one", "zzz"], "label": ["no", "yes"]}), 9)
    assert known.judged(tests).of.tolist() == [2, 1]


def test_a_gate_of_a_tagger_is_held() -> None:
    known = look("tagger_gru")
    held = known.operated([Held("", "update", 1)])
    assert not held.trace(GIVEN).at("").any()


def test_a_classifier_has_a_look_of_its_own() -> None:
    network = made("gru")
    known = look_of(network)
    np.testing.assert_array_equal(known.answer(GIVEN), network.predict([TEXTS[2]])[0])
    np.testing.assert_allclose(known.answer(GIVEN, 1), network.trace(TEXTS[2]).verdicts[1], atol=1e-6)


def test_how_far_back_a_writer_remembers() -> None:
    """Its answers come from all tokens, or, in the course's form, from none of them."""
    rows = pd.DataFrame({"text": TEXTS * 12, "label": ["no", "yes"] * 24})
    found = distances_of(look("writer"), rows)
    assert found.change[0] > 0
    assert found.texts[0] == 48
    course = distances_of(look("writer_course"), rows)
    assert (course.verdict, course.change.max()) == ("nothing", 0)
    sequences, answers = look("writer").beginnings(rows)
    assert sequences.row(0).tolist() == look("writer").network.encoder.encode_whole(TEXTS[:1]).row(0)[:3].tolist()
    begun = answers(sequences.rows(np.array([1, 2])), np.array([1, 2]))
    np.testing.assert_allclose(begun[1], look("writer").answer(Given("seven eight nine ten one", "no")), atol=1e-5)
