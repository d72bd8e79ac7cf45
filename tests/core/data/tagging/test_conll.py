"""Files with one word a line, in the ways in which people write them."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.decoding import EmptyFile
from core.data.formats.source import ReadingStopped, Source
from core.data.tagging.conll import NoSentences, NoTags, read_conll
from core.data.tagging.table import TaggedTable

CONLLU = """\
# global.columns = ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC
# newdoc id = news-1
# sent_id = s1
# text = L'art va au #1 (10 000 fois).
1	L'	le	DET	_	_	2	det	_	SpaceAfter=No
2	art	art	NOUN	_	_	3	nsubj	_	NER=B-X
3	va	aller	VERB	_	_	0	root	_	_
4-5	au	_	_	_	_	_	_	_	_
4	à	à	ADP	_	_	6	case	_	_
5	le	le	DET	_	_	6	det	_	_
5.1	mot	mot	NOUN	_	_	_	_	3:obj	_
6	#1	#1	NOUN	_	_	3	obl	_	_
7	(	(	PUNCT	_	_	9	punct	_	SpaceAfter=No
8	10 000	10 000	NUM	_	_	9	nummod	_	_
9	fois	fois	NOUN	_	_	3	obl	_	NER=B-Y|SpaceAfter=No
10-11	).	_	_	_	_	_	_	_	SpaceAfter=No
10	)	)	PUNCT	_	_	9	punct	_	_
11	.	.	PUNCT	_	_	3	punct	_	_

# a remark
# sent_id = s2
1	Oui	oui	INTJ	_	_	0	root	_	_

