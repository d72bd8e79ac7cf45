"""What a list of steps does to texts, step by step, to be shown."""

from __future__ import annotations

from collections.abc import Sequence

from core.text.cleaning import normalizer


def stages(steps: Sequence[str], text: str) -> list[str]:
    """The text after each step; a step that is off leaves it as it is.

    >>> stages(["lowercase", "-spaces", "numbers"], "Le 14")
    ['le 14', 'le 14', 'le 0']
    """
    found = []
    for step in steps:
        text = normalizer([step]).normalize_str(text)
        found.append(text)
    return found


def changed(steps: Sequence[str], texts: Sequence[str]) -> list[int]:
    """How many of the texts each step changes, after those before it."""
    counts, now = [], list(texts)
    for step in steps:
        clean = normalizer([step]).normalize_str
        after = [clean(text) for text in now]
        counts.append(sum(a != b for a, b in zip(now, after, strict=True)))
        now = after
    return counts
