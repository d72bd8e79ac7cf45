"""The tab *Cleaning*: steps are added, moved, switched off and taken away, and are seen at work on texts."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui import i18n
from dashboard.ui.prepare.replacing import edited_rows
from tests.dashboard.steps.conftest import Open, Shelf, said


def steps(test: AppTest) -> list[str]:
    """The cleaning in the address, where a refresh finds it."""
    told = test.query_params.get("set", [])
    found = [text for text in ([told] if isinstance(told, str) else told) if text.startswith("cleaning=")]
    return found[0].removeprefix("cleaning=").split(",") if found else []


@pytest.fixture
def page(open_page: Open, shelf: Shelf) -> AppTest:
    return open_page("prepare", data=shelf.data, set="cleaning=html,lowercase,spaces")


def test_steps_are_moved_switched_off_and_taken_away(page: AppTest) -> None:
    page.button(key="cleaning_down_0").click().run()
    assert steps(page) == ["lowercase", "html", "spaces"]
    page.toggle(key="cleaning_on_1").set_value(False).run()
    assert steps(page) == ["lowercase", "-html", "spaces"]
    assert not page.toggle(key="cleaning_on_1").value
    assert "Switched off." in said(page)
    page.button(key="cleaning_up_2").click().run()
    page.button(key="cleaning_away_0").click().run()
    assert steps(page) == ["spaces", "-html"]
    assert page.button(key="cleaning_up_0").disabled
    assert page.button(key="cleaning_down_1").disabled
    assert not page.exception


def test_an_added_step_comes_to_its_usual_place_with_its_options(page: AppTest) -> None:
    page.selectbox(key="cleaning_add").select("emoji").run()
    assert steps(page) == ["html", "emoji", "lowercase", "spaces"]
    assert page.selectbox(key="cleaning_add").value is None
    page.selectbox(key="cleaning_option_1").select("name-fr").run()
    assert steps(page) == ["html", "emoji:name-fr", "lowercase", "spaces"]


def test_stop_words_warn_of_negations(page: AppTest) -> None:
    page.selectbox(key="cleaning_add").select("stop_words").run()
    assert steps(page) == ["html", "lowercase", "stop_words:en", "spaces"]
    assert "“never”" in page.warning[0].value
    page.toggle(key="cleaning_stop_2_negations").set_value(True).run()
    assert steps(page)[2] == "stop_words:en;-negations"
    assert not page.warning
    page.text_area(key="cleaning_stop_2_added").set_value("Soup, tables; d’un coup").run()
    assert steps(page)[2] == "stop_words:en;+soup;+tables;+d'un coup;-negations"
    page.button_group(key="cleaning_stop_2_languages").set_value(["fr"]).run()
    assert steps(page)[2] == "stop_words:fr;+soup;+tables;+d'un coup;-negations"


def test_a_list_in_another_language_starts_from_its_words(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "language", lambda: "fr")  # AppTest formats choices outside of the page's run
    page = open_page("prepare", "fr", data=shelf.data, set="cleaning=")
    page.selectbox(key="cleaning_add").select("stop_words").run()
    assert steps(page) == ["stop_words:fr"]


def test_what_changed_is_marked_in_a_text_that_is_typed(page: AppTest) -> None:
    page.text_input(key="cleaning_typed").set_value("<b>Good</b>  [x](y) ~~").run()
    shown = next(each.value for each in page.markdown if "background" in each.value)
    assert ":red-background[~~\\<b\\>Good\\</b\\>~~]" in shown
    assert ":green-background[**good**]" in shown
    assert "\\[x\\]\\(y\\) \\~\\~" in shown
    page.selectbox(key="cleaning_which").select(1).run()
    shown = next(each.value for each in page.markdown if "background" in each.value)
    assert "~~Good~~" in shown
    assert "b\\>" not in shown
    page.button(key="cleaning_away_1").click().run()
    assert page.selectbox(key="cleaning_which").value == 1
    page.button(key="cleaning_away_1").click().run()
    assert page.selectbox(key="cleaning_which").value == -1


def test_training_texts_are_chosen_and_each_step_says_how_many_it_changes(page: AppTest) -> None:
    assert "Changes 0 of 45 texts." in said(page)
    page.number_input(key="cleaning_first_text").set_value(45).run()
    page.button(key="cleaning_shuffle").click().run()
    assert 1 <= page.number_input(key="cleaning_first_text").value <= 45
    assert "Nothing changes in this text." in said(page)
    page.selectbox(key="cleaning_add").select("stop_words").run()
    assert "Changes 45 of 45 texts." in said(page)


def test_rules_come_from_the_address_and_stay(open_page: Open, shelf: Shelf) -> None:
    page = open_page("prepare", data=shelf.data, set="cleaning=replace:the=>THE;/[aeiou]/=>")
    assert not page.exception
    assert not page.error
    page.text_input(key="cleaning_typed").set_value("the end").run()
    shown = next(each.value for each in page.markdown if "background" in each.value)
    assert "~~the~~]:green-background[**THE**] :red-background[~~end~~]:green-background[**nd**]" in shown


def test_an_address_with_a_dangerous_rule_is_not_taken(open_page: Open, shelf: Shelf) -> None:
    page = open_page("prepare", data=shelf.data, set="cleaning=replace:/(a+)+$/=>x")
    assert not page.exception
    assert steps(page) == []


def test_what_the_editor_reports_becomes_rows() -> None:
    rows = [{"find": "a", "write": "b", "kind": "text"}, {"find": "c", "write": "d", "kind": "text"}]
    changes = {"edited_rows": {0: {"write": "x"}}, "deleted_rows": [1], "added_rows": [{"find": "e"}]}
    assert edited_rows(rows, changes) == [{"find": "a", "write": "x", "kind": "text"}, {"find": "e"}]


def test_a_rule_that_is_not_right_yet_goes_where_its_step_goes(open_page: Open, shelf: Shelf) -> None:
    page = open_page("prepare", data=shelf.data, set="cleaning=lowercase,replace:the=>THE,spaces")
    # Left unfinished, and the page left: the editor is gone, what was typed is noted.
    unfinished = {"find": "(a", "write": "", "kind": "pattern"}
    noted = {1: {"option": "the=>THE", "rows": [], "now": [unfinished], "key": "an editor that is gone"}}
    page.session_state["cleaning_notes"] = noted
    page.run()
    assert len(page.error) == 1
    page.button(key="cleaning_up_1").click().run()
    page.selectbox(key="cleaning_add").select("html").run()
    page.button(key="cleaning_away_2").click().run()
    assert steps(page) == ["html", "replace:the=>THE", "spaces"]
    assert len(page.error) == 1
    (kept,) = page.session_state["cleaning_notes"].values()
    assert kept["now"] == [unfinished]
    assert list(page.session_state["cleaning_notes"]) == [1]
