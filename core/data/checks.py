"""What a user should know about their texts before anything is trained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.dataset import Dataset
from core.data.usable import REASONS, reasons_against, require_trainable, usable
from core.messages import N_

__all__ = ["Finding", "Report", "check", "require_trainable", "usable"]

SMALL_CLASS, MANY_CLASSES, UNEQUAL_CLASSES = 5, 50, 5
QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
_EXAMPLES, _EXAMPLE_LENGTH = 3, 120


@dataclass(frozen=True)
class Finding:
    """One thing that was noticed: `count` rows or classes, examples of them, and what to make of it."""

    code: str
    count: int
    examples: list[str]
    title: str
    advice: str


@dataclass(frozen=True)
class Report:
    """The quality of a data set.

    classes: usable texts by class name, the largest class first. words: (usable rows,) int32, words of each text.
    lengths: words at the quantiles of its index, 0 to 1; empty without usable rows.
    """

    rows: int
    usable: int
    findings: list[Finding]
    classes: pd.Series
    words: NDArray[np.int32]
    lengths: pd.Series


TITLES = {
    "empty": (N_("Empty texts"), N_("They are left out.")),
    "unlabelled": (N_("Texts without a label"), N_("They are left out.")),
    "duplicates": (
        N_("Repeated texts"),
        N_("Only the first of each is kept, so that no text is both learned and tested."),
    ),
    "conflicts": (
        N_("Same text, different labels"),
        N_("The most frequent label is kept. If there are many of these, check how the labels were given."),
    ),
    "leaked": (
        N_("Training texts that are also in the test file"),
        N_("They are left out of the training, so that the test stays honest."),
    ),
    "one_class": (
        N_("Only one class"),
        N_("Add texts of at least one other class: there is nothing to tell apart yet."),
    ),
    "small_classes": (
        N_("Classes with fewer than 5 texts"),
        N_("They can hardly be learned. Add texts, or merge them with other classes."),
    ),
    "imbalance": (
        N_("Classes of very different size"),
        N_("Judge by the macro F1 and not by the accuracy, which the large classes decide."),
    ),
    "many_classes": (
        N_("Many classes"),
        N_("Check that the right column is chosen as the label. More classes need more texts."),
    ),
    "similar_labels": (
        N_("Labels that differ only in capital letters"),
        N_("They count as different classes. Correct them if they mean the same."),
    ),
}


def check(dataset: Dataset) -> Report:
    """Everything that is worth saying about a data set before training."""
    reasons = reasons_against(dataset)
    rows = dataset.frame[reasons == ""]
    classes = rows["label"].value_counts()
    words = np.fromiter((len(text.split()) for text in rows["text"]), dtype=np.int32, count=len(rows))
    lengths = pd.Series(words).quantile(list(QUANTILES)) if len(rows) else pd.Series(dtype="float64")
    findings = [*_about_rows(dataset.frame["text"], reasons), *_about_classes(classes)]
    return Report(len(dataset), len(rows), findings, classes, words, lengths)


def _about_rows(texts: pd.Series, reasons: pd.Series) -> Iterator[Finding]:
    for code in REASONS:
        removed = texts[reasons == code]
        if len(removed):
            yield _finding(code, len(removed), removed)


def _about_classes(classes: pd.Series) -> Iterator[Finding]:
    """Findings about the sizes and names of the classes; examples are names of classes."""
    if len(classes) == 1:
        yield _finding("one_class", 1, classes.index)
    small = classes[classes < SMALL_CLASS][::-1]
    if len(small):
        yield _finding("small_classes", len(small), small.index)
    if len(classes) > 1 and classes.iloc[0] >= UNEQUAL_CLASSES * classes.iloc[-1]:
        extremes = [f"{classes.index[place]}: {classes.iloc[place]}" for place in (0, -1)]
        yield _finding("imbalance", len(classes), extremes)
    if len(classes) > MANY_CLASSES:
        yield _finding("many_classes", len(classes), classes.index)
    folded = pd.Series([name.casefold() for name in classes.index], index=classes.index, dtype=object)
    similar = sorted(folded.index[folded.duplicated(keep=False)], key=lambda name: (name.casefold(), name))
    if similar:
        yield _finding("similar_labels", len(similar), similar)


def _finding(code: str, count: int, examples: Iterable[str]) -> Finding:
    title, advice = TITLES[code]
    shown = [example[:_EXAMPLE_LENGTH] for example in list(examples)[:_EXAMPLES]]
    return Finding(code, count, shown, title, advice)
