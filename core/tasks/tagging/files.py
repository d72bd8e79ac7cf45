"""Files of sentences that a tagger answers: words one a line come back with their tags, tables of texts likewise."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from core.data.readers import NoSuchColumn, Options, guess_columns, read_files
from core.data.tagging.columns import guess_tag_columns
from core.data.tagging.files import is_tagged, read_tagged

_AS_FOUND = Options()


def sentences_in(content: bytes | Path, filename: str, column: str | None, options: Options) -> list[list[str]] | None:
    """The words of a file with one word a line, from its column of words (guessed, or named); None for other files.

    Raises the errors of core.data.tagging.conll, and NoSuchColumn with a guess.
    """
    if not is_tagged(filename, content if isinstance(content, Path) else io.BytesIO(content)):
        return None
    table = read_tagged([(content, filename)], options.encoding)
    word = column or guess_tag_columns(table).word
    _require(word, list(table.frame.columns))
    cells = table.frame[word].tolist()
    return [cells[begin:end] for begin, end in table.sentences()]


def texts_in(content: bytes | Path, filename: str, column: str | None, options: Options) -> list[str]:
    """The texts of a table, from the column of texts (guessed, or named). Raises what `read_files` does."""
    frame = read_files([(content, filename)], options).frame
    chosen = column or guess_columns(frame).text
    _require(chosen, list(frame.columns))
    return [str(text) for text in frame[chosen]]


def tagged_file(
    network: Any, content: bytes | Path, filename: str, column: str | None = None, options: Options = _AS_FOUND
) -> str:
    """A file's sentences with the tags of a Tagger, as `as_lines` has them; column: of the words, or of the texts."""
    words = sentences_in(content, filename, column, options)
    if words is None:
        texts = texts_in(content, filename, column, options)
        words = [[token.text for token in network.words.tokens(text)] for text in texts]
    return as_lines(words, network.tags(words))


def as_lines(sentences: Sequence[Sequence[str]], tags: Iterable[Sequence[str]]) -> str:
    """One word a line with its tag after a tab, a blank line after each sentence: "le\\tDET\\nchat\\tNOUN\\n\\n"."""
    lines = []
    for words, answered in zip(sentences, tags, strict=True):
        lines += [f"{word}\t{tag}\n" for word, tag in zip(words, answered, strict=True)]
        lines.append("\n")
    return "".join(lines)


def _require(column: str, known: Sequence[str]) -> None:
    if column not in known:
        raise NoSuchColumn(name=column, suggestion=difflib.get_close_matches(column, known, n=1, cutoff=0.0)[0])
