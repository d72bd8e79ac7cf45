"""The compiled table replaces exactly the characters that it was made for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import normalizers

from core.text.cleaning.charsmap import charsmap

# The zero character ends a text for the library's reader.
LETTER = st.characters(exclude_characters="\0", exclude_categories=["Cs"])


@given(st.dictionaries(LETTER, st.text(LETTER, min_size=1), min_size=1, max_size=60), st.lists(LETTER, max_size=60))
def test_each_character_becomes_what_the_table_says(table: dict[str, str], others: list[str]) -> None:
    normalizer = normalizers.Precompiled(charsmap(table))
    for letter in [*table, *others]:
        assert normalizer.normalize_str(letter) == table.get(letter, letter)


def test_no_other_character_is_taken_for_one_in_the_table() -> None:
    table = {chr(code): "x" for code in range(0x1F300, 0x1F650, 3)} | {"ℹ": "i", "é": "e"}
    normalizer = normalizers.Precompiled(charsmap(table))
    characters = [chr(code) for code in range(0x20, 0x20000) if not 0xD800 <= code < 0xE000]
    assert normalizer.normalize_str("\n".join(characters)) == "\n".join(table.get(each, each) for each in characters)
