"""What a step of a network consists of, and what each part of it costs.

A step costs something in itself, something for each turn of a time loop (with its gates and its kernel, whose gradient
is added up turn by turn), something for each token, something for each layer that treats all tokens at once, and
something for each pair of words that look at each other.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

from core.models import Layer

# Layers that only look up rows: a step touches the rows of its tokens, however many there are.
_LOOKUPS = ("embedding", "ngrams", "words", "positions")
_ONLY_LOOKED_UP = ("ids", "embedding", "words")
# A direction that reads from the end is told by a mask where the text begins, at every turn.
_MASK = 1.2


@dataclass(frozen=True)
class Prices:
    """Microseconds for each unit of `work_of`."""

    step: float
    turn: float
    turn_gate: float
    turn_weight: float
    token_input: float
    token_state: float
    token_weight: float
    layer: float
    token_column: float
    token_product: float
    pair: float
    pair_product: float


TRAINING = Prices(1_300, 56, 5.2, 7.0e-4, 1.4e-2, 2.9e-3, 3.5e-5, 370, 1.8e-3, 6.4e-5, 1.3e-2, 1.3e-4)
EVALUATION = Prices(850, 25, 0, 1.7e-4, 1.8e-3, 1.5e-3, 1.0e-5, 130, 0, 1.9e-5, 3.8e-3, 1.1e-5)


def work_of(boxes: list[Layer], texts: float, length: float) -> tuple[float, ...]:
    """How often each of the prices is paid in a step of `texts` texts, padded to `length` tokens."""
    turns, gates, kernel, inputs, columns, weights = _recurrent(boxes)
    lookups = [box for box in boxes if box.name in _LOOKUPS]
    inputs += sum((box.output_shape[-1] or 0) * box.looks for box in lookups)
    others = [box for box in per_token(boxes) if not box.name.startswith(("recurrent", *_ONLY_LOOKED_UP))]
    tokens = texts * length
    return (
        1,
        turns * length,
        gates * length,
        kernel * length,
        tokens * inputs,
        tokens * columns,
        tokens * weights,
        len(others),
        tokens * sum((box.output_shape[-1] or 0) * box.looks for box in others),
        tokens * sum(box.parameters * box.looks for box in others if box not in lookups),
        tokens * length * sum(box.pairs for box in others),
        # Of queries, keys and values, two thirds are multiplied with those of every other word.
        tokens * length * sum((box.output_shape[-1] or 0) * 2 / 3 for box in others if box.pairs),
    )


def seconds_of(prices: Prices, boxes: list[Layer], texts: float, length: float) -> float:
    """How long a step takes."""
    work = work_of(boxes, texts, length)
    return sum(price * amount for price, amount in zip(astuple(prices), work, strict=True)) / 1e6


def numbers_kept(boxes: list[Layer], texts: float, length: float) -> float:
    """How many numbers a training step keeps until it has worked out its gradients, roughly."""
    _, _, _, _, inputs, states, _, _, columns, _, pairs, _ = work_of(boxes, texts, length)
    return 4 * inputs + 6 * states + 4 * columns + 4 * pairs


def per_token(boxes: list[Layer]) -> list[Layer]:
    """The layers that give something for each token."""
    return [box for box in boxes if len(box.output_shape) == 3]


def _recurrent(boxes: list[Layer]) -> tuple[float, float, float, float, float, float]:
    """Of all recurrent layers: turns a token, gates and weights a turn, and inputs, columns and weights a token."""
    below = width = next((box.output_shape[-1] or 0 for box in boxes if box.name == "embedding"), 0)
    turns, gates, kernel, inputs, columns, weights = 0.0, 0.0, 0.0, 0, 0, 0
    for box in boxes:
        if not box.name.startswith("recurrent"):
            continue
        units = box.output_shape[-1] or 0
        if not box.beside:
            below, width = width, 0
        width += units
        inputs += below if box.name != "recurrent" else 0
        # A cell's weights: `own` columns of `units` for each number that comes in, each of the state, and a bias.
        own = round(box.parameters / (below + units + 1) / units)
        mask = _MASK if box.beside else 1
        turns, gates, kernel = turns + mask, gates + mask * own, kernel + mask * box.parameters
        columns, weights = columns + own * units, weights + box.parameters
    return turns, gates, kernel, inputs, columns, weights
