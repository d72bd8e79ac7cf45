from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.dataset import Dataset
from core.data.labelling.session import (
    EVERY,
    MOST,
    Event,
    Labelling,
    Questions,
    beginning,
    labelled,
    next_question,
    replay,
)


def texts(count: int, labels: Sequence[str] | None = None, **columns: Any) -> Dataset:
    return Dataset.build([f"text {number}" for number in range(count)], labels, "letters", "pasted", **columns)


def answers(dataset: Dataset, questions: Questions, count: int, **scores: Any) -> Labelling:
    """The state after that many questions, all answered with “a”."""
    events: list[Event] = []
    for _ in range(count):
        row = next_question(questions, replay(events, questions), **scores)
        events.append({"row": row, "label": "a"})
    return replay(events, questions)


ROWS = st.integers(0, 11)
EVENTS = st.lists(
    st.one_of(
        st.builds(lambda row, label: {"row": row, "label": label}, ROWS, st.sampled_from("abc")),
        st.builds(lambda row: {"skip": row}, ROWS),
        st.builds(lambda name: {"class": name}, st.sampled_from("abcd")),
        st.builds(lambda names: {"rename": list(names)}, st.tuples(*[st.sampled_from("abcd")] * 2)),
        st.builds(lambda name: {"run": name}, st.text(max_size=3)),
        st.just({"undo": True}),
        st.dictionaries(st.text(max_size=3), st.none() | st.lists(st.integers()), max_size=2),
    ),
    max_size=25,
)
TEN = Questions(tuple(range(10)), frozenset({0, 1}))


@given(EVENTS, st.integers(0, 9), st.booleans())
def test_undo_restores_exactly_what_was_before(events: list[Event], row: int, skip: bool) -> None:
    before = replay(events, TEN)
    done: Event = {"skip": row} if skip else {"row": row, "label": "new"}
    after = replay([*events, done], TEN)
    assert after.last == row
    assert replay([*events, done, {"undo": True}], TEN) == before


@given(EVENTS)
def test_a_label_is_lost_by_undo_only(events: list[Event]) -> None:
    without = [event for event in events if not event.get("undo")]
    given_rows = {event["row"] for event in without if event.get("row") in TEN.order and event.get("label")}
    state = replay(without, TEN)
    assert set(state.labels) == given_rows
    assert set(state.labels.values()) <= set(state.classes)
    assert sum(state.counts.values()) == len(state.labels)
    assert not set(state.skipped) & set(state.labels)


@given(EVENTS, st.dictionaries(ROWS, st.floats(0, 1)))
def test_every_text_is_asked_once(events: list[Event], scores: dict[int, float]) -> None:
    events = list(events)
    asked = []
    while (row := next_question(TEN, replay(events, TEN), scores)) is not None:
        asked.append(row)
        events.append({"row": row, "label": "a"})
    assert len(asked) == len(set(asked))
    assert set(replay(events, TEN).labels) == set(TEN.order)


@given(st.integers(0, 60), st.integers(0, 5))
def test_the_order_is_the_same_for_the_same_texts(count: int, seed: int) -> None:
    first, again = beginning(texts(count), seed)[1], beginning(texts(count), seed)[1]
    assert first == again
    assert sorted(first.order) == list(range(count))
    assert len(first.test) == count // EVERY


def test_another_seed_is_another_order() -> None:
    assert beginning(texts(50), 0)[1] != beginning(texts(50), 1)[1]


def test_every_fifth_text_judges_the_network_whatever_the_network_wants() -> None:
    dataset, questions = beginning(texts(100))
    wanted = dict.fromkeys(questions.test, 0.9)
    state = answers(dataset, questions, 50, uncertainty=wanted)
    judged = [row in questions.test for row in state.labels]
    assert sum(judged) == 10
    assert judged[:5] == [False] * 4 + [True]
    # In the random order, so that those asked so far are a random sample of all at any time.
    assert [row for row in state.labels if row in questions.test] == [
        r for r in questions.order if r in questions.test
    ][:10]


