"""Users' patterns mean what Python's mean, are refused with a reason, and cannot make any text take for ever."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Regex, normalizers

from core.text.cleaning.patterns import PatternError, errors, safe

CATASTROPHIC = [
    "(a+)+$",
    "(a*)*b",
    "(a|a)*b",
    "(a|aa)+$",
    "(.*a){12}b",
    ".*.*x",
    "a*a*b",
    "(x+x+)+y",
    "([a-zA-Z]+)*!",
    "(a|b|ab)*c",
    r"(\w+\s?)+!",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"\s+\s+$x",
    "a?" * 25 + "a" * 25,
    "(a|a)" * 25 + "b",
    "(|a)" * 25 + "b",
    "a{1,30}a{1,30}a{1,30}b",
    ".*a.{20}b",
    "([0-9a]|[a-f])+x",
    "(é|\\w)+!",
]


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_catastrophic_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(errors.TooManyWays, match="many ways"):
        safe(pattern)


def test_unrefused_they_would_end_the_process() -> None:
    """The reason for all this: Oniguruma gives up after ten million trials, by a panic in the middle of a run."""
    with pytest.raises(BaseException, match="retry-limit") as raised:
        normalizers.Replace(Regex("(a+)+$"), "").normalize_str("a" * 40 + "b")
    assert not isinstance(raised.value, Exception)


@pytest.mark.parametrize(
    ("pattern", "error", "words"),
    [
        ("(a", errors.NotClosed, r"opens a \( .* write \\\("),
        ("[a", errors.NotClosed, r"opens a \["),
        ("a)", errors.NotOpened, r"closes a \)"),
        ("*a", errors.NothingToRepeat, r"nothing that \* could repeat"),
        ("a**", errors.NothingToRepeat, r"nothing that \*"),
        ("a+*", errors.NothingToRepeat, r"nothing that \*"),
        (r"\b+a", errors.NothingToRepeat, r"nothing that \+"),
        (r"\q", errors.UnknownEscape, r"holds \\q"),
        ("a\\", errors.UnknownEscape, r"holds \\,"),
        (r"\p{Xy}", errors.UnknownEscape, r"holds \\p"),
        ("[z-a]", errors.WrongRange, "z-a runs backwards"),
        ("a{3,2}", errors.WrongRange, "3,2"),
        ("a{2000}", errors.TooLong, "repeats too much"),
        ("[ab]{900}(?:-[ab]{999}){10}", errors.TooLong, "repeats too much"),
        ("a" * 501, errors.TooLong, "aaa…"),
        ("(" * 480 + "a" + ")" * 19, errors.PatternError, "“"),
        ("(?=a)b", errors.NotAllowed, r"uses \(\?=a"),
        ("(?<!a)b", errors.NotAllowed, r"uses \(\?<!a"),
        ("(?i)a", errors.NotAllowed, r"uses \(\?i"),
        (r"(a)\1", errors.NotAllowed, r"uses \\1"),
        ("a*", errors.MatchesNothing, "matches nothing at all"),
        ("a|", errors.MatchesNothing, "matches nothing at all"),
        (r"\b", errors.MatchesNothing, "matches nothing at all"),
        ("", errors.MatchesNothing, "matches nothing at all"),
        ("((((a+)+)+)+)+", errors.TooManyWays, "many ways"),
    ],
)
def test_what_is_wrong_is_named(pattern: str, error: type[PatternError], words: str) -> None:
    with pytest.raises(error, match=words):
        safe(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\d+(?:[.,]\d+)*", "1,5 et 12", ["1,5", "12"]),
        (r"[0-9]+ ?€", "5€ 12 €", ["5€", "12 €"]),
        (r"https?://\S+\.(com|fr)", "http://a.b.com/x https://c.fr", ["http://a.b.com", "https://c.fr"]),
        (r"\[[^\]]*\]", "[a][b c]", ["[a]", "[b c]"]),
        (r"\p{Lu}{2,}", "ABC dE ÉÀ", ["ABC", "ÉÀ"]),
        (r"^\w+", "un deux\ntrois", ["un"]),
        (r"\w+$", "un deux\ntrois", ["trois"]),
        (r"<.+?>", "<a><b>", ["<a>", "<b>"]),
        (r"[]a\-x-]+", "]a-xb", ["]a-x"]),
        (r"a{,3}{", "a{,3}{ aaa{", ["a{,3}{"]),
        (r"\.\*\\", r".*\ ", [".*\\"]),
        (r"[\W_]+|\bno\b", "no_not", ["_"]),
        (r".", "a\n中", ["a", "中"]),
        (r"(?:a+b)*c", "aabababc c", ["aabababc", "c"]),
    ],
)
def test_useful_patterns_are_possible(pattern: str, text: str, found: list[str]) -> None:
    outside = normalizers.Replace(Regex(safe(pattern)), "").normalize_str(text)
    assert outside == "".join(re.split("|".join(map(re.escape, found)), text, maxsplit=len(found)))


ATOMS = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", r"\w", r"\d", r"\s", r"\b", "^", "$", r"\.", "é"])
TIMES = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?", "??"])
PATTERNS = st.recursive(
    st.builds("{}{}".format, ATOMS, TIMES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map("|".join),
        st.builds("({}){}".format, inner, TIMES),
    ),
    max_leaves=8,
)
TEXTS = st.text(st.sampled_from("aabbc1. \né"), max_size=14)


@given(PATTERNS, TEXTS)
def test_a_pattern_means_what_it_means_in_python(pattern: str, text: str) -> None:
    try:
        ours = normalizers.Replace(Regex(safe(pattern)), "-").normalize_str(text)
    except PatternError:
        return
    theirs = re.compile(pattern.replace("$", r"\Z"))
    assert ours == theirs.sub("-", text)


@given(PATTERNS, st.text(st.sampled_from("abc1 "), min_size=1, max_size=4), st.text(max_size=2))
def test_an_accepted_pattern_is_done_with_any_text(pattern: str, again: str, end: str) -> None:
    """Thousands of repetitions, and an end that spoils the match: the engine's own limit is never met."""
    try:
        written = safe(pattern)
    except PatternError:
        return
    normalizers.Replace(Regex(written), "").normalize_str(again * 2_000 + end)


@given(st.text(st.sampled_from(r"ab\()[]{}*+?|^$.-,12dwspL<!=:"), max_size=20))
def test_any_text_is_a_pattern_or_is_refused_with_a_sentence(pattern: str) -> None:
    try:
        written = safe(pattern)
    except PatternError:
        return
    assert Regex(written)
