"""What the recipes of taggers have of their own."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

Values = Mapping[str, Any]

# One fixed default for all tags. Measured on parts of speech (UD French Sequoia) and names (WikiNEuRal, French).
_RECOMMENDED: Values = {
    "bidirectional": True,
    "word_dropout": 0.2,
    "word_dropout_length": 1,
    "schedule": "linear",
    "validation_learned": 0.0,
    "early_stopping": False,
    "batch_size": 16,
    "epochs": 12,
}
_BY_RECIPE: dict[str, Values] = {
    "recommended": _RECOMMENDED,
    "fast": {"bidirectional": True, "letter_filters": 32, "batch_size": 16, "epochs": 4, "schedule": "cosine"},
    # As tutorials have it: words alone, read once, from the first to the last.
    "tutorial": {"reads": "words", "batching": "by_length", "epochs": 5},
}


def values(recipe: str, texts: int | None) -> Values:
    """By the recipe's name and the number of usable sentences, if it is known."""
    own = _BY_RECIPE.get(recipe, _RECOMMENDED)
    return {**own, **_enough_steps(texts)} if texts and recipe == "recommended" else own


def _enough_steps(learned: int) -> Values:
    """Few sentences lack steps, many need few epochs: 1,600 steps, in 8 to 100 epochs.

    >>> _enough_steps(2_173), _enough_steps(9_900)
    ({'batch_size': 16, 'epochs': 12}, {'batch_size': 32, 'epochs': 8})
    """
    batch_size = 16 if learned <= 5_000 else 32
    return {"batch_size": batch_size, "epochs": min(100, max(8, ceil(1_600 / ceil(learned / batch_size))))}
