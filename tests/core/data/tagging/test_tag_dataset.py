"""Tagged words as a data set: a row a sentence, words and tags beside each other."""

from __future__ import annotations

import pytest

from core.data.tagging.dataset import AS_GIVEN, NoSuchTagColumn, WordIsTag, tagged_dataset
from tests.core.data.tagging.test_conll import CONLLU, read


def test_sentences_with_their_words_tags_and_text() -> None:
    table = read(CONLLU, "x.conllu")
    tagged = tagged_dataset(table, "FORM", "UPOS", "x", "upload: x.conllu")
    dataset = tagged.dataset
    assert dataset.task == "tagging"
    assert dataset.texts == ["L'art va au #1 (10 000 fois).", "Oui"]
    assert dataset.frame["words"][0].split("\t")[3:5] == ["à", "le"]
    assert dataset.frame["tags"][0].split("\t")[3:5] == ["ADP", "DET"]
    assert dataset.class_names == ["ADP", "DET", "INTJ", "NOUN", "NUM", "PUNCT", "VERB"]
    assert dataset.frame["sent_id"].tolist() == ["s1", "s2"]
    assert (tagged.scheme, tagged.mended, tagged.untagged) == ("plain", 0, 0)
    assert AS_GIVEN not in dataset.frame


def test_contractions_can_stay_one_word() -> None:
    table = read(CONLLU, "x.conllu")
    frame = tagged_dataset(table, "FORM", "UPOS", "x", "x", "together").dataset.frame
    assert frame["words"][0].split("\t") == ["L'", "art", "va", "au", "#1", "(", "10 000", "fois", ")."]
    assert frame["tags"][0].split("\t")[3:5] == ["ADP+DET", "NOUN"]
    assert frame["tags"][0].split("\t")[-1] == "PUNCT+PUNCT"
    assert frame["text"].tolist() == ["L'art va au #1 (10 000 fois).", "Oui"]


def test_a_contraction_in_a_name_goes_on_with_it() -> None:
    lines = ["1\tMusée\tB-LOC", "2-3\tdu\t_", "2\tde\tI-LOC", "3\tle\tI-LOC", "4\tLouvre\tI-LOC", "5-6\tau\t_",
             "5\tà\tO", "6\tle\tO", "7\tsud\tO"]  # fmt: skip
    rows = ["\t".join([number, word, "_", "X", "_", "_", "_", "_", "_", f"NER={tag}" if tag != "_" else "_"])
            for number, word, tag in (line.split("\t") for line in lines)]  # fmt: skip
    tagged = tagged_dataset(read("\n".join(rows), "x.conllu"), "FORM", "MISC: NER", "x", "x", "together")
    assert tagged.dataset.frame["words"].tolist() == ["Musée\tdu\tLouvre\tau\tsud"]
    assert tagged.dataset.frame["tags"].tolist() == ["B-LOC\tI-LOC\tI-LOC\tO\tO"]
    assert tagged.mended == 0


def test_spans_in_miscellaneous_are_outside_where_nothing_is_said() -> None:
    tagged = tagged_dataset(read(CONLLU, "x.conllu"), "FORM", "MISC: NER", "x", "x")
    assert tagged.scheme == "BIO"
    assert tagged.dataset.frame["tags"].tolist() == ["O\tB-X\tO\tO\tO\tO\tO\tO\tB-Y\tO\tO", "O"]


def test_other_schemes_become_bio_and_what_was_invalid_is_kept_beside() -> None:
    lines = "Jean I-PER\nDupont I-PER\nva O\n\nRome B-LOC\n\nil O\nva O\nà O\nNew I-LOC\nYork I-LOC\n"
    tagged = tagged_dataset(read(lines, "x.conll"), "column 1", "column 2", "x", "x")
    frame = tagged.dataset.frame
    assert (tagged.scheme, tagged.mended) == ("IOB1", 1)
    assert frame["tags"].tolist() == ["B-PER\tI-PER\tO", "B-LOC", "O\tO\tO\tB-LOC\tI-LOC"]
    assert frame[AS_GIVEN].tolist() == ["", "B-LOC", ""]
    assert frame["text"].tolist() == ["Jean Dupont va", "Rome", "il va à New York"]


def test_a_word_of_no_letters_and_a_word_without_a_tag() -> None:
    table = read("Le\tDET\n\tNOUN\nchat\n\nLe\tDET\nchat\tNOUN\n")
    tagged = tagged_dataset(table, "column 1", "column 2", "x", "x")
    assert tagged.dataset.frame["words"][0] == "Le\t_\tchat"
    assert tagged.dataset.frame["tags"][0] == "DET\tNOUN\t_"
    assert tagged.untagged == 1


def test_a_column_that_is_not_there_or_taken_twice() -> None:
    table = read(CONLLU, "x.conllu")
    with pytest.raises(NoSuchTagColumn, match="Did you mean “XPOS”"):
        tagged_dataset(table, "FORM", "POS", "x", "x")
    with pytest.raises(WordIsTag):
        tagged_dataset(table, "LEMMA", "LEMMA", "x", "x")
