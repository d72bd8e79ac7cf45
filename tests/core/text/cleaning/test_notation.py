"""Lists of steps are read kindly, in the user's order, and written in one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import Preparation, RunSettings
from core.errors import SettingsError
from core.text.cleaning import STEPS, Chosen, known_steps
from core.text.cleaning.notation import MOST_STEPS, TooManySteps, UnknownOption
from core.text.cleaning.registry import UnknownStep
from core.text.cleaning.steps.rules import Rule, write_rules

OLD = ("unicode", "html", "urls", "emoji", "lowercase", "accents", "numbers", "punctuation", "repeats", "spaces")


@pytest.mark.parametrize(
    ("value", "steps"),
    [
        ("urls, LOWERCASE ,html", ("urls", "lowercase", "html")),
        ("emoji=name,emoji:remove, numbers : remove", ("emoji:name", "emoji", "numbers:remove")),
        ("-html,- emoji:name", ("-html", "-emoji:name")),
        ("repeated-punctuation", ("repeated_punctuation",)),
        (["spaces", "html"], ("spaces", "html")),
        (("spaces", "", "spaces"), ("spaces", "spaces")),
        ({"spaces", "html"}, ("html", "spaces")),
        ("replace:foo=>bar;foo, stop_words:en;fr;+Film", ("replace:foo=>bar;foo=>", "stop_words:en;fr;+film")),
        ("replace:a%2Cb%20=>100%", ("replace:a%2Cb%20=>100%25",)),
        ("", ()),
        ([], ()),
        (OLD, OLD),
    ],
)
def test_steps_are_written_in_one_way(value: object, steps: tuple[str, ...]) -> None:
    assert known_steps(value) == steps
    assert known_steps(steps) == steps
    assert known_steps(",".join(steps)) == steps


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (["html", "lowrcase"], UnknownStep, "“lowrcase”; did you mean “lowercase”"),
        ("emoji:nme", UnknownOption, "“emoji” has no option “nme”. Choose among remove, name, name-fr"),
        ("spaces:all", UnknownOption, "no option “all”"),
        (["html"] * (MOST_STEPS + 1), TooManySteps, "at most 60"),
    ],
)
def test_what_is_not_possible_is_named(value: object, error: type[SettingsError], words: str) -> None:
    with pytest.raises(error, match=words):
        known_steps(value)


@pytest.mark.parametrize("value", [None, 3])
def test_what_is_no_list_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="list of steps"):
        known_steps(value)


def test_another_order_is_another_setting() -> None:
    one, other = (RunSettings().with_values({"cleaning": value}) for value in ("html,spaces", "spaces,html"))
    assert one.digest("preparation") != other.digest("preparation")


def test_a_run_of_before_is_read_as_it_was() -> None:
    stored = '{"cleaning": ["unicode", "html", "urls", "lowercase", "spaces"], "sequence_length": 100}'
    assert Preparation.model_validate_json(stored) == Preparation(sequence_length=100)
    assert Preparation(cleaning=OLD).cleaning == OLD


RULES = st.builds(
    Rule,
    st.text(max_size=20).filter(bool),
    st.text(max_size=20),
    st.sampled_from(["text", "word"]),
)


@given(st.lists(RULES, max_size=4), st.sampled_from(sorted(STEPS)), st.booleans())
def test_any_rules_survive_every_way_of_writing(rules: list[Rule], name: str, on: bool) -> None:
    text = str(Chosen("replace", write_rules(rules), on))
    assert known_steps([text, name]) == (text, name)
    assert known_steps(f"{text},{name}") == (text, name)
    settings = RunSettings().with_values({"cleaning": [text, name]})
    assert RunSettings.model_validate_json(settings.model_dump_json()) == settings
