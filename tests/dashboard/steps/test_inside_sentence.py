"""The views of one sentence, on a run of the shelf."""

from __future__ import annotations

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
