"""Files in many encodings become text; what is no text is refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.decoding import EmptyFile, NotText, decode

FRENCH = "L’hôtel était très agréable, à deux pas de la forêt.\tpositif\nDéçu : le café est froid\tnégatif\n"
SAMPLES = {
    "cp1252": FRENCH,
    "iso8859-15": FRENCH.replace("’", "'"),
    "mac_roman": FRENCH,
    "cp850": FRENCH.replace("’", "'"),
    "utf-8": FRENCH,
    "utf-8-sig": FRENCH,
    "utf-16": FRENCH,
    "utf-16-le": FRENCH,
    "utf-16-be": FRENCH,
    "utf-32": FRENCH,
    "cp1250": "Młodzież lubiła żółty film, świetny\tdobry\n",
    "cp1251": "Это очень хороший фильм\tда\nплохой фильм, скучный\tнет\n",
    "cp1256": "هذا الفيلم جميل جدا\tجيد\nفيلم ممل وسيئ\tسيئ\n",
    "gb18030": "这部电影很好看，我非常喜欢\t好\n太差了，不推荐给大家\t坏\n",
    "shift_jis": "とても面白い映画でした。\tよい\nつまらない話だ\tわるい\n",
}


@pytest.mark.parametrize("encoding", SAMPLES)
def test_encodings(encoding: str) -> None:
    assert decode(SAMPLES[encoding].encode(encoding), "x.tsv")[0] == SAMPLES[encoding]


def test_line_ends_are_unified() -> None:
    assert decode(b"a\r\nb\rc\n", "x.csv") == ("a\nb\nc\n", "utf-8")


def test_a_few_broken_characters_do_not_change_the_encoding() -> None:
    text, encoding = decode(FRENCH.encode() * 20 + "é".encode("cp1252"), "x.csv")
    assert (text, encoding) == (FRENCH * 20 + "\ufffd", "utf-8")


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file(content: bytes) -> None:
    with pytest.raises(EmptyFile, match=r"“x.csv” is empty"):
        decode(content, "x.csv")


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
        b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)) * 4,
        bytes(range(256)) * 10,
    ],
)
def test_what_is_no_text(content: bytes) -> None:
    with pytest.raises(NotText, match=r"“x.csv” is not a text file"):
        decode(content, "x.csv")


@given(st.binary())
def test_any_bytes_are_text_or_refused_politely(content: bytes) -> None:
    try:
        text, _ = decode(content, "x")
    except (EmptyFile, NotText):
        return
    assert text.strip()
