"""Words to readable texts: spaces as the training texts have them."""

from __future__ import annotations

import pytest

from core.config import Preparation
from core.generation.spacing import Spacing
from core.text.encoder import TextEncoder
from core.text.tokens import cutting

FRENCH = [
    "Quoi ? Oui, toi !",
    "L'ami dit : « Va, l'arbre (jeune) plie ; tu vois. »",
    'Il dit : "Aujourd\'hui, non !" puis "oui".',
]
ENGLISH = ["What? Yes, you!", 'He said: "Don\'t go; stay (now)." Then: "go".']


@pytest.mark.parametrize("texts", [FRENCH, ENGLISH])
@pytest.mark.parametrize("tokens", ["words", "bpe", "characters"])
def test_texts_come_back_as_they_were(texts: list[str], tokens: str) -> None:
    preparation = Preparation(tokens=tokens, cleaning=(), minimum_count=1)
    encoder, spacing = TextEncoder.fit(texts, preparation), Spacing.learned(texts)
    for text in texts:
        pieces = [encoder.vocabulary[token.id] for token in encoder.tokens(text)]
        assert cutting(tokens).joined(pieces, spacing.joined) == text


def test_what_was_never_seen_is_written_as_usual() -> None:
    assert Spacing().joined(["l'", "été", ",", "(", "enfin", ")"]) == "l'été, (enfin)"


def test_it_survives_json() -> None:
    spacing = Spacing.learned(FRENCH)
    assert Spacing.from_json(spacing.as_json()) == spacing