def test_the_most_uncertain_text_comes_first_and_then_the_unknown_ones_in_order() -> None:
    questions = Questions((4, 3, 2, 1, 0), frozenset())
    scores = {0: 0.2, 1: 0.9, 2: 0.2}
    assert list(answers(texts(5), questions, 5, uncertainty=scores).labels) == [1, 2, 0, 4, 3]


def test_skipped_texts_come_back_at_the_end_in_their_order() -> None:
    questions = Questions((0, 1, 2), frozenset())
    events: list[Event] = [{"skip": 1}, {"skip": 0}]
    assert next_question(questions, replay(events, questions)) == 2
    events.append({"row": 2, "label": "a"})
    assert next_question(questions, replay(events, questions)) == 1
    events.append({"skip": 1})
    assert next_question(questions, replay(events, questions)) == 0


def test_empty_repeated_and_labelled_texts_are_not_asked() -> None:
    given_texts = ["Good", " ", "good ", "bad", "BAD", "", "new"]
    dataset = Dataset.build(given_texts, ["", "", "", "no", "", "", ""], "few", "pasted")
    kept, questions = beginning(dataset)
    assert sorted(kept.frame["text"][list(questions.order)]) == ["Good", "new"]
    assert "no" in set(kept.labels)


def test_of_very_many_texts_some_are_drawn_and_no_label_is_left_behind() -> None:
    count = MOST + 500
    dataset = texts(count, ["a" if number % 100 == 0 else "" for number in range(count)])
    kept, questions = beginning(dataset)
    assert len(questions.order) == MOST
    assert (kept.frame["label"] == "a").sum() == count / 100
    assert all(kept.frame["label"].iloc[list(questions.order)] == "")


def test_labels_that_came_with_the_texts_stay_and_are_renamed_with_the_class() -> None:
    dataset, questions = beginning(texts(20, ["good"] * 5 + [""] * 15))
    row = questions.order[-1]
    state = replay([{"class": "good"}, {"row": row, "label": "bad"}, {"rename": ["good", "praise"]}], questions)
    assert state.classes == ("praise", "bad")
    result = labelled(dataset, questions, state)
    assert result.labels == ["praise"] * 5 + ["bad"]
    assert result.source == "labelled: pasted"


def test_renaming_to_a_class_that_is_there_joins_the_two() -> None:
    state = replay([{"row": 2, "label": "god"}, {"row": 3, "label": "good"}, {"rename": ["god", "good"]}], TEN)
    assert state.classes == ("good",)
    assert state.counts == {"good": 2}


def test_the_labelled_texts_know_their_part_and_keep_their_columns() -> None:
    others = {"others": pd.DataFrame({"page": [str(number) for number in range(20)]})}
    dataset, questions = beginning(texts(20, **others))
    four, five = (labelled(dataset, questions, answers(dataset, questions, count)) for count in (4, 5))
    assert four.parts is None
    assert five.parts is not None
    assert sorted(five.parts) == ["test"] + ["train"] * 4
    assert [f"text {page}" for page in five.frame["page"]] == five.texts


def test_a_part_that_the_texts_came_with_is_left_as_it_is() -> None:
    part = ["test"] * 4 + ["train"] * 6
    dataset, questions = beginning(texts(10, part=part))
    assert questions.test == frozenset(range(4))
    assert labelled(dataset, questions, answers(dataset, questions, 10)).parts == part


def test_a_group_is_on_one_side() -> None:
    group = [f"author {number // 4}" for number in range(40)]
    questions = beginning(texts(40, group=group, labels=["a"] + [""] * 39))[1]
    sides = {(name, row in questions.test) for row, name in enumerate(group) if row in questions.order}
    assert len(sides) == 10
    assert len(questions.test) == 4
    assert ("author 0", True) not in sides


@pytest.mark.parametrize(
    "event", [{"row": 99, "label": "a"}, {"row": 1, "label": ""}, {"row": [1]}, {"undo": True}, {}]
)
def test_an_event_that_means_nothing_changes_nothing(event: Event) -> None:
    events: list[Event] = [{"class": "a"}]
    assert replay([*events, event], TEN) == replay(events, TEN)
