"""Tags of words that could not be as they stood in the file, and words without any."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from core.data.quality.finding import Finding, Nn_, Severity, first, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.data.tagging.dataset import AS_GIVEN
from core.data.tagging.schemes import UNTAGGED
from core.messages import N_

_MANY = 0.05  # of the sentences
SENTENCE, TAGS = N_("Sentence"), N_("Tags in the file")


@check
def mended_tags(texts: Texts) -> Iterator[Finding]:
    mended = _mended(texts)
    if not mended.any():
        return
    rows = texts.frame[mended].head(20)
    given = [_in_spans(*row) for row in zip(rows["words"], rows[AS_GIVEN], strict=True)]
    yield Finding(
        "mended_tags",
        int(mended.sum()),
        Severity.WARNING if mended.mean() > _MANY else Severity.NOTE,
        N_("Tags that cannot stand where they stood"),
        Nn_(
            "In {count} of {rows} sentences a span goes on that never began, such as an I- tag after an O. It was "
            "taken to begin there, as the usual scoring programs do. If that is wrong, the network learns it wrong.",
            "In {count} of {rows} sentences a span goes on that never began, such as an I- tag after an O. It was "
            "taken to begin there, as the usual scoring programs do. If that is wrong, the network learns it wrong.",
        ),
        {"rows": len(texts)},
        rows=some_rows(rows.index),
        columns=(TAGS, SENTENCE),
        examples=table(given, rows["text"]),
        repairs=("mended_tags",),
    )


@repair("mended_tags", N_("Leave these sentences out"), N_("Sentences with impossible tags left out"))
def without_mended_tags(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[~_mended(texts)]


@check
def untagged_words(texts: Texts) -> Iterator[Finding]:
    if not texts.tagging:
        return
    counts = ("\t" + texts.label + "\t").str.count(f"(?<=\t){UNTAGGED}(?=\t)")
    if not counts.any():
        return
    yield Finding(
        "untagged_words",
        int(counts.sum()),
        Severity.WARNING,
        N_("Words without a tag"),
        Nn_(
            "{count} word has no tag. It is marked “_”, which a network would learn like any other tag.",
            "{count} words have no tag. They are marked “_”, which a network would learn like any other tag.",
        ),
        rows=some_rows(texts.frame.index[counts > 0]),
        examples=table(first(texts.text, counts > 0)),
        repairs=("untagged_words",),
    )


@repair("untagged_words", N_("Leave the sentences with such words out"), N_("Sentences with untagged words left out"))
def without_untagged_words(texts: Texts, _word: str) -> pd.DataFrame:
    if not texts.tagging:
        return texts.frame
    return texts.frame[~("\t" + texts.label + "\t").str.contains(f"\t{UNTAGGED}\t", regex=False)]


def _mended(texts: Texts) -> pd.Series:
    if not texts.tagging or AS_GIVEN not in texts.frame:
        return pd.Series(False, index=texts.frame.index)
    return texts.frame[AS_GIVEN] != ""


def _in_spans(words: str, tags: str) -> str:
    """ "Jean/I-PER Dupont/I-PER": the words inside of spans, with their tags as they were given."""
    pairs = zip(words.split("\t"), tags.split("\t"), strict=True)
    return " ".join(f"{word}/{tag}" for word, tag in pairs if tag not in ("O", UNTAGGED, ""))
