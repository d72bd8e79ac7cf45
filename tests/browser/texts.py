"""Texts for the browser tests: one word decides the class, so that a small network learns them in seconds."""

from __future__ import annotations

FRUIT, TOOLS = ("apple", "pear", "plum"), ("hammer", "saw", "drill")
ADJECTIVES, PLACES = ("old", "green", "small", "clean", "dry"), ("on the table", "in the box")


def labelled(mark: str = "") -> list[tuple[str, str]]:
    """60 different texts of seven words with their labels; `mark` makes them different from another test's."""
    return [
        (label, f"My {adjective} {noun} lies {place}{mark}")
        for place in PLACES
        for adjective in ADJECTIVES
        for label, nouns in (("fruit", FRUIT), ("tool", TOOLS))
        for noun in nouns
    ]


def pasted(mark: str = "") -> str:
    """The same as somebody would paste them: label, tab, text."""
    return "\n".join(f"{label}\t{text}" for label, text in labelled(mark))
