"""Words and tags are found in their columns without being told."""

from __future__ import annotations

import pytest

from core.data.tagging.columns import TagColumns, guess_tag_columns, tag_columns, tags_in
from tests.core.data.tagging.test_conll import CONLLU, read


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Jean B-PER/va O/à O//Rome B-LOC/est O/à O", ("column 1", "column 2")),
        ("O il/O va/O vers/B-LOC rome//O oui/O il/O est/B-LOC là", ("column 2", "column 1")),
        ("EU NNP B-NP B-ORG/rejects VBZ B-VP O/a DT B-NP O/call NN I-NP O", ("column 1", "column 4")),
        ("0 Jean B-PER/1 va O//0 Il O/1 va O/2 là O", ("column 2", "column 3")),
        ("d 0 Le le DET/d 1 chat chat NOUN/d 2 et et CONJ/d 3 les le DET/d 4 chiens chien NOUN/d 5 et et CONJ",
         ("column 3", "column 5")),
    ],
)  # fmt: skip
def test_columns_are_guessed(lines: str, expected: tuple[str, str]) -> None:
    table = read(lines.replace("/", "\n"))
    assert guess_tag_columns(table) == TagColumns(*expected)


def test_universal_dependencies_have_several_kinds_of_tags() -> None:
    table = read(CONLLU, "x.conllu")
    assert guess_tag_columns(table) == TagColumns("FORM", "UPOS")
    assert tag_columns(table) == ["UPOS", "XPOS", "FEATS", "DEPREL", "MISC: NER"]
    assert tags_in(table, "MISC: NER").tolist() == ["", "B-X", "", "", "", "", "", "", "B-Y", "", "", ""]


def test_without_parts_of_speech_the_next_best_column_is_taken() -> None:
    bare = CONLLU
    for tag in ("DET", "NOUN", "VERB", "ADP", "PUNCT", "NUM", "INTJ"):
        bare = bare.replace(f"\t{tag}\t", "\t_\t")
    assert guess_tag_columns(read(bare, "x.conllu")).tag == "MISC: NER"
    without = bare.replace("NER=B-X", "_").replace("NER=B-Y|", "")
    assert guess_tag_columns(read(without, "x.conllu")).tag == "DEPREL"
