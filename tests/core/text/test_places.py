"""Every cleaned character, and so every token, leads back to the very characters that were typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Regex, normalizers
from tokenizers.normalizers import Normalizer

from core.config import Preparation
from core.text.cleaning import STEPS, normalizer
from core.text.encoder import TextEncoder
from core.text.places import typed

ANY_TEXT = st.text() | st.text(st.sampled_from("aAé\u0301 <>&;\u200b👍🏽🇫\u1112\u1161中กİßﬁ'’0.,@!\x00\n"), max_size=30)
WORDS = st.text(st.sampled_from("ab é中\u0301,;=>/<%"), min_size=1, max_size=4)
RULE = st.builds("{}=>{}".format, WORDS.map(lambda text: text.replace("=>", "")), WORDS)
PATTERN = st.sampled_from(["/[a-z]+/=>x", "/\\s/=>", "/(é|e)\\b/=>é", "/.{2}$/=>!!", "/\\w\\W?/=>"])
STEP = st.one_of(
    st.sampled_from([f"{name}:{choice}" for name, step in STEPS.items() for choice in (step.choices or [""])]),
    st.just("stop_words:fr;en;+é"),
    st.one_of(RULE, PATTERN).map(lambda rule: "replace:" + rule.replace(",", "%2C")),
)


def sources(text: str, *steps: str) -> list[tuple[str, str]]:
    cleaned, places = typed(normalizer(steps), text)
    return [(character, text[start:end]) for character, (start, end) in zip(cleaned, places, strict=True)]


@pytest.mark.parametrize(
    ("steps", "text", "expected"),
    [
        (["lowercase"], "Aé", [("a", "A"), ("é", "é")]),
        (["unicode"], "e\u0301t", [("é", "e\u0301"), ("t", "t")]),
        (["html"], "&amp;a", [("&", "&amp;"), ("a", "a")]),
        (["html", "spaces"], "<b> a", [("a", "a")]),
        (["accents"], "éa", [("e", "é"), ("a", "a")]),
        (["repeats"], "soooo!", [("s", "s"), ("o", "ooo"), ("o", "o"), ("!", "!")]),
        (["repeated_punctuation"], "a!!!b", [("a", "a"), ("!", "!!!"), ("b", "b")]),
        (["urls"], "http://x", [("u", "http://x"), ("r", "http://x"), ("l", "http://x")]),
        (["replace:b=>c", "replace:ac=>d"], "ab", [("d", "ab")]),
        (["replace:b=>"], "abc", [("a", "a"), ("c", "c")]),
        (["spaces"], "  a \n b ", [("a", "a"), (" ", " \n "), ("b", "b")]),
        (["emoji:name", "spaces"], "👍", [(letter, "👍") for letter in "thumbs up"]),
        (["unicode:nfkc"], "ﬁ", [("f", "ﬁ"), ("i", "ﬁ")]),
        (["unicode"], "\u1112\u1161\u11ab", [("한", "\u1112\u1161\u11ab")]),
    ],
)
def test_what_a_character_came_from(steps: list[str], text: str, expected: list[tuple[str, str]]) -> None:
    assert sources(text, *steps) == expected


@pytest.mark.parametrize(
    ("part", "text", "expected"),
    [
        (normalizers.Prepend("_"), "ab", ["", "a", "b"]),
        (normalizers.Replace(Regex("(?=b)"), "-"), "abc", ["a", "", "b", "c"]),
        (normalizers.Prepend("_"), "", []),
        (None, "ab", ["a", "b"]),
    ],
)
def test_what_came_from_nowhere_has_a_place_between(part: Normalizer | None, text: str, expected: list[str]) -> None:
    cleaned, places = typed(part, text)
    assert [text[start:end] for start, end in places] == expected
    assert len(cleaned) == len(expected)


@given(ANY_TEXT, st.lists(STEP, max_size=7))
@example("\u0301", ["accents", "unicode"])
@example("ΑΣ İ", ["lowercase", "unicode:nfkc"])
def test_any_text_through_any_steps(text: str, steps: list[str]) -> None:
    cleaned, places = typed(normalizer(steps), text)
    assert cleaned == normalizer(steps).normalize_str(text)
    assert len(places) == len(cleaned)
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert [end for _, end in places] == sorted(end for _, end in places)


@given(ANY_TEXT, st.lists(STEP, max_size=7))
def test_tokens_are_what_was_typed_and_what_the_network_gets(text: str, steps: list[str]) -> None:
    encoder = TextEncoder.fit([text, "a b"], Preparation(cleaning=tuple(steps), minimum_count=1))
    tokens = encoder.tokens(text)
    assert all(token.text == text[token.start : token.end] for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert [token.id for token in tokens] == encoder.encode_whole([text]).row(0).tolist()


@given(ANY_TEXT)
def test_every_letter_of_a_word_that_stays_leads_to_itself(text: str) -> None:
    """Steps that change no letter: each character stands where it stood."""
    cleaned, places = typed(normalizer(["html", "urls:remove", "punctuation", "spaces"]), text)
    kept = [(character, place) for character, place in zip(cleaned, places, strict=True) if character.isalpha()]
    assert all(text[start:end] == character for character, (start, end) in kept)
