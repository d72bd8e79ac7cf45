"""The quality report: everything that is worth saying about a data set before training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.dataset import Dataset
from core.data.quality.finding import Finding
from core.data.quality.registry import CHECKS
from core.data.quality.texts import Texts
from core.text.texts import Texts as Some

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
MANY_COPIES = 0.1
_TAKING_ROWS = ("empty", "duplicates")


@dataclass(frozen=True)
class Report:
    """The quality of a data set.

    findings: the worst first. classes: usable texts by class name, the largest class first. words: (usable rows,)
    int32, words of each text. lengths: words at the quantiles of its index, 0 to 1; empty without usable rows.
    distinct: how many different texts there are.
    """

    rows: int
    usable: int
    findings: list[Finding]
    classes: pd.Series
    words: NDArray[np.int32]
    lengths: pd.Series
    distinct: int

    @property
    def safe(self) -> tuple[str, ...]:
        """The repairs that need no judgement; rows go last, since mended texts may be copies of others."""
        found = [finding.repairs[0] for finding in self.findings if finding.safe and finding.repairs]
        return tuple(sorted(found, key=lambda name: name in _TAKING_ROWS))

    @property
    def many_copies(self) -> bool:
        """Whether the score on a random split of these rows is not to be believed (core.evaluation.leak)."""
        return self.rows - self.distinct > MANY_COPIES * self.rows


def check(dataset: Dataset) -> Report:
    """The report on a data set, in time proportional to its rows."""
    texts = Texts(dataset)
    findings = [finding for check in CHECKS for finding in check(texts)]
    findings.sort(key=lambda finding: finding.rank)
    used = Some(texts.text, np.flatnonzero(texts.reasons == ""))
    words = np.fromiter((len(text.split()) for text in used), dtype=np.int32, count=len(used))
    lengths = pd.Series(words).quantile(list(QUANTILES)) if len(words) else pd.Series(dtype="float64")
    distinct = len(np.unique(texts.keys[~texts.empty]))
    return Report(len(texts), len(words), findings, texts.classes, words, lengths, distinct)
