"""Findings on the page Texts: repaired and undone by a click, kept with what is trained, and measured."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.data.dataset import Dataset
from core.data.quality import repaired
from dashboard.ui import state
from tests.core.data.quality.planted import CLEAN, TUTORIAL
from tests.dashboard.steps.conftest import Open, Shelf, said


def paste(test: AppTest, rows: list[tuple[str, str]]) -> AppTest:
    test.segmented_control(key="text_source").set_value("paste").run()
    return test.text_area(key="pasted").set_value("\n".join(f"{label}\t{text}" for text, label in rows)).run()


def texts_shown(test: AppTest) -> str:
    return next(each.value for each in test.metric if each.label == "Texts")


def titles(test: AppTest) -> list[str]:
    return [each.label for each in test.expander]


def test_a_repair_is_done_by_a_click_and_undone_by_another(open_page: Open) -> None:
    test = paste(open_page("texts"), [*TUTORIAL, ("Write to ann@example.org", "good")])
    assert not test.exception
    assert titles(test)[:2] == ["Repeated texts: 620", "E-mail addresses: 1"]
    assert [each.proto.expanded for each in test.expander][:2] == [True, False]
    test.button(key="repair_duplicates").click().run()
    assert texts_shown(test) == "21"
    assert "Repeated texts removed: 641 → 21 texts" in said(test)
    test.button(key="repair_emails").click().run()
    assert titles(test) == []
    assert r"E\-mail addresses masked: 1 text changed" in said(test)
    test.button(key="undo_0_duplicates").click().run()
    assert texts_shown(test) == "641"
    assert titles(test) == ["Repeated texts: 620"]
    test.button(key="undo_0_emails").click().run()
    assert "Repaired" not in said(test)


def test_one_button_repairs_what_needs_no_judgement(open_page: Open) -> None:
    rows = [*CLEAN, CLEAN[0], ("Un trÃ¨s bon café", "yes"), ("Un très bon café", "Yes"), ("Ask ann@example.org", "no")]
    test = paste(open_page("texts"), rows)
    test.button(key="repair_all").click().run()
    assert texts_shown(test) == "62"  # of the two coffees one is left, since both are the same now
    assert titles(test) == ["E-mail addresses: 1"]
    assert not [each for each in test.button if each.key == "repair_all"]
    test.button(key="undo_2_duplicates").click().run()
    assert texts_shown(test) == "64"


def test_nothing_is_said_of_no_texts(open_page: Open, shelf: Shelf) -> None:
    fingerprint = shelf.store.save_dataset(Dataset.build([], [], "none", "pasted"))
    shown = said(open_page("texts", data=fingerprint))
    assert "Nothing was found" not in shown
    assert "There are no texts here" in shown


def test_what_is_trained_is_the_repaired_set(open_page: Open, asked: list[str], shelf: Shelf) -> None:
    test = paste(open_page("texts"), [*CLEAN, CLEAN[0]])
    test.button(key="repair_duplicates").click().run()
    next(each for each in test.button if "Train now" in each.label).click().run()
    run = shelf.store.run(asked[0])
    stored = shelf.store.load_dataset(run.dataset_fingerprint)
    assert (len(stored), stored.repairs) == (60, ("duplicates",))
    shelf.store.delete(run.run_id)


def test_masks_are_words_of_the_reader(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.ui.quality._WORDS", {"phones": "[tel]"})
    test = paste(open_page("texts"), [*CLEAN, ("Ring 06 12 34 56 78", "no")])
    test.button(key="repair_phones").click().run()
    assert not test.exception
    assert test.session_state["repairs"].popitem()[1] == ("phones=[tel]",)


def test_stored_texts_say_how_they_were_repaired(open_page: Open, shelf: Shelf) -> None:
    rows = [*CLEAN[1:], ("", "yes")]
    dataset = repaired(Dataset.build(*map(list, zip(*rows, strict=True)), "stored", "pasted"), ["empty"])
    fingerprint = shelf.store.save_dataset(dataset)
    shown = said(open_page("texts", data=fingerprint))
    assert "Repaired before these texts were stored: Empty texts removed." in shown
    assert "Nothing was found" in shown
    shelf.store.delete_dataset(fingerprint)


def test_what_copies_do_is_measured_when_asked(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    class Here:
        def short(self, function: Any, *values: Any) -> Any:
            calls.append(function.__name__)
            return function(*values)

    monkeypatch.setattr(state, "engine", Here)
    test = paste(open_page("texts"), TUTORIAL)
    assert not calls
    next(each for each in test.button if each.label == "Measure it").click().run()
    assert calls == ["leak_scores"]
    shown = {each.label: each.value for each in test.metric}
    assert shown["On a random split of all rows"] == "100.0%"
    assert float(shown["Honestly, on texts never seen"].rstrip("%")) <= 60
    assert "of 128 test texts, 100.0% were in training, too" in said(test)


def test_an_honest_score_below_chance_is_explained() -> None:
    def show() -> None:
        import streamlit as st

        from core.evaluation.leak import LeakScores
        from dashboard.ui import copies

        honest = st.session_state["honest"]
        copies._scores(LeakScores(1.0, honest, 0.5, 1.0, 640, 20, 128, 5, sampled=False))

    for honest, told in ((0.4, True), (0.5, False)):
        test = AppTest.from_function(show)
        test.session_state["honest"] = honest
        assert ("Only more different texts help." in said(test.run())) is told


def test_a_setting_that_helps_is_made_by_a_click_undone_by_another_and_trained_with(
    open_page: Open, shelf: Shelf, asked: list[str]
) -> None:
    groups = [str(place // 3) for place in range(len(CLEAN))]
    dataset = Dataset.build(*map(list, zip(*CLEAN, strict=True)), "grouped", "pasted", group=groups)
    fingerprint = shelf.store.save_dataset(dataset)
    test = open_page("texts", data=fingerprint)
    assert titles(test) == ["Groups that a random split tears apart: 20"]
    test.button(key="remedy_split_by_group").click().run()
    assert test.session_state["draft"].changed == {"split_by": "group"}
    assert r"Divide the texts\: by group" in said(test)
    test.button(key="undo_split_by").click().run()
    assert test.session_state["draft"].changed == {}
    assert "Set for the next training" not in said(test)
    test.button(key="remedy_split_by_group").click().run()
    next(each for each in test.button if "Train now" in each.label).click().run()
    reloaded = open_page("texts", data=fingerprint, set="split_by=group")
    assert r"Divide the texts\: by group" in said(reloaded)
    next(each for each in reloaded.button if "Train now" in each.label).click().run()
    assert len(asked) == 2
    for run in map(shelf.store.run, asked):
        assert run.settings.split.split_by == "group"
        shelf.store.delete(run.run_id)
    shelf.store.delete_dataset(fingerprint)


def test_findings_about_a_preparation_are_sentences() -> None:
    def show() -> None:
        from core.data.quality import about_preparation
        from dashboard.ui import draft, quality
        from tests.core.data.quality.test_prepared import Figures

        figures = Figures(cut=3, texts=60, unknown={"validation": 0.2})
        quality.about(about_preparation(figures, draft.settings().preparation))

    test = AppTest.from_function(show).run()
    assert not test.exception
    assert titles(test) == ["Unknown words in validation", "Texts cut by the sequence length: 3"]
    test.button(key="remedy_tokens_wordpiece").click().run()
    assert "**Set for the next training**" in said(test)
    assert not [each for each in test.button if each.key == "remedy_tokens_wordpiece"]
