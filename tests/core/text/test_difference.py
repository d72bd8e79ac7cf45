"""Two texts and what changed between them, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.text.cleaning.effects import changed, stages
from core.text.difference import Piece, difference

TEXT = st.text(st.sampled_from("ab éB.\n "), max_size=30)


def test_changed_words_are_told_apart() -> None:
    assert difference("Un <b>film</b> bon", "Un film bon") == [
        Piece("same", "Un "),
        Piece("removed", "<b>"),
        Piece("same", "film"),
        Piece("removed", "</b>"),
        Piece("same", " bon"),
    ]
    assert difference("a", "b") == [Piece("removed", "a"), Piece("added", "b")]
    assert difference("", "") == []


@given(TEXT, TEXT)
def test_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_effects_are_counted_step_by_step() -> None:
    steps = ["lowercase", "-spaces", "lowercase", "replace:a=>b"]
    assert stages(steps, "A  c") == ["a  c", "a  c", "a  c", "b  c"]
    assert changed(steps, ["A", "a", "c"]) == [1, 0, 0, 2]
