"""The user's own rules: written down, read again, and applied as they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.cleaning import normalizer
from core.text.cleaning.patterns import PatternError
from core.text.cleaning.steps.rules import (
    LONGEST,
    MOST_RULES,
    Rule,
    RuleTooLong,
    TooManyRules,
    read_rules,
    write_rules,
)

ODD = ["a=>b", "</x>", "/a/", "<a>", " a ", "a,b;c%", "%2C", "\n", "=>", "//", "<>", "é\u00a0", ">"]
RULES = st.builds(Rule, st.text(min_size=1, max_size=20) | st.sampled_from(ODD), st.text(max_size=9))


@given(st.lists(RULES, max_size=5))
def test_rules_come_back_as_they_were(rules: list[Rule]) -> None:
    assert list(read_rules(write_rules(rules))) == rules


@given(st.text(min_size=1, max_size=8) | st.sampled_from(ODD), st.text(max_size=5), st.text(max_size=30))
def test_a_text_is_found_as_python_finds_it(find: str, write: str, text: str) -> None:
    step = f"replace:{write_rules([Rule(find, write)])}"
    assert normalizer([step]).normalize_str(f"{text}{find}{text}") == f"{text}{find}{text}".replace(find, write)


@pytest.mark.parametrize(
    ("rule", "raw", "cleaned"),
    [
        (Rule("an", "year", "word"), "an maman an-2 (an) à l'an", "year maman year-2 (year) à l'year"),
        (Rule("c++", "cpp", "word"), "c++ xc++", "cpp xc++"),
        (Rule("^\\s*>.*$", "", "pattern"), "> cité", ""),
        (Rule("(bien|très) bon", "bon", "pattern"), "très bon et bien bon", "bon et bon"),
        (Rule(".", "$1\\0", "text"), "a.", "a$1\\0"),
    ],
)
def test_rules_do_what_they_say(rule: Rule, raw: str, cleaned: str) -> None:
    assert normalizer([f"replace:{write_rules([rule])}"]).normalize_str(raw) == cleaned


def test_rules_that_find_nothing_are_left_out() -> None:
    assert write_rules([Rule("", "x"), Rule("a", "b")]) == "a=>b"
    assert read_rules("") == ()


def test_what_is_too_much_is_said() -> None:
    with pytest.raises(TooManyRules, match=f"at most {MOST_RULES}"):
        write_rules([Rule("a")] * (MOST_RULES + 1))
    with pytest.raises(RuleTooLong, match="finds “aaa"):
        write_rules([Rule("a" * (LONGEST + 1))])
    with pytest.raises(PatternError):
        write_rules([Rule("(a+)+$", "", "pattern")])