"""


def read(text: str, filename: str = "x.conll") -> TaggedTable:
    return read_conll(Source.of(text.encode(), filename))


def words(table: TaggedTable, column: str) -> list[list[str]]:
    return [table.frame[column].iloc[begin:end].tolist() for begin, end in table.sentences()]


def texts(table: TaggedTable) -> list[str]:
    assert table.surface is not None
    return ["".join(table.surface.iloc[begin:end]).rstrip() for begin, end in table.sentences()]


def test_universal_dependencies() -> None:
    """Comments, ranges, words that are not in the text, words with spaces, and the text as it was written."""
    table = read(CONLLU, "x.conllu")
    assert words(table, "FORM") == [
        ["L'", "art", "va", "à", "le", "#1", "(", "10 000", "fois", ")", "."],
        ["Oui"],
    ]
    assert texts(table) == ["L'art va au #1 (10 000 fois).", "Oui"]
    assert words(table, "UPOS")[0][:5] == ["DET", "NOUN", "VERB", "ADP", "DET"]
    assert table.goes_on.nonzero()[0].tolist() == [4, 10]
    assert table.about.to_dict("list") == {"sent_id": ["s1", "s2"], "document": ["news-1", "news-1"]}


def test_packed_files_older_encodings_and_line_ends() -> None:
    packed = gzip.compress(CONLLU.replace("\n", "\r\n").encode("cp1252"))
    table = read_conll(Source.of(packed, "x.conllu.gz"))
    assert texts(table)[0] == "L'art va au #1 (10 000 fois)."
    assert table.encoding == "cp1252"


def test_columns_of_other_names_and_numbers() -> None:
    table = read("# global.columns = ID FORM UPOS NER\n1\tJean\tPROPN\tB-PER\n2\tva\tVERB\tO\n", "x.conllup")
    assert table.frame.columns.tolist() == ["ID", "FORM", "UPOS", "NER"]
    assert texts(table) == ["Jean va"]


@pytest.mark.parametrize("separator", ["\t", " ", "   ", "\t\t"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_columns(separator: str, end: str) -> None:
    lines = ["-DOCSTART- -X- -X- O", "", "EU NNP B-NP B-ORG", "rejects VBZ B-VP O", "", "", "-DOCSTART- -X- O O", "",
             "# NN B-NP O", "1 CD I-NP O"]  # fmt: skip
    table = read("\n".join(line.replace(" ", separator) for line in lines) + end)
    names = [name for name in table.frame.columns if (table.frame[name] != "").any()]
    assert words(table, names[0]) == [["EU", "rejects"], ["#", "1"]]
    assert words(table, names[-1]) == [["B-ORG", "O"], ["O", "O"]]
    assert table.about["document"].tolist() == ["1", "2"]
    assert table.surface is None


def test_remarks_between_columns() -> None:
    """As MultiCoNER writes them; a line of as many cells as the others is a word, whatever it begins with."""
    table = read("# id 1f domain=train\nparis _ _ B-LOC\n# _ _ O\n\n# id 2a domain=train\nhier _ _ O\n")
    assert words(table, "column 1") == [["paris", "#"], ["hier"]]


def test_a_word_of_several_in_a_file_with_spaces() -> None:
    table = read("Il PRON\na VERB\n10 000 NUM\neuros NOUN\nvite ADV\n")
    assert words(table, "column 1") == [["Il", "a", "10 000", "euros", "vite"]]


def test_a_cell_that_is_missing_is_empty() -> None:
    table = read("Jean\tB-PER\nva\nà\tO\nRome\tB-LOC\ndemain\tO\n")
    assert words(table, "column 2") == [["B-PER", "", "O", "B-LOC", "O"]]


@pytest.mark.parametrize(
    "text",
    ["un\ndeux\ntrois\n", "Une phrase de cinq mots.\nEt une autre\nvoilà\nun texte de plus ici\n", "# sent_id = 1\n"],
)
def test_what_is_no_table_of_words_gets_a_sentence(text: str) -> None:
    with pytest.raises(NoTags, match=r"“x\.conll” holds no tagged words"):
        read(text)


def test_a_file_without_blank_lines_gets_a_sentence() -> None:
    with pytest.raises(NoSentences, match="2001 words without a blank line"):
        read("mot\tO\n" * 2001)


def test_an_empty_file_gets_a_sentence() -> None:
    with pytest.raises(EmptyFile):
        read("\n \n")


def test_the_reading_can_be_watched_and_stopped() -> None:
    content = CONLLU.encode()
    seen: list[tuple[int, int]] = []
    read_conll(Source.of(content, "x.conllu", progress=lambda done, total: seen.append((done, total))))
    assert seen[-1] == (len(content), len(content))
    with pytest.raises(ReadingStopped):
        read_conll(Source.of(content, "x.conllu", cancelled=lambda: True))


WORD = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=6)


@given(
    sentences=st.lists(st.lists(st.tuples(WORD, st.booleans()), min_size=1, max_size=6), min_size=1, max_size=4),
)
def test_any_words_come_back_with_their_spaces(sentences: list[list[tuple[str, bool]]]) -> None:
    lines = []
    for sentence in sentences:
        for number, (word, spaced) in enumerate(sentence, 1):
            lines.append(f"{number}\t{word}\t_\tX\t_\t_\t_\t_\t_\t{'_' if spaced else 'SpaceAfter=No'}")
        lines.append("")
    table = read("\n".join(lines) + "\né", "x.conllu")
    assert words(table, "FORM") == [[word for word, _ in sentence] for sentence in sentences]
    assert texts(table) == [
        "".join(word + " " * spaced for word, spaced in sentence).rstrip() for sentence in sentences
    ]


@given(content=st.binary(max_size=300) | st.text(alphabet="1-.\t #\nBO_X", max_size=200).map(str.encode))
def test_whatever_is_read_is_a_table_or_a_sentence(content: bytes) -> None:
    from core.errors import DataError

    try:
        table = read_conll(Source.of(content, "x.conllu"))
    except DataError:
        return
    assert len(table.frame) == len(table.sentence) == len(table.goes_on) > 0
    assert len(table.about) == table.sentence[-1] + 1
