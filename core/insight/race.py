"""The same sentence as several networks read it, word by word beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.insight.network import Network, Trace
from core.insight.turns import turns
from core.models.base import Array


@dataclass(frozen=True)
class Lane:
    """verdicts: (words, classes) the answer after each of the shared words, NaN before the first that this network
    reads; classes in the shared order. turned: (word, class) where the answer became another.
    """

    verdicts: Array
    turned: list[tuple[int, int]]

    @property
    def answer(self) -> int:
        """The class that it answers in the end."""
        return int(self.verdicts[-1].argmax())


def lanes(networks: Sequence[Network], text: str) -> tuple[list[str], list[Lane]]:
    """The words of the sentence, as the first network cuts it, and a lane for each; all have the first one's classes.

    Networks may cut texts in other places: after a word, each has read the tokens that end there or before.
    """
    traces = [network.trace(text) for network in networks]
    first = [token for token in traces[0].tokens if token.seen]
    ends = [token.end for token in first]
    names = networks[0].class_names
    found = []
    for network, trace in zip(networks, traces, strict=True):
        order = [network.class_names.index(name) for name in names]
        verdicts = _after(trace, ends)[:, order]
        begin = int(np.isnan(verdicts[:, 0]).sum())
        found.append(Lane(verdicts, [(begin + step, answer) for step, answer in turns(verdicts[begin:])]))
    return [token.text for token in first], found


def _after(trace: Trace, ends: Sequence[int]) -> Array:
    """(words, classes) what a trace answers after each place in the text; the last one is its answer to it all."""
    read = np.searchsorted([token.end for token in trace.tokens if token.seen], ends, side="right")
    known = trace.verdicts[np.maximum(read - 1, 0)]
    known = np.where((read > 0)[:, None], known, np.nan).astype(np.float32)
    known[-1] = trace.probabilities
    return known
