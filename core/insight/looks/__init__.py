"""What can be asked of a trained network, whatever its task: `look_of` gives the look that belongs to it."""

from __future__ import annotations

from core.insight.looks.base import Given, Judged, Look
from core.insight.network import Network
from core.insight.trained import Trained

__all__ = ["Given", "Judged", "Look", "look_of"]


def look_of(network: Trained) -> Look:
    """The look at a classifier, at a tagger or at a network that writes."""
    # A visitor who looks at one task's network does not load the others'.
    if isinstance(network, Network):
        from core.insight.looks.texts import TextLook

        return TextLook(network)
    from core.tasks.tagging.tagger import Tagger

    if isinstance(network, Tagger):
        from core.insight.looks.words import WordLook

        return WordLook(network)
    from core.generation.writer import Writer
    from core.insight.looks.tokens import TokenLook

    assert isinstance(network, Writer)
    return TokenLook(network)
