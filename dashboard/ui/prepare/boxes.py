"""Tokens as coloured boxes, in colours that the theme has for light and dark."""

from __future__ import annotations

from collections.abc import Sequence

from core.text.encoder import TextEncoder, Token
from core.text.tokens import CONTINUED, cutting
from dashboard.ui import problems
from dashboard.ui.i18n import ngettext

_LONGEST = 24  # characters of one token
SPACES = {" ": "␣", "\n": "⏎", "\t": "⇥", "\xa0": "⍽"}  # as they can be seen


def box(text: str, color: str, struck: bool = False) -> str:
    """One box as Markdown. `color` is one of Streamlit's."""
    seen = SPACES.get(text, text.strip()) or "␣"
    inside = problems.plain(seen if len(seen) <= _LONGEST else f"{seen[: _LONGEST - 1]}…")
    return f":{color}-background[{f'~~{inside}~~' if struck else inside}]"


def of_tokens(tokens: Sequence[Token], encoder: TextEncoder) -> list[str]:
    """Blue with a vector, orange without, struck out where the length cuts it away; ## continues a word."""
    learned = cutting(encoder.preparation.tokens).learned
    found = []
    for token in tokens:
        continued = learned and encoder.vocabulary[token.id].startswith(CONTINUED)
        text = f"{CONTINUED}{token.text}" if continued else token.text
        color = ("blue" if token.known else "orange") if token.seen else "red"
        found.append(box(text, color, struck=not token.seen))
    return found


def row(boxes: Sequence[str], first: int, last: int) -> str:
    """Boxes beside each other; of many, the `first` and the `last`, and how many are between."""
    hidden = len(boxes) - first - last
    if hidden <= 1:
        return " ".join(boxes)
    between = ngettext("… {count} more …", "… {count} more …", hidden)
    return " ".join([*boxes[:first], f":gray[{between}]", *boxes[len(boxes) - last :]])
