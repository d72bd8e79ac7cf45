"""How long a training will take and how much memory it needs, before it starts and without TensorFlow.

A step costs something in itself, something for each turn of the time loop (with its gates and its kernel, whose
gradient is added up turn by turn), and something for each token. The prices were fitted to measured steps of all
architectures, 5 sizes of batches and 4 of networks: nine in ten estimates within 25 % on the machine that measured
(`python -m tests.benchmarks.steps` measures yours).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from math import ceil

from core.config import RunSettings
from core.models import Layer
from core.models.base import Sizes
from core.tasks import task_of

# Tracing and compiling a network, once.
_START_SECONDS = 1.5
# Optimizers without `lazy_embedding` update every word at every step, and so does an average of the weights.
_DENSE_SECONDS_A_PARAMETER = 3e-9
_OVERHEAD = 1.15  # reporting, padding, checkpoints


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


TRAINING = Prices(700, 37, 25, 2.2e-3, 5.5e-3, 8.0e-3, 1.7e-5)
EVALUATION = Prices(400, 8.6, 4.4, 2.1e-4, 1.1e-3, 2.8e-3, 3.6e-6)


@dataclass(frozen=True)
class Estimate:
    """seconds: of all epochs, should early stopping not end them before. memory_megabytes: beyond a warm worker's own.

    parameters: numbers that the network learns.
    """

    seconds: float
    memory_megabytes: float
    parameters: int


def estimate(
    settings: RunSettings,
    rows: int,
    mean_tokens: float,
    vocabulary_size: int,
    classes: int,
    speed: float | None = None,
) -> Estimate:
    """What training on `rows` training texts of `mean_tokens` tokens (after the cut) will take.

    `speed` is this machine's relative to the one that measured the prices: seconds estimated by seconds taken of an
    earlier run; None counts as 1.
    """
    told = settings.training
    boxes = task_of(settings).layers(settings, Sizes(vocabulary_size, classes))
    parameters = sum(box.parameters for box in boxes)
    fixed = told.batching == "shuffled" or not settings.preparation.mask_padding
    length = settings.preparation.sequence_length if fixed else max(1, round(mean_tokens))
    steps = ceil(rows / told.batch_size)
    texts = rows / steps
    shares = settings.split
    held = shares.validation_share * (1 - shares.validation_learned)
    validation = rows * held / (1 - held - shares.test_share)
    judged = min(512.0, max(1.0, 32_768 // length), max(1.0, validation))
    lazy = told.lazy_embedding and told.optimizer in ("adam", "adamw")
    dense = (0 if lazy else parameters) + (parameters if told.average_weights else 0)
    dense_seconds = dense * _DENSE_SECONDS_A_PARAMETER
    epoch = steps * (_seconds(TRAINING, boxes, texts, length) + dense_seconds)
    epoch += validation / judged * _seconds(EVALUATION, boxes, judged, length)
    seconds = _START_SECONDS + _OVERHEAD * told.epochs * epoch
    megabytes = _megabytes(boxes, parameters, texts, length, rows, mean_tokens)
    return Estimate(seconds / (speed or 1.0), megabytes, parameters)


def work_of(boxes: list[Layer], texts: float, length: float) -> tuple[float, ...]:
    """How often each of the prices is paid in a step of `texts` texts, padded to `length` tokens."""
    embedding = next(box for box in boxes if box.name == "embedding")
    cells = [box for box in boxes if box.name.startswith("recurrent")]
    tokens = texts * length
    width = below = embedding.output_shape[-1] or 0
    inputs, columns, gates = width, 0, 0
    for box in cells:
        units = box.output_shape[-1] or 0
        if not box.beside:
            below, width = width, 0
        width += units
        inputs += below if box.name != "recurrent" else 0
        # A cell's weights: `columns` of them for each number that comes in, each number of the state, and a bias.
        own = round(box.parameters / (below + units + 1) / units)
        gates, columns = gates + own, columns + own * units
    weights = sum(box.parameters for box in cells)
    turns = len(cells) * length
    return 1, turns, length * gates, length * weights, tokens * inputs, tokens * columns, tokens * weights


def _seconds(prices: Prices, boxes: list[Layer], texts: float, length: float) -> float:
    work = work_of(boxes, texts, length)
    return sum(price * amount for price, amount in zip(astuple(prices), work, strict=True)) / 1e6


def _megabytes(
    boxes: list[Layer], parameters: int, texts: float, length: float, rows: int, mean_tokens: float
) -> float:
    _, _, _, _, inputs, states, _ = work_of(boxes, texts, length)
    # Weights, their gradients, two moments, the best weights and a checkpoint; what a step keeps for its gradients.
    numbers = 6 * parameters + 4 * inputs + 6 * states + rows * mean_tokens
    return numbers * 4 / 2**20
