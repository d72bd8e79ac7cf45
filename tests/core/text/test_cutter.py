"""Cut once for many settings: always what preparing from the beginning gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.text.cutter import Cutter
from core.text.encoder import TextEncoder
from core.text.prepare import prepare
from core.text.vocabulary import frequencies

TEXTS = st.lists(st.text("aAbBéÉ 'l🙂1-", max_size=12), min_size=2, max_size=8)
SETTINGS = st.fixed_dictionaries(
    {
        "cleaning": st.sampled_from([("lowercase",), (), ("accents", "lowercase"), ("emoji",)]),
        "minimum_count": st.integers(1, 3),
        "max_vocabulary": st.integers(10, 12),
    }
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.lists(SETTINGS, min_size=1, max_size=4), st.sampled_from(["words", "characters"]))
def test_one_setting_after_the_other_gives_what_each_gives_alone(
    texts: list[str], tried: list[dict[str, Any]], tokens: str
) -> None:
    cutter = Cutter(texts, tokens)
    places = {"train": np.arange(len(texts) // 2), "test": np.arange(len(texts) // 2, len(texts))}
    for values in tried:
        preparation = Preparation.model_validate({"tokens": tokens, **values})
        alone = TextEncoder.fit([texts[place] for place in places["train"]], preparation)
        encoder, wholes = cutter.encoded(preparation, places)
        assert encoder.to_json() == alone.to_json()
        assert encoder.preparation == preparation
        for name, here in places.items():
            expected = alone.encode_whole([texts[place] for place in here])
            assert wholes[name].ids.tolist() == expected.ids.tolist()
            assert wholes[name].offsets.tolist() == expected.offsets.tolist()
        found = cutter.frequencies(preparation, places["train"])
        known = frequencies([texts[place] for place in places["train"]], alone)
        assert found is not None
        assert (found.tokens, found.counts.tolist()) == (known.tokens, known.counts.tolist())


@pytest.mark.parametrize("tokens", ["words", "bpe"])
def test_a_data_set_is_prepared_the_same(tokens: str) -> None:
    texts = [f"Mot{row} est {'bon' if row % 2 else 'mauvais et long'}" for row in range(40)]
    data = Dataset.build(texts, ["oui" if row % 2 else "non" for row in range(40)], "test", "test")
    cutter = Cutter(data.texts, tokens)
    for length, seed in ((3, 0), (2, 0), (2, 1)):
        preparation = Preparation.model_validate({"tokens": tokens, "sequence_length": length, "minimum_count": 1})
        alone = prepare(data, preparation, Split(split_seed=seed))
        quick = prepare(data, preparation, Split(split_seed=seed), cutter)
        assert quick.encoder.to_json() == alone.encoder.to_json()
        assert quick.encoder.preparation.sequence_length == length
        for name, part in alone.parts.items():
            assert quick.parts[name].sequences.ids.tolist() == part.sequences.ids.tolist()
            assert quick.parts[name].token_counts.tolist() == part.token_counts.tolist()


def test_pieces_are_learned_once_for_all_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    fits: list[Preparation] = []
    fit = TextEncoder.fit

    def noted(texts: list[str], preparation: Preparation) -> TextEncoder:
        fits.append(preparation)
        return fit(texts, preparation)

    monkeypatch.setattr(TextEncoder, "fit", noted)
    cutter, places = Cutter(["bon film", "bon jeu"], "bpe"), {"train": np.array([0, 1])}
    for values in ({}, {"sequence_length": 3}, {"padding": "left"}, {"minimum_count": 3}):
        cutter.encoded(Preparation.model_validate({"tokens": "bpe", **values}), places)
    assert [each.minimum_count for each in fits] == [Preparation().minimum_count, 3]
