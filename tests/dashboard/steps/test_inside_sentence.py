"""The views of one sentence, on a run of the shelf."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.steps.conftest import Open, Shelf, said

TEXT = "the soup was awful but the room was lovely"


def opened(open_page: Open, shelf: Shelf, view: str = "one", text: str = TEXT, language: str = "en") -> AppTest:
    page = open_page("look_inside", language, run=shelf.run)
    if view != "one":
        page.pills(key="inside_sentence").set_value(view).run()
    page.text_area[0].set_value(text).run()
    assert not page.exception
    return page


def titles(page: AppTest) -> list[str]:
    return [chart.proto.alt for chart in page.get("plotly_chart")]


def test_a_word_and_a_unit_are_followed_by_all_that_is_shown(open_page: Open, shelf: Shelf) -> None:
    page = opened(open_page, shelf)
    before = len(titles(page))
    page.selectbox(key="inside_unit").set_value(2).run()
    page.selectbox(key="inside_word").set_value(3).run()
    assert not page.exception
    after = titles(page)
    assert len(after) == before + 2
    assert any("Unit 3 along the sentence" in alt for alt in after)
    assert any("Every unit after “awful”" in alt for alt in after)


def test_a_word_of_a_longer_text_is_forgotten(open_page: Open, shelf: Shelf) -> None:
    page = opened(open_page, shelf)
    page.selectbox(key="inside_word").set_value(8).run()
    page.text_area[0].set_value("one").run()
    assert not page.exception
    assert page.selectbox(key="inside_word").value is None


def test_units_stand_in_three_orders(open_page: Open, shelf: Shelf) -> None:
    page = opened(open_page, shelf)
    for order in ("alike", "answer", "as_is"):
        page.segmented_control(key="inside_order").set_value(order).run()
        assert not page.exception
        assert any("Heat map of 4 units" in alt for alt in titles(page))


def test_odd_sentences_are_read_too(open_page: Open, shelf: Shelf) -> None:
    page = opened(open_page, shelf, text="zzz qqq xxx")
    assert "3 words (marked °) are unknown" in said(page)
    page.text_area[0].set_value("   ").run()
    assert not page.exception
    assert "Type a sentence" in said(page)
    page.text_area[0].set_value("awful " * 900).run()
    assert not page.exception


def test_a_shorter_text_is_shown_from_where_it_can(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.ui.inside.chosen.STRETCH", 5)
    page = opened(open_page, shelf, text="awful " * 5_000)
    along = page.slider(key="inside_stretch")
    assert along.max + 4 == shelf.store.run(shelf.run).settings.preparation.sequence_length
    along.set_value(along.max).run()
    page.text_area[0].set_value("awful " * 8).run()
    assert not page.exception
    assert page.slider(key="inside_stretch").value == 4


def test_the_gates_and_the_very_sum_of_a_unit(open_page: Open, shelf: Shelf) -> None:
    page = opened(open_page, shelf, "gates")
    assert "Choose a word and a unit" in said(page)
    page.selectbox(key="inside_word").set_value(3).run()
    page.selectbox(key="inside_unit").set_value(1).run()
    assert not page.exception
    assert list(page.dataframe[0].value["gate"]) == ["Update gate", "Reset gate", "Candidate"]
    assert "State = update gate × state before" in said(page)
    for gate in ("update", "candidate"):
        page.segmented_control(key="inside_gate_3").set_value(gate).run()
        assert not page.exception
    assert any("Candidate" in alt for alt in titles(page))


@pytest.mark.usefixtures("in_process")
def test_the_way_of_the_memory(open_page: Open, shelf: Shelf) -> None:
    page = opened(open_page, shelf, "path")
    assert any("Path of 9 words" in alt for alt in titles(page))
    assert "training texts" in said(page)


@pytest.mark.usefixtures("in_process")
def test_what_counted_with_the_check_of_completeness(open_page: Open, shelf: Shelf) -> None:
    page = opened(open_page, shelf, "counted")
    assert "Checked: integrated gradients are complete" in said(page)
    assert "The three ways" in said(page)
    assert len(titles(page)) == 1


@pytest.mark.usefixtures("in_process")
def test_words_that_push_on_the_test_texts(open_page: Open, shelf: Shelf) -> None:
    page = open_page("look_inside", run=shelf.run)
    page.segmented_control(key="inside_group").set_value("whole").run()
    page.pills(key="inside_whole").set_value("pushes").run()
    assert not page.exception
    assert "test texts" in said(page)


def what_if(open_page: Open, shelf: Shelf, view: str) -> AppTest:
    page = open_page("look_inside", run=shelf.run)
    page.segmented_control(key="inside_group").set_value("if").run()
    page.pills(key="inside_if").set_value(view).run()
    page.text_area[0].set_value(TEXT).run()
    assert not page.exception
    return page


def test_surgery_changes_verdicts_and_accuracy_at_once_and_is_undone(open_page: Open, shelf: Shelf) -> None:
    page = what_if(open_page, shelf, "surgery")
    assert "Nothing is operated on yet." in said(page)
    page.multiselect[0].set_value([0, 1, 2, 3]).run()
    assert not page.exception
    assert "on 9 test texts" in said(page).replace("On 9", "on 9")
    assert "The strongest value, 0" in next(alt for alt in titles(page) if "Heat map" in alt)
    page.selectbox(key=f"surgery_gate_{shelf.run}_").set_value("update").run()
    page.selectbox(key=f"surgery_forget_{shelf.run}").set_value(3).run()
    assert not page.exception
    next(button for button in page.button if button.label == "Undo all").click().run()
    assert not page.exception
    assert "Nothing is operated on yet." in said(page)
    assert page.multiselect[0].value == []


@pytest.mark.usefixtures("in_process")
def test_other_words_beside_the_sentence_and_the_smallest_edit(open_page: Open, shelf: Shelf) -> None:
    page = what_if(open_page, shelf, "edits")
    page.selectbox(key="inside_edit_word").set_value(2).run()
    page.button(key="inside_edit_double").click().run()
    assert page.text_area[1].value == "the soup was was awful but the room was lovely"
    page.text_input(key="inside_edit_new").set_value("is").run()
    page.button(key="inside_edit_replace").click().run()
    assert page.text_area[1].value == "the soup is was awful but the room was lovely"
    page.button(key="inside_edit_reset").click().run()
    assert page.text_area[1].value == TEXT
    # What the pictures are is said, as in every view.
    assert "how probable each answer would be if the text ended at that word" in said(page)
    assert "Bottom: the length of the whole memory" in said(page)
    page.button(key="inside_search").click().run()
    assert not page.exception
    assert "texts were tried" in said(page) or "holds to it" in said(page)
    if looks := [button for button in page.button if button.label == "Look at it"]:
        looks[0].click().run()
        assert page.text_area[1].value != TEXT
        assert "The answer turns from" in said(page)


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("group", "view"),
    [("sentence", "gates"), ("sentence", "path"), ("sentence", "counted"), ("if", "edits"), ("if", "surgery")],
)
def test_every_view_bears_odd_sentences(open_page: Open, shelf: Shelf, group: str, view: str) -> None:
    page = open_page("look_inside", run=shelf.run)
    page.segmented_control(key="inside_group").set_value(group).run()
    page.pills(key=f"inside_{group}").set_value(view).run()
    for text in ("awful", "zzz", "!", "  "):
        page.text_area[0].set_value(text).run()
        assert not page.exception
        assert not page.error
