"""Pasted tags are recognised; ordinary texts with slashes stay ordinary."""

from __future__ import annotations

import pytest

from core.data.tagging.columns import guess_tag_columns, tags_in
from core.data.tagging.paste import pasted_tags

BROWN = "The/at jury/nn said/vbd an/at investigation/nn of/in the/at election/nn produced/vbd no/at evidence/nn ./."


def tagged(text: str) -> list[list[tuple[str, str]]] | None:
    table = pasted_tags(text)
    if table is None:
        return None
    columns = guess_tag_columns(table)
    pairs = list(zip(table.frame[columns.word], tags_in(table, columns.tag), strict=True))
    return [[pair for pair, place in zip(pairs, table.sentence, strict=True) if place == number]
            for number in range(table.sentence[-1] + 1)]  # fmt: skip


@pytest.mark.parametrize("separator", ["/", "_"])
def test_words_with_their_tags(separator: str) -> None:
    text = "Le/DET chat/NOUN dort/VERB ./PUNCT\r\n\r\nIl/PRON rêve/VERB\n".replace("/", separator)
    assert tagged(text) == [
        [("Le", "DET"), ("chat", "NOUN"), ("dort", "VERB"), (".", "PUNCT")],
        [("Il", "PRON"), ("rêve", "VERB")],
    ]


def test_the_last_slash_counts() -> None:
    assert tagged("1/2/NUM and\\/or/CCONJ km/h/NOUN ///PUNCT") == [
        [("1/2", "NUM"), ("and/or", "CCONJ"), ("km/h", "NOUN"), ("//", "PUNCT")]
    ]
    assert tagged("un_mot_NOUN de_ADP plus_ADV") == [[("un_mot", "NOUN"), ("de", "ADP"), ("plus", "ADV")]]


def test_tags_of_small_letters_need_to_come_back() -> None:
    found = tagged(BROWN)
    assert found is not None
    assert found[0][:2] == [("The", "at"), ("jury", "nn")]


def test_a_tag_may_be_missing_here_and_there() -> None:
    found = tagged("Le/DET chat/NOUN dort/VERB\n" * 10 + "Il dort/VERB\n")
    assert found is not None
    assert found[-1] == [("Il", ""), ("dort", "VERB")]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Le\tDET\nchat\tNOUN\ndort\tVERB", ("Le", "DET")),
        ("Jean B-PER\ndort O\n\nIl O\nva O", ("Jean", "B-PER")),
        ("1\tLe\t_\tDET\t_\t_\t_\t_\t_\t_\n2\tchat\t_\tNOUN\t_\t_\t_\t_\t_\t_", ("Le", "DET")),
        ("Le\tD\nchat\tN\nd'\tP\n\nIl\tP\nvoit\tV\nle\tD\nchien\tN\n\nIl\tP\nva\tV", ("Le", "D")),
    ],
)
def test_one_word_a_line(text: str, first: tuple[str, str]) -> None:
    found = tagged(text)
    assert found is not None
    assert found[0][0] == first


@pytest.mark.parametrize(
    "text",
    [
        "",
        "and/or",
        "AC/DC TCP/IP CD/DVD",
        "good/bad film/movie\nyes/no no/yes",
        "Prix: 10/12/2020 et/ou",
        "10/12 11/12 12/12 13/12",
        "https://a.b/c https://x.y/Z http://q.r/s",
        "positive\tA and/or B\nnegative\the/she TCP/IP",
        "positive\tgood\n\nnegative\tbad\n\npositive\tfine",
        "positive\tI like it\nnegative\tI hate it",
        "EN\tHELLO\nFR\tBONJOUR\nEN\tBYE\nFR\tSALUT",
        "Dupont\tFrench\nSmith\tEnglish\nDurand\tFrench\nJones\tEnglish",
        "snake_case other_name third_name",
        "BON FILM\nTRES BON\n\nPAS BON\nNON MERCI",
        "Je l'ai lu\net relu\n\nun bon\nlivre oui",
        "Le/DET chat dort bien et longtemps/ADV",
    ],
)
def test_ordinary_texts_stay_ordinary(text: str) -> None:
    assert tagged(text) is None


def test_a_long_text_is_judged_by_its_beginning() -> None:
    ordinary = "positive\tan ordinary text and/or another one\n" * 6000
    assert pasted_tags(ordinary) is None
    table = pasted_tags("Le/DET chat/NOUN dort/VERB\n" * 9000)
    assert table is not None
    assert len(table.frame) == 27_000
