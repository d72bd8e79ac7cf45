"""The cleaning: a list of steps, in the user's order, each a normalizer that is stored in the tokenizer's own file.

Because a step is a normalizer of the `tokenizers` library, an exported model cleans exactly as the app does, and
every token knows which characters of the raw text it came from (core/text/places.py).

>>> normalizer(("lowercase", "accents")).normalize_str("Déjà VU")
'deja vu'
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tokenizers import normalizers
from tokenizers.normalizers import Normalizer

from core.text.cleaning.notation import Chosen, known_steps, with_step
from core.text.cleaning.registry import STEPS
from core.text.cleaning.step import Step

__all__ = ["DEFAULT_STEPS", "STEPS", "Chosen", "Step", "known_steps", "normalizer", "step_choices", "with_step"]

DEFAULT_STEPS: tuple[str, ...] = ("unicode", "html", "urls", "lowercase", "spaces")


def step_choices() -> dict[str, str]:
    """The title of every step by its name, in the usual order."""
    return {name: step.title for name, step in STEPS.items()}


def normalizer(steps: Sequence[str]) -> Normalizer:
    """The steps that are on as one normalizer; with none, texts stay as they are."""
    chosen = [Chosen.read(text) for text in known_steps(list(steps))]
    return normalizers.Sequence([_built(each.name, each.option) for each in chosen if each.on])


@lru_cache(maxsize=200)
def _built(name: str, option: str) -> Normalizer:
    return STEPS[name].build(option)
