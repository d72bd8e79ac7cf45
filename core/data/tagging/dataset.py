"""Tagged words to a data set: a row a sentence, tags in BIO."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.data.tagging.columns import tag_columns, tags_in
from core.data.tagging.schemes import UNTAGGED, Scheme, invalid, scheme_of, to_bio
from core.data.tagging.table import TaggedTable
from core.errors import DataError
from core.messages import N_

AS_GIVEN = "tags in the file"  # a column of what was invalid, "" in the sentences where nothing was
_PIECE = 10_000  # sentences

Contractions = Literal["apart", "together"]


class NoSuchTagColumn(DataError):
    message = N_("There is no column “{name}” in “{filename}”. Did you mean “{suggestion}”?")


class WordIsTag(DataError):
    message = N_("The column “{name}” cannot hold both the words and their tags. Choose another one for the tags.")


@dataclass(frozen=True)
class Tagged:
    """A data set and what was understood. scheme: how the tags were marked before they became BIO.

    mended: sentences with tags that could not stand where they were. untagged: words without a tag.
    """

    dataset: Dataset
    scheme: Scheme
    mended: int
    untagged: int


def tagged_dataset(
    table: TaggedTable, word: str, tag: str, name: str, source: str, contractions: Contractions = "apart"
) -> Tagged:
    """Sentences with the words and tags of two columns; raises NoSuchTagColumn or WordIsTag.

    `contractions`: CoNLL-U writes “au” as à + le. "apart" keeps the two words with a tag each, "together" makes one
    word of them, whose tag is "ADP+DET", or of names that of the first. The text is what people write in either case.
    """
    for column, known in ((word, list(table.frame.columns)), (tag, [*table.frame.columns, *tag_columns(table)])):
        if column not in known:
            near = difflib.get_close_matches(column, known, n=1, cutoff=0.0)[0]
            raise NoSuchTagColumn(name=column, filename=table.filename, suggestion=near)
    if word == tag:
        raise WordIsTag(name=word)
    words, tags, sentence = table.frame[word], tags_in(table, tag), table.sentence
    words = words.where(words != "", UNTAGGED)  # a word of no letters could not be found again
    surface = table.surface if word == "FORM" else None
    if contractions == "together" and surface is not None and table.goes_on.any():
        spans = scheme_of(tags, np.diff(sentence, prepend=-1) > 0) != "plain"
        words, tags, sentence, surface = _together(words, tags, sentence, surface, table.goes_on, spans)
    first = np.diff(sentence, prepend=-1) > 0
    scheme = scheme_of(tags, first)
    wrong = np.unique(sentence[invalid(tags, first, scheme)])
    told = to_bio(tags, first, scheme)

    starts = np.append(np.flatnonzero(first), len(sentence))
    joined = list(_joined(words, "\t", starts))
    texts = _joined(words, " ", starts) if surface is None else _joined(surface, "", starts)
    others = table.about.copy()
    if len(wrong):
        given = np.full(len(joined), "", dtype=object)
        given[wrong] = ["\t".join(tags.iloc[starts[row] : starts[row + 1]]) for row in wrong]
        others[AS_GIVEN] = pd.Series(given, dtype="str")
    part = others.pop(table.part).tolist() if table.part else None
    dataset = Dataset.build(
        [text.strip(" ") for text in texts], None, name, source, part,
        others=others if len(others.columns) else None, words=joined, tags=list(_joined(told, "\t", starts)),
    )  # fmt: skip
    return Tagged(dataset, scheme, len(wrong), int(tags.isin(["", UNTAGGED]).sum()))


def _joined(cells: pd.Series, between: str, starts: np.ndarray) -> Iterator[str]:
    """The cells of each sentence as one string; few sentences at a time become Python's strings."""
    for low in range(0, len(starts) - 1, _PIECE):
        places = starts[low : low + _PIECE + 1]
        held = cells.iloc[places[0] : places[-1]].tolist()
        for begin, end in pairwise((places - places[0]).tolist()):
            yield between.join(held[begin:end])


def _together(
    words: pd.Series, tags: pd.Series, sentence: np.ndarray, surface: pd.Series, goes_on: np.ndarray, spans: bool
) -> tuple[pd.Series, pd.Series, np.ndarray, pd.Series]:
    """Words written as one become one: à ADP, le DET -> au ADP+DET. Of `spans` it is what its first word was."""
    number = np.cumsum(~goes_on)
    several = np.isin(number, number[goes_on])
    kept = ~goes_on
    words = words.where(~several, surface.str.rstrip(" "))[kept].reset_index(drop=True)
    joined = tags[several].groupby(number[several], sort=True).agg("first" if spans else "+".join)
    tags = tags.mask(several & kept, pd.Series(joined.reindex(number).to_numpy(), index=tags.index))[kept]
    return words, tags.reset_index(drop=True), sentence[kept], surface[kept].reset_index(drop=True)
