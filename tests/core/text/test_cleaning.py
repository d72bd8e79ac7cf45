"""Each cleaning step does what its title says, and the names of steps are read kindly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.cleaning import DEFAULT_STEPS, STEPS, known_steps, normalizer, step_choices


@pytest.mark.parametrize(
    ("step", "raw", "cleaned"),
    [
        ("unicode", "e\u0301te\u0301 l’«\u00a0a\u200bb\ufeff\u00ad » \x00", 'été l\'"\u00a0ab "  '),
        ("html", "<p class='x'>a<br/>b &amp;lt; &lt;3&nbsp;<!-- c\nd -->", " a b &lt; <3  "),
        ("html", "2 < 3 and 3 > 2", "2 < 3 and 3 > 2"),
        ("urls", "see http://a.b/é?c=d or www.x.org!", "see url or url"),
        ("emoji", "ok 👍🏽 🇫🇷 ❤️ # 1", "ok          # 1"),
        ("lowercase", "ÉTÉ", "été"),
        ("accents", "déjà e\u0301 हिन्दी", "deja e हिन्दी"),
        ("numbers", "12,5 and 1.000.000 and 7", "0 and 0 and 0"),
        ("punctuation", "l'eau, 5 $ ?", "l eau  5    "),
        ("punctuation", "👍", "👍"),
        ("repeats", "sooooo cool!!!", "soo cool!!!"),
        ("spaces", "  a \t\n b ", "a b"),
    ],
)
def test_step(step: str, raw: str, cleaned: str) -> None:
    assert normalizer([step]).normalize_str(raw) == cleaned


def test_no_step_changes_nothing() -> None:
    assert normalizer(()).normalize_str(" <b>É ") == " <b>É "


def test_steps_apply_in_one_order_whatever_the_order_of_their_names() -> None:
    raw = "<B>Très</B> bien : HTTP://X.Y, https://x.y"
    assert known_steps("urls, LOWERCASE,html,html") == ("html", "urls", "lowercase")
    assert normalizer(("urls", "html")).normalize_str(raw) == normalizer(("html", "urls")).normalize_str(raw)


@pytest.mark.parametrize("value", ["html,spaces", ["spaces", "html"], ("html", "spaces"), {"html", "spaces"}])
def test_names_come_as_a_string_or_any_collection(value: object) -> None:
    assert known_steps(value) == ("html", "spaces")


@pytest.mark.parametrize("value", ["", [], ()])
def test_no_names_are_no_steps(value: object) -> None:
    assert known_steps(value) == ()


def test_an_unknown_name_gets_a_guess() -> None:
    with pytest.raises(ValueError, match="“lowrcase”; did you mean “lowercase”"):
        known_steps(["html", "lowrcase"])


@pytest.mark.parametrize("value", [None, 3])
def test_what_is_no_list_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="list of steps"):
        known_steps(value)


def test_defaults_and_choices_are_steps() -> None:
    assert known_steps(DEFAULT_STEPS) == DEFAULT_STEPS
    assert list(step_choices()) == list(STEPS)
    assert all(step.title and step.help.endswith(".") for step in STEPS.values())


@given(st.text(), st.sets(st.sampled_from(list(STEPS))))
def test_no_text_breaks_any_steps(text: str, steps: set[str]) -> None:
    assert isinstance(normalizer(sorted(steps)).normalize_str(text), str)
