"""A network operated on: units silenced, gates held, and everything before a word forgotten.

Every operation is a change of weights: the result is a network like any other, which reads, answers and shows its
states, and which Keras would answer alike. The untouched network stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.evaluation.comparison import sign_test
from core.insight.network import Network, Trace
from core.insight.trained import Trained
from core.models.base import Weights
from core.models.recurrent import Recurrent
from core.models.stack import Place, RecurrentSettings, places
from core.text.sequences import Sequences

if TYPE_CHECKING:
    from core.insight.looks.base import Judged

MOST_TEXTS = 1_000
# The sigmoid of this is 0 or 1 in every digit.
_FAR = 100.0
GATES = ("input", "forget", "output", "update", "reset")


@dataclass(frozen=True)
class Silenced:
    """Units (from 0) of one of the trace's places whose state is always zero."""

    place: str
    units: tuple[int, ...]


@dataclass(frozen=True)
class Held:
    """A gate, one of GATES, that stays shut (0) or open (1) at every word; of all units, or of some."""

    place: str
    gate: str
    value: int
    units: tuple[int, ...] | None = None


Operation = Silenced | Held


def can_be_operated(network: Trained) -> bool:
    """Only a network with a memory that goes from word to word."""
    return isinstance(network.architecture, Recurrent)


def operated(network: Network, operations: Sequence[Operation]) -> Network:
    """The network after all of these; numbers that nothing changes are shared with the untouched one."""
    return replace(network, weights=changed_weights(network, operations))


def changed_weights(network: Trained, operations: Sequence[Operation]) -> Weights:
    """All weights of a recurrent network, whatever its task, after these operations."""
    weights = dict(network.weights)
    for operation in operations:
        place = _place(network, operation.place)
        if isinstance(operation, Held):
            _hold(network, weights, place, operation.gate, operation.value, operation.units)
        elif "output" in _columns(network):
            _hold(network, weights, place, "output", 0, operation.units)  # an LSTM shows nothing of the cell
        else:
            # A candidate of zero beside a state that began at zero: it never leaves it.
            _set(weights, place, _columns(network)[-1:], _columns(network), operation.units, 0.0)
    return weights


def forgetful(network: Network, text: str, before: int) -> Trace:
    """The text read by a network that forgets all it knows before the token `before` (from 0, of those that are read).

    Its states and verdicts from there on are those of a text that begins there; what was before stays as it was.
    """
    whole = network.trace(text)
    tokens = [token for token in network.encoder.tokens(text) if token.seen]
    if not 0 < before < len(tokens):
        return whole
    rest = network.trace_of(tokens[before:])

    joined = whole.followed(rest, before)
    if whole.attention is not None and rest.attention is not None:
        joined["attention"] = np.concatenate([np.zeros_like(whole.attention[:before]), rest.attention])
    return replace(whole, probabilities=rest.probabilities, **joined)  # type: ignore[arg-type]


def forgotten(sequences: Sequences, before: int) -> Sequences:
    """The same texts without what is before the token `before`; those that are not as long stay whole."""
    rows = [sequences.row(place) for place in range(len(sequences))]
    return Sequences.from_lists([(row[before:] if before < len(row) else row).tolist() for row in rows])


def _columns(network: Trained) -> tuple[str, ...]:
    item = network.architecture
    assert isinstance(item, Recurrent)
    return item.columns


def _place(network: Trained, prefix: str) -> Place:
    settings = network.settings.network
    assert isinstance(settings, RecurrentSettings)
    return next(place for layer in places(settings) for place in layer if place.prefix == prefix)


def _hold(
    network: Trained, weights: Weights, place: Place, gate: str, value: int, units: tuple[int, ...] | None
) -> None:
    _set(weights, place, (gate,), _columns(network), units, _FAR if value else -_FAR)


def _set(
    weights: Weights, place: Place, wanted: Sequence[str], columns: Sequence[str], units: tuple[int, ...] | None,
    bias: float,
) -> None:  # fmt: skip
    """Cut some columns off from the word and the state, so that only a bias is left to them."""
    chosen = np.arange(place.units) if units is None else np.array(units, np.int64)
    cut = np.concatenate([columns.index(name) * place.units + chosen for name in wanted])
    for name, value in (("kernel", 0.0), ("recurrent_kernel", 0.0), ("bias", bias)):
        changed = weights[f"{place.layer}/{name}"].copy()
        if changed.ndim == 1:
            changed[cut] = value
        elif name == "bias":
            changed[:, cut] = [[value], [0.0]]  # a GRU's has two rows, which are added up
        else:
            changed[:, cut] = value
        weights[f"{place.layer}/{name}"] = changed


@dataclass(frozen=True)
class Effect:
    """On judged texts: how many there were, the scores untouched and operated (core.insight.looks.Judged), the share of
    answers that changed, and the p value of an exact sign test over texts: how easily chance alone would make such a
    difference.
    """

    texts: int
    untouched: float
    operated: float
    changed: float
    p_value: float


def effect(before: Judged, after: Judged) -> Effect:
    """What an operation changed, from what the network answered to the same texts before and after it."""
    moved = after.good - before.good
    # A sum of logarithms is never the same to the last digit.
    worse, better = (int((sign * moved > 1e-6).sum()) for sign in (-1, 1))
    changed = float((before.answers != after.answers).mean()) if len(before.answers) else 0.0
    return Effect(len(before.of), before.score, after.score, changed, sign_test(worse, better))
