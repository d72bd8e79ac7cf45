"""How long a training will take and how much memory it needs, before it starts and without TensorFlow.

The prices of core/training/work.py were fitted to the processor time of 200 measured steps: classifiers of all
architectures and two taggers, 5 sizes of batches and 4 of networks. Of the estimates, 82 % are within 25 % of what was
measured, 93 % within 40 % (`python -m tests.benchmarks.steps` measures yours).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from core.config import RunSettings
from core.models.base import Sizes
from core.spill import IN_MEMORY
from core.tasks import task_of
from core.training.work import EVALUATION, TRAINING, numbers_kept, seconds_of

# Tracing and compiling a network, once.
_START_SECONDS = 1.5
# Optimizers without `lazy_embedding` update every word at every step, and so does an average of the weights.
_DENSE_SECONDS_A_PARAMETER = 3e-9
_OVERHEAD = 1.15  # reporting, padding, checkpoints
# Weights and their two moments, their gradients, the best weights, and all but the gradients in a checkpoint.
_COPIES = 8
_GRAPH_MEGABYTES = 60  # of the traced and compiled steps
# Of a text, beside its words: where it stands, its label, its length, its places in the orders of two epochs.
_BYTES_A_TEXT = 200
# As in core/training/batches.py.
_JUDGED_TOKENS = 32_768


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
    longest: int | None = None,
    letters: int = 0,
) -> Estimate:
    """What training on `rows` training texts of `mean_tokens` tokens (after the cut) will take.

    `longest` is the length in tokens of the longest text after the cut, which decides on the memory; None: a guess.
    `letters`: how many different ones a tagger tells apart.
    `speed` is this machine's relative to the one that measured the prices: seconds estimated by seconds taken of an
    earlier run; None counts as 1.
    """
    told = settings.training
    boxes = task_of(settings).layers(settings, Sizes(vocabulary_size, classes, letters))
    parameters = sum(box.parameters for box in boxes)
    fixed = told.batching == "shuffled" or not settings.preparation.mask_padding
    length = settings.preparation.sequence_length if fixed else max(1, round(mean_tokens))
    steps = ceil(rows / told.batch_size)
    texts = rows / steps
    shares = settings.split
    held = shares.validation_share * (1 - shares.validation_learned)
    validation = rows / shares.learned_share * held / (1 - held - shares.test_share)
    judged = min(512.0, max(1.0, _JUDGED_TOKENS // length), max(1.0, validation))
    lazy = told.lazy_embedding and told.optimizer in ("adam", "adamw")
    dense = (0 if lazy else parameters) + (parameters if told.average_weights else 0)
    dense_seconds = dense * _DENSE_SECONDS_A_PARAMETER
    epoch = steps * (seconds_of(TRAINING, boxes, texts, length) + dense_seconds)
    epoch += validation / judged * seconds_of(EVALUATION, boxes, judged, length)
    seconds = _START_SECONDS + _OVERHEAD * told.epochs * epoch
    most = length if fixed else min(longest or 4 * length, settings.preparation.sequence_length)
    # Without gradients there is less to keep, of more texts.
    kept = max(
        numbers_kept(boxes, texts, most), numbers_kept(boxes, min(judged, max(1.0, _JUDGED_TOKENS // most)), most) / 4
    )
    ids = min(rows * mean_tokens * 4, IN_MEMORY)  # those of more texts are read from a file
    needed = (_COPIES * parameters + kept) * 4 + ids + rows * _BYTES_A_TEXT
    return Estimate(seconds / (speed or 1.0), _GRAPH_MEGABYTES + needed / 2**20, parameters)
