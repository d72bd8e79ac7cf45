"""What every way of cutting must do: one sweep over the registry."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.config import Preparation
from core.text.cleaning import STEPS
from core.text.encoder import TextEncoder
from core.text.tokens import cutting, cutting_choices, cuttings

TEXTS = ["Un film très bon, vraiment.", "Un film mauvais !", "Très très bon, peut-être l'été"] * 3
ANY_TEXT = st.text(st.characters()) | st.text(
    st.sampled_from("aéB\u0301 <>&;\u200b👍🏽🇫中ก\u0e34'’-#.,(0\x00\ud800\n▁")
)
KIND = st.sampled_from(list(cuttings()))
EVERY = pytest.mark.parametrize("kind", cuttings())


def fitted(texts: list[str], kind: str, **values: Any) -> TextEncoder:
    return TextEncoder.fit(texts, Preparation.model_validate({"tokens": kind, "minimum_count": 1, **values}))


def test_the_setting_offers_every_way() -> None:
    annotation = Preparation.model_fields["tokens"].annotation
    assert list(get_args(annotation)) == list(cuttings()) == list(cutting_choices())


@given(ANY_TEXT, KIND, st.sets(st.sampled_from(list(STEPS))), st.booleans())
@example("\u0301", "bpe", set(STEPS), True)
@example("www.x é", "characters", set(STEPS), True)
def test_tokens_of_any_text_are_pieces_of_it_in_order(text: str, kind: str, steps: set[str], seen: bool) -> None:
    encoder = fitted([text if seen else "other texts"], kind, cleaning=tuple(steps))
    tokens = encoder.tokens(text)
    assert all(0 <= token.start <= token.end <= len(text) for token in tokens)
    assert all(token.text == text[token.start : token.end] for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert all(token.text for token in tokens) or not text
    assert [token.id for token in tokens if token.seen] == encoder.encode([text]).row(0).tolist()


@given(ANY_TEXT, KIND)
def test_without_cleaning_a_token_is_exactly_its_place_in_the_text(text: str, kind: str) -> None:
    encoder = fitted([text], kind, cleaning=(), sequence_length=5_000)
    storable = "".join("?" if "\ud800" <= character <= "\udfff" else character for character in text)
    for token in encoder.tokens(text):
        if token.known:
            piece = encoder.vocabulary[token.id]
            inside = cutting(kind).learned and piece.startswith("##")
            assert storable[token.start : token.end] == (piece.removeprefix("##") if inside else piece)


@given(ANY_TEXT, KIND)
@example("l'été l' été x's x 's 中 ー ー", "words")
def test_decoding_gives_a_text_of_the_same_tokens(text: str, kind: str) -> None:
    # What cannot be seen is no token, and could stand between a letter and its accent.
    text = "".join(letter for letter in text if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf"))
    encoder = fitted([text, text.swapcase()], kind, cleaning=(), sequence_length=5_000)
    ids = encoder.encode_whole([text]).row(0)
    if 1 not in ids:
        assert encoder.encode_whole([encoder.decode(ids)]).row(0).tolist() == ids.tolist()


@EVERY
def test_decoding_is_readable(kind: str) -> None:
    encoder = fitted(TEXTS, kind, sequence_length=60, padding="left")
    assert encoder.decode(encoder.steps("Peut-être l'été, vraiment.").padded) == "peut-être l'été, vraiment."


@EVERY
def test_ids_go_from_frequent_to_rare(kind: str) -> None:
    encoder = fitted(TEXTS, kind)
    counts = np.bincount(encoder.encode(TEXTS).ids, minlength=encoder.vocabulary_size)[2:]
    assert (np.diff(counts) <= 0).all()
    assert encoder.vocabulary[:2] == ["[PAD]", "[UNK]"]


@EVERY
@pytest.mark.parametrize("size", [2, 5, 12])
def test_the_vocabulary_is_no_larger_than_asked(kind: str, size: int) -> None:
    assert 0 < fitted(TEXTS, kind, max_vocabulary=size).vocabulary_size - 2 <= size


@EVERY
def test_json_brings_back_the_same_tokens(kind: str) -> None:
    encoder = fitted(TEXTS, kind)
    again = TextEncoder.from_json(encoder.to_json(), encoder.preparation)
    assert again.to_json() == encoder.to_json()
    assert again.tokens("Très bon &amp; nouveau 👍") == encoder.tokens("Très bon &amp; nouveau 👍")


@EVERY
def test_a_very_long_word_and_special_tokens(kind: str) -> None:
    encoder = fitted(TEXTS, kind)
    assert (encoder.encode(["a" * 200_000, "bon " * 20_000]).lengths <= 256).all()
    assert 0 not in encoder.encode(["[PAD] film ##bon [UNK]"]).ids


def test_learned_pieces_leave_nothing_unknown_that_is_spelled_with_known_letters() -> None:
    texts = ["inoubliable", "oublier", "oubli", "faisable", "agréable"] * 4
    for kind in ("bpe", "wordpiece"):
        encoder = fitted(texts, kind, max_vocabulary=60)
        tokens = encoder.tokens("oubliable")
        assert len(tokens) > 1
        assert all(token.known for token in tokens)
        assert "".join(token.text for token in tokens) == "oubliable"
        assert not encoder.tokens("oubli字")[-1].known


def test_every_process_learns_the_same_pieces(tmp_path: Path) -> None:
    """The library's hash tables are seeded anew in each process."""
    program = (
        "from core.config import Preparation\nfrom core.text.encoder import TextEncoder\n"
        f"texts = {TEXTS!r}\n"
        "for kind in ('bpe', 'wordpiece'):\n"
        "    print(TextEncoder.fit(texts, Preparation(tokens=kind, minimum_count=1)).to_json())\n"
    )
    run = [sys.executable, "-c", program]
    found = [subprocess.run(run, capture_output=True, check=True, cwd=Path(__file__).parents[4]).stdout for _ in "12"]
    assert found[0] == found[1]
