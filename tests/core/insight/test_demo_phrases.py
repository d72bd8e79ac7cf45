"""Opinions made by rule: spelled as one writes, of the opinion that they are labelled with, and never repeated."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from core.insight.demo_phrases import NEGATIVE, POSITIVE, elided, generated, grammar, inflected

ROWS = 2_000


def visitors() -> list[dict[str, str]]:
    with Path(__file__).with_name("visitor_sentences.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_same_texts_each_time_of_both_opinions(language: str) -> None:
    texts = generated(language, ROWS)
    assert list(texts.items()) == list(generated(language, ROWS).items())
    assert list(texts) != list(generated(language, ROWS, seed=1))
    assert len(texts) == ROWS
    assert min(Counter(texts.values()).values()) > 0.48 * ROWS


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_place_can_be_filled(language: str) -> None:
    entries = grammar(language).entries
    for (_, opinion), items in entries.items():
        for item in items:
            for name, sign in re.findall(r"\{([a-z ]+)([!&]?)\}", item.text):
                other = POSITIVE if opinion == NEGATIVE else NEGATIVE
                assert (name, other if sign == "!" else opinion) in entries, item.text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_mark_of_the_grammar_is_left(language: str) -> None:
    for text in generated(language, ROWS):
        assert not re.search(r"[{}\[\]<>|_*=~]| {2}|^\s|\(", text.replace("<3", "")), text


def test_french_is_elided_and_contracted() -> None:
    for text in generated("fr", ROWS):
        assert not re.search(r"\b(?:que|je|ne|de|se) [aeioué]", text, re.IGNORECASE), text
        assert not re.search(r"\b(?:de|à) les? ", text), text


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Je ai vu que il est de le quartier", "J'ai vu qu'il est du quartier"),
        ("plus de les acteurs", "plus des acteurs"),
        ("ce que je ne habite pas", "ce que je n'habite pas"),
        ("bien que hideux, même si il plaît", "bien que hideux, même s'il plaît"),
    ],
)
def test_elision(typed: str, written: str) -> None:
    assert elided(typed) == written


@pytest.mark.parametrize(
    ("adjective", "forms"),
    [
        ("bon", "(bon/bonne/bons/bonnes)"),
        ("3*génial", "3*(génial/géniale/géniaux/géniales)"),
        ("ennuyeux", "(ennuyeux/ennuyeuse/ennuyeux/ennuyeuses)"),
        ("beau/belle", "(beau/belle/beaux/belles)"),
        ("banal/banale/banals", "(banal/banale/banals/banales)"),
        ("mal écrit", "(mal écrit/mal écrite/mal écrits/mal écrites)"),
        ("plein~ de charme", "(plein/pleine/pleins/pleines) de charme"),
        ("=sans intérêt", "sans intérêt"),
    ],
)
def test_adjectives_agree(adjective: str, forms: str) -> None:
    assert inflected(adjective) == forms


def test_the_sentences_kept_for_the_end_are_not_among_them() -> None:
    made = {words(text) for language in ("fr", "en") for text in generated(language, ROWS)}
    assert not [row["text"] for row in visitors() if row["use"] == "end" and words(row["text"]) in made]
