"""Which texts are read together, in which order, and how they are filled up to one length."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from core.config import Preparation, Training
from core.text.prepare import Inputs, Part
from core.training.imbalance import drawn_equally

Rows = NDArray[np.int64]

# Lengths are blurred by up to this share, so that the same texts do not meet in every epoch.
_BLUR = 0.15
# Batches without gradients hold as many texts as fit into this many tokens.
_EVALUATION_TOKENS = 32_768
_EVALUATION_TEXTS = 512


class Batches:
    """The batches of one part. The order of epoch n depends on seeds and n alone, so a training can resume in it."""

    def __init__(self, part: Part, preparation: Preparation, training: Training) -> None:
        self.part = part
        self.preparation = preparation
        self.training = training
        self.lengths = part.sequences.lengths
        # Without the mask a network reads the zeros too: its answer would depend on the other texts of the batch.
        self.fixed = training.batching == "shuffled" or not preparation.mask_padding

    def __len__(self) -> int:
        """Batches in an epoch."""
        return ceil(len(self.lengths) / self.training.batch_size)

    def epoch(self, number: int) -> list[Rows]:
        """The rows of each batch of this epoch; the sizes of batches differ by one at the most.

        Every row once, unless the classes are to be read equally often.
        """
        told = self.training
        random = np.random.default_rng((told.seed, number, told.order_seed)[: 3 if told.order_seed else 2])
        if self.training.imbalance == "resampling":
            order = drawn_equally(self.part.kinds(), random)
        else:
            order = random.permutation(len(self.lengths))
        if self.training.batching == "shuffled":
            return np.array_split(order, len(self))
        blurred = self.lengths[order] * (1 + _BLUR * random.random(len(order)))
        batches = np.array_split(order[np.argsort(blurred, kind="stable")], len(self))
        return [batches[place] for place in random.permutation(len(batches))]

    def evaluation(self) -> list[Rows]:
        """Large batches of similar length for what needs no gradients, every row once, the shortest first."""
        order = np.argsort(self.lengths, kind="stable")
        batches, start = [], len(order)
        while start:
            longest = self._length(order[start - 1 : start])
            size = min(start, _EVALUATION_TEXTS, max(1, _EVALUATION_TOKENS // longest))
            batches.append(order[start - size : start])
            start -= size
        return batches[::-1]

    def arrays(self, rows: Rows) -> tuple[Inputs, NDArray[np.int32]]:
        """`Part.arrays`, filled up with zeros to the longest of these texts or to the sequence length."""
        return self.part.arrays(rows, self._length(rows), self.preparation.padding)

    def _length(self, rows: Rows) -> int:
        return self.preparation.sequence_length if self.fixed else int(self.lengths[rows].max())
