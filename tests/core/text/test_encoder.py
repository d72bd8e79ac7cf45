"""Tokens lead back to what was typed, the vocabulary comes from the given texts only, and nothing breaks encoding."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.config import Preparation
from core.text.cleaning import STEPS
from core.text.encoder import TextEncoder, Token

TEXTS = ["Un film très bon, vraiment.", "Un film mauvais !", "Très très bon"]
ANY_CHARACTER = st.characters()  # lone surrogates included
ANY_TEXT = st.text(ANY_CHARACTER) | st.text(st.sampled_from("aé\u0301 <>&;\u200b👍🏽🇫中ก\u0e34'.0\x00\ud800\n"))


def typed(encoder: TextEncoder, text: str) -> list[str]:
    return [token.text for token in encoder.tokens(text)]


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return TextEncoder.fit(TEXTS, Preparation(minimum_count=1))


def test_vocabulary_goes_from_frequent_to_rare_with_ties_in_alphabetical_order(encoder: TextEncoder) -> None:
    words = ["[PAD]", "[UNK]", "très", "bon", "film", "un", "!", ",", ".", "mauvais", "vraiment"]
    assert encoder.vocabulary == words
    assert encoder.vocabulary_size == len(words)


def test_vocabulary_keeps_the_most_frequent_words() -> None:
    assert TextEncoder.fit(TEXTS, Preparation(max_vocabulary=2, minimum_count=1)).vocabulary[2:] == ["très", "bon"]
    assert TextEncoder.fit(TEXTS, Preparation(minimum_count=3)).vocabulary[2:] == ["très"]


def test_no_frequent_word_leaves_the_two_special_tokens() -> None:
    encoder = TextEncoder.fit(["a b", "c d"], Preparation(minimum_count=2))
    assert encoder.vocabulary == ["[PAD]", "[UNK]"]
    assert encoder.encode(["a b"]).row(0).tolist() == [1, 1]


def test_tokens_are_as_typed_and_marked_when_unknown(encoder: TextEncoder) -> None:
    assert encoder.tokens("Un jeu TRÈS bon") == [
        Token("Un", 0, 2, 5, known=True),
        Token("jeu", 3, 6, 1, known=False),
        Token("TRÈS", 7, 11, 2, known=True),
        Token("bon", 12, 15, 3, known=True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’été, c'est bon !", ["L’", "été", ",", "c'", "est", "bon", "!"]),
        ("我喜欢 this电影。", ["我", "喜", "欢", "this", "电", "影", "。"]),
        ("หนังดีมาก", ["ห", "นั", "ง", "ดี", "ม", "า", "ก"]),
        ("とても良い", ["と", "て", "も", "良", "い"]),
        ("فيلم جميل جدا", ["فيلم", "جميل", "جدا"]),
        ("हिन्दी फिल्म", ["हिन्दी", "फिल्म"]),
        ("mau\u200bvais\u200b \ufeffbon", ["mau\u200bvais", "bon"]),
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("👍🏽🇫🇷🇨🇦❤️", ["👍", "🏽", "🇫🇷", "🇨🇦", "❤"]),
        ("<b>bon</b> &amp; beau http://x.y/é?z=1 !", ["bon", "&amp;", "beau", "http://x.y/é?z=1", "!"]),
        ("[PAD] [UNK]", ["[", "PAD", "]", "[", "UNK", "]"]),
    ],
)
def test_words_of_many_scripts(encoder: TextEncoder, text: str, expected: list[str]) -> None:
    assert typed(encoder, text) == expected


def test_what_is_merged_into_one_token_is_shown_whole() -> None:
    encoder = TextEncoder.fit(["x"], Preparation(cleaning=tuple(STEPS), minimum_count=1))
    assert typed(encoder, "1.234,5 sooooo") == ["1.234,5", "sooooo"]


def test_special_tokens_in_a_text_are_words_like_others(encoder: TextEncoder) -> None:
    assert 0 not in encoder.encode(["[PAD] film [PAD]"]).ids


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\x00\x07", "<br>", "\n"])
def test_a_text_without_tokens_is_one_unknown_token(encoder: TextEncoder, text: str) -> None:
    assert encoder.encode([text]).row(0).tolist() == [1]
    assert encoder.tokens(text) == [Token(text, 0, len(text), 1, known=False)]


def test_what_the_length_cuts_away_is_not_seen() -> None:
    settings = {"end": [True, True, False, False], "start": [False, False, True, True]}
    for truncation, seen in (settings | {"middle": [True, False, False, True]}).items():
        encoder = TextEncoder.fit(TEXTS, Preparation(sequence_length=2, truncation=truncation, minimum_count=1))
        tokens = encoder.tokens("Un film très bon")
        assert [token.seen for token in tokens] == seen
        assert encoder.encode(["Un film très bon"]).row(0).tolist() == [token.id for token in tokens if token.seen]
        assert encoder.encode_whole(["Un film très bon"]).lengths.tolist() == [4]


def test_a_sequence_length_of_one() -> None:
    encoder = TextEncoder.fit(TEXTS, Preparation(sequence_length=1, truncation="middle"))
    assert encoder.encode(["Un film", ""]).lengths.tolist() == [1, 1]
    assert encoder.steps("Un film").padded.shape == (1,)


def test_steps_show_a_text_on_its_way() -> None:
    encoder = TextEncoder.fit(TEXTS, Preparation(sequence_length=5, padding="left", minimum_count=1))
    steps = encoder.steps("<p>Un  jeu</p> BON")
    assert steps.raw == "<p>Un  jeu</p> BON"
    assert steps.cleaned == "un jeu bon"
    assert [token.text for token in steps.tokens] == ["Un", "jeu", "BON"]
    assert steps.ids == [5, 1, 3]
    assert steps.padded.tolist() == [0, 0, 5, 1, 3]


def test_json_brings_back_the_same_encoder(encoder: TextEncoder) -> None:
    again = TextEncoder.from_json(encoder.to_json(), encoder.preparation)
    assert again.vocabulary == encoder.vocabulary
    assert again.tokens("Très bon &amp; nouveau") == encoder.tokens("Très bon &amp; nouveau")
    assert again.to_json() == encoder.to_json()


def test_fitting_twice_gives_the_same_file(encoder: TextEncoder) -> None:
    assert TextEncoder.fit(TEXTS, encoder.preparation).to_json() == encoder.to_json()


def test_a_word_of_a_megabyte(encoder: TextEncoder) -> None:
    assert encoder.encode(["a" * 1_000_000, "bon " * 250_000]).lengths.tolist() == [1, 256]


@given(ANY_TEXT, st.sets(st.sampled_from(list(STEPS))))
@example("\u0301", set(STEPS))
def test_tokens_of_any_text_are_pieces_of_it_in_order(text: str, steps: set[str]) -> None:
    encoder = TextEncoder.fit([text], Preparation(cleaning=tuple(steps), minimum_count=1))
    tokens = encoder.tokens(text)
    assert all(0 <= token.start <= token.end <= len(text) for token in tokens)
    assert all(token.text == text[token.start : token.end] for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert [token.id for token in tokens if token.seen] == encoder.encode([text]).row(0).tolist()


@given(ANY_TEXT)
def test_without_cleaning_a_token_is_exactly_its_place_in_the_text(text: str) -> None:
    encoder = TextEncoder.fit([text], Preparation(cleaning=(), minimum_count=1))
    known = [token for token in encoder.tokens(text) if token.known]
    # A half of a character cannot be stored: a question mark stands for it.
    storable = "".join("?" if "\ud800" <= character <= "\udfff" else character for character in text)
    assert [encoder.vocabulary[token.id] for token in known] == [storable[token.start : token.end] for token in known]


@given(st.lists(ANY_TEXT))
def test_any_texts_are_encoded_and_never_empty(texts: list[str]) -> None:
    sequences = TextEncoder.fit(texts[::2], Preparation(sequence_length=3)).encode(texts)
    assert len(sequences) == len(texts)
    assert all(1 <= length <= 3 for length in sequences.lengths)
    assert not (sequences.ids == 0).any()
