"""How many texts the classes have: too few, too unequal, too many classes, or only one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.quality.finding import Finding, Nn_, Remedy, Severity, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_

SMALL_CLASS, MANY_CLASSES, UNEQUAL_CLASSES = 5, 50, 5
LEFT = 20  # texts of each class, below which making the others as small leaves nothing to learn from
OTHER = "other"
CLASS, TEXTS = N_("Class"), N_("Texts")


@check
def one_class(texts: Texts) -> Iterator[Finding]:
    if len(texts.classes) == 1:
        yield Finding(
            "one_class",
            1,
            Severity.SERIOUS,
            N_("Only one class"),
            Nn_(
                "All labelled texts belong to “{label}”. There is nothing to tell apart yet: add texts of at least one "
                "other class.",
                "All labelled texts belong to “{label}”. There is nothing to tell apart yet: add texts of at least one "
                "other class.",
            ),
            {"label": texts.classes.index[0]},
            columns=(CLASS, TEXTS),
            examples=table(texts.classes.index, texts.classes),
        )


@check
def small_classes(texts: Texts) -> Iterator[Finding]:
    small = _small(texts)
    if not len(small):
        return
    large = int((texts.classes >= SMALL_CLASS).sum())
    ways = ["small_classes:drop"] if large > 1 else []
    if large and len(small) > 1 and small.sum() >= SMALL_CLASS:
        ways.append("small_classes:other")
    yield Finding(
        "small_classes",
        len(small),
        Severity.WARNING,
        N_("Classes with fewer than 5 texts"),
        Nn_(
            "{count} of {classes} classes has fewer than {least} texts ({texts} in all). That is too few to learn it, "
            "to steer by it and to judge it: its scores are chance.",
            "{count} of {classes} classes have fewer than {least} texts ({texts} in all). That is too few to learn "
            "them, to steer by them and to judge them: their scores are chance.",
        ),
        {"classes": large + len(small), "least": SMALL_CLASS, "texts": int(small.sum())},
        columns=(CLASS, TEXTS),
        examples=table(small.index, small),
        repairs=tuple(ways),
    )


@repair("small_classes:drop", N_("Leave these classes out"), N_("Small classes left out"))
def without_small_classes(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[~texts.label.isin(_small(texts).index)]


@repair("small_classes:other", N_("Merge them into one class"), N_("Small classes merged into one"), word=OTHER)
def with_other(texts: Texts, word: str) -> pd.DataFrame:
    small = _small(texts)
    return (
        texts.frame.assign(label=texts.label.mask(texts.label.isin(small.index), word)) if len(small) else texts.frame
    )


@check
def imbalance(texts: Texts) -> Iterator[Finding]:
    classes = texts.classes
    if len(classes) < 2 or classes.iloc[0] < UNEQUAL_CLASSES * classes.iloc[-1]:
        return
    share = float(classes.iloc[0] / classes.sum())
    yield Finding(
        "imbalance",
        len(classes),
        Severity.SERIOUS if share >= 0.8 else Severity.WARNING if share >= 0.5 else Severity.NOTE,
        N_("Classes of very different size"),
        Nn_(
            "“{largest}” has {most} texts, “{smallest}” {fewest}. Always answering “{largest}” would be right {share} "
            "of the time without reading a word. Judge by the macro F1, for which each class counts the same: that "
            "answer gets {f1}.",
            "“{largest}” has {most} texts, “{smallest}” {fewest}. Always answering “{largest}” would be right {share} "
            "of the time without reading a word. Judge by the macro F1, for which each class counts the same: that "
            "answer gets {f1}.",
        ),
        {
            "largest": classes.index[0], "most": int(classes.iloc[0]),
            "smallest": classes.index[-1], "fewest": int(classes.iloc[-1]),
            "share": share, "f1": 2 * share / (1 + share) / len(classes),
        },
        columns=(CLASS, TEXTS),
        examples=table([classes.index[0], classes.index[-1]], [classes.iloc[0], classes.iloc[-1]]),
        repairs=("imbalance",) if len(_learned(texts)) > 1 and _learned(texts).iloc[-1] >= LEFT else (),
        remedies=(Remedy("imbalance", "weights", N_("Let the texts of rare classes count more")),),
    )  # fmt: skip


@repair("imbalance", N_("Keep as many of each class as of the smallest"), N_("Classes made equally large"))
def with_equal_classes(texts: Texts, _word: str) -> pd.DataFrame:
    """Drawn at random, the same each time; of given parts, only that which is learned from."""
    sizes = _learned(texts)
    if not len(sizes) or sizes.iloc[0] == sizes.iloc[-1]:
        return texts.frame
    drawn = np.random.default_rng(0).permutation(len(texts))
    rows = pd.DataFrame({"label": texts.label.to_numpy()[drawn], "place": drawn})[_is_learned(texts)[drawn]]
    spare = rows["place"][rows.groupby("label").cumcount() >= sizes.iloc[-1]]
    # With their copies, of which another one would take their place.
    return texts.frame[~(np.isin(texts.keys, texts.keys[spare]) & (texts.side == 2))]


@check
def many_classes(texts: Texts) -> Iterator[Finding]:
    count = len(texts.classes)
    if count > MANY_CLASSES:
        yield Finding(
            "many_classes",
            count,
            Severity.SERIOUS if count > len(texts) / 2 else Severity.NOTE,
            N_("Many classes"),
            Nn_(
                "There are {count} classes, with {typical} texts in a typical one. Check that the right column is "
                "chosen as the label; more classes need more texts.",
                "There are {count} classes, with {typical} texts in a typical one. Check that the right column is "
                "chosen as the label; more classes need more texts.",
            ),
            {"typical": int(texts.classes.median())},
            columns=(CLASS, TEXTS),
            examples=table(texts.classes.index, texts.classes),
        )


def _is_learned(texts: Texts) -> NDArray[np.bool_]:
    """(rows,) usable and, where parts are given, to learn from."""
    return np.asarray((texts.reasons == "").to_numpy() & (texts.side == 2) & texts.labelled)


def _learned(texts: Texts) -> pd.Series:
    """Texts to learn from by class, the largest first."""
    return texts.label[_is_learned(texts)].value_counts()


def _small(texts: Texts) -> pd.Series:
    """Classes with too few usable texts, or none: all of theirs are others' by majority. The smallest first."""
    names = texts.label[texts.label != ""].unique() if texts.labelled else []
    classes = texts.classes.reindex(
        [*texts.classes.index, *sorted(set(names) - set(texts.classes.index))], fill_value=0
    )
    return classes[classes < SMALL_CLASS][::-1]
