"""The tabs *Tokens* and *Length* of the page Prepare: what a choice does is seen at once."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from core.text.vector_shelf import VectorShelf
from dashboard.ui import draft
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button, metrics

VECTORS = b"soup 1 2 3\nfilm 4 5 6\nelsewhere 7 8 9\n"


@pytest.fixture
def no_vectors(shelf: Shelf) -> Iterator[None]:
    yield
    for path in (shelf.home / "vectors").glob("*"):
        path.unlink()


@pytest.mark.parametrize(
    ("kind", "language"), [("words", "fr"), ("characters", "en"), ("bpe", "fr"), ("wordpiece", "en")]
)
def test_every_way_of_cutting_is_shown(open_page: Open, shelf: Shelf, kind: str, language: str) -> None:
    test = open_page("prepare", language, data=shelf.data, set=[f"tokens={kind}", "max_vocabulary=40"])
    assert not test.exception
    assert not test.error
    assert ":blue-background[" in said(test)
    assert (r":blue-background[\#\#" in said(test)) is (kind in ("bpe", "wordpiece"))


def test_the_vocabulary_tells_what_it_keeps(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data)
    assert "21 of 21" in said(test)
    test.number_input(key="setting:max_vocabulary").set_value(4).run()
    assert "4 of 21" in said(test)
    assert [each.label for each in test.expander if "unknown words" in each.label] == [
        f"{len(unknown_of(test))} unknown words in the validation texts"
    ]


def unknown_of(test: object) -> list[str]:
    return next(list(each.value["Token"]) for each in test.dataframe if "Token" in each.value)  # type: ignore[attr-defined]


def test_the_vocabulary_can_be_searched(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data)
    test.text_input(key="search_vocabulary").set_value("SOU").run()
    found = next(each.value for each in test.dataframe if "Number" in each.value)
    assert list(found["Token"]) == ["soup"]
    test.text_input(key="search_vocabulary").set_value("nowhere").run()
    assert "nowhere" in said(test)


def test_the_suggested_length_is_one_click(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data)
    button(test, "Use 4").click()  # type: ignore[attr-defined]
    test.run()
    assert test.number_input(key="setting:sequence_length").value == 4
    assert metrics(test)["Texts cut"] == "0"
    assert not [each for each in test.button if each.label.startswith("Use ")]


def test_cutting_and_padding_are_seen(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data, set="sequence_length=6")
    assert "4 tokens, filled up to 6" in said(test)
    row = next(each.value for each in test.markdown if "gray-background" in each.value)
    assert row.endswith(":gray-background[0] :gray-background[0]")
    test.segmented_control(key="setting:padding").set_value("left").run()
    assert next(each.value for each in test.markdown if "gray-" in each.value).startswith(":gray-background[0]")
    test.toggle(key="setting:mask_padding").set_value(False).run()
    assert ":violet-background[0]" in said(test)
    test.number_input(key="setting:sequence_length").set_value(3).run()
    assert "4 tokens, cut to 3" in said(test)
    assert ":red-background[" in said(test)
    assert any("Tokens lost" in each.value for each in test.dataframe)


@pytest.mark.usefixtures("no_vectors")
def test_vectors_are_given_chosen_and_left_again(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data)
    usual = 64
    test.file_uploader(key="vectors_file").upload("mini.vec", VECTORS).run()
    assert not test.exception
    assert not test.error
    (entry,) = VectorShelf(shelf.home).entries()
    assert (entry.name, entry.words, entry.of, entry.dimension) == ("mini.vec", 2, 3, 3)
    chosen = test.session_state["draft"].settings()
    assert chosen.preparation.vectors == entry.fingerprint
    assert chosen.flat()["embedding_dim"] == 3
    assert metrics(test)["Tokens with a given vector"] == "9.5%"
    assert any("the" in list(each.value.iloc[:, 0]) for each in test.dataframe)
    test.toggle(key="setting:freeze_embedding").set_value(True).run()
    assert test.session_state["draft"].settings().flat()["freeze_embedding"]
    test.selectbox(key=f"{draft.WIDGET}vectors").set_value("").run()
    assert test.session_state["draft"].settings().preparation.vectors == ""
    assert test.session_state["draft"].settings().flat()["embedding_dim"] == usual


@pytest.mark.usefixtures("no_vectors")
def test_a_file_that_is_no_vectors_is_told(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data)
    test.file_uploader(key="vectors_file").upload("mine.kv", pickle.dumps([1.0])).run()
    assert not test.exception
    assert "gensim" in test.error[0].value
    assert VectorShelf(shelf.home).entries() == []


def test_vectors_that_are_gone_are_told(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data, set="vectors=0123456789abcdef-3")
    assert not test.exception
    assert "not on this computer" in test.error[0].value
