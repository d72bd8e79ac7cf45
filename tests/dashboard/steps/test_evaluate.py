"""The page of scores: numbers with their ranges, the texts behind a confusion, and parts of the texts."""

from __future__ import annotations

import pandas as pd
import pytest
import streamlit as st

from core.evaluation.kept_slices import KeptSlice, KeptSlices
from core.runs import jobs
from core.runs.records import RunStatus
from core.settings import Settings
from dashboard.ui import longjobs, run_list, ways
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button


def test_every_score_has_its_range_beside_the_simpler_methods(open_page: Open, shelf: Shelf) -> None:
    test = open_page("evaluate", run=shelf.run)
    assert not test.exception
    table = test.dataframe[0].value
    assert table.iloc[0, 0] == "Accuracy"
    assert " to " in table.iloc[0, 1]
    assert {"Matthews' coefficient", "Log loss", "ROC area"} <= set(table["Score"])
    test.selectbox(key=f"score_of_{shelf.run}").select("macro_f1").run()
    assert not test.exception
    assert "F1 (macro)" in test.selectbox(key=f"score_of_{shelf.run}").options
    assert "High only where precision and recall both are" in said(test)


def test_the_texts_behind_a_confusion_can_be_chosen_without_a_mouse(open_page: Open, shelf: Shelf) -> None:
    test = open_page("evaluate", run=shelf.run)
    evaluation = shelf.store.load_evaluation(shelf.run)
    assert evaluation is not None
    first = evaluation.predictions.iloc[0]
    for name, value in {"confused_true": first["label"], "confused_answer": first["predicted"]}.items():
        test.selectbox(key=f"{name}_{shelf.run}").select(value)
    test.run()
    cell = evaluation.predictions[["label", "predicted"]].eq(first[["label", "predicted"]]).all(axis=1)
    assert f"of the class “{first['label']}” w" in said(test)
    tables = [set(each.value["Text"]) for each in test.dataframe if "Text" in each.value]
    assert set(evaluation.predictions.loc[cell, "text"]) in tables


def test_parts_of_few_texts_are_said_to_tell_nothing(open_page: Open, shelf: Shelf) -> None:
    test = open_page("evaluate", run=shelf.run)
    for way, expected in (("length", "3 to 4 words"), ("unknown", "no unknown word")):
        test.selectbox(key=f"slices_by_{shelf.run}").select(way).run()
        assert not test.exception
        assert "Too few texts to say anything" in test.warning[-1].value, expected
    test.selectbox(key=f"slices_by_{shelf.run}").select("word").run()
    assert "Write a word" in said(test)
    test.text_input(key="slice_find").set_value("was").run()
    assert "with was" in test.warning[-1].value.replace("“", "").replace("”", "")
    test.selectbox(key="slice_kind").select("pattern")
    test.text_input(key="slice_find").set_value("(a+)+").run()
    assert "very many ways" in test.error[0].value


def test_how_it_answers_is_chosen_kept_and_used(open_page: Open, shelf: Shelf) -> None:
    test = open_page("evaluate", run=shelf.run)
    assert "Is it as right as it is sure?" in said(test)
    next(each for each in test.toggle if each.label == "Correct how sure it is").set_value(True)
    next(each for each in test.toggle if each.label == "Draw the line there").set_value(True)
    next(each for each in test.slider if each.label == "At least so sure").set_value(99).run()
    assert not test.exception
    button(test, "Answer so from now on").click().run()
    assert not test.exception
    kept = shelf.store.load_answering(shelf.run)
    assert kept.temperature != 1
    assert kept.threshold is not None
    assert kept.least == 0.99
    use = open_page("use", run=shelf.run)
    use.text_area[0].set_value("the lamp was awful").run()
    assert "does not know" in said(use)
    answers = jobs.predict_file(
        shelf.run, pd.DataFrame({"t": ["the lamp was awful"]}), "t", Settings.from_environment()
    )
    assert answers["predicted"].tolist() == ["?"]
    button(open_page("evaluate", run=shelf.run), "Back to usual").click().run()
    assert shelf.store.load_answering(shelf.run).usual


def test_a_part_is_kept_and_follows_into_comparisons(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = open_page("evaluate", run=shelf.run)
    test.selectbox(key=f"slices_by_{shelf.run}").select("word").run()
    test.text_input(key="slice_find").set_value("was").run()
    button(test, "Keep it").click().run()
    assert not test.exception
    kept = KeptSlices(shelf.home, shelf.data)
    assert kept.all() == [KeptSlice("word", "was")]
    test.selectbox(key=f"slices_by_{shelf.run}").select("kept").run()
    assert not test.exception
    monkeypatch.setattr(run_list, "table", lambda *_args, **_: [shelf.store.run(shelf.run)])
    compare = open_page("compare")
    assert "On the parts that you kept" in said(compare)
    assert "Too few texts to say anything" in compare.warning[0].value
    test.button(key="forget_slice_0").click().run()
    assert kept.all() == []


def test_wrong_labels_are_looked_for_corrected_and_learned_from_anew(
    open_page: Open, shelf: Shelf, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = shelf.store.load_dataset(shelf.data)
    row = {"row": 4, "text": dataset.texts[4], "label": dataset.labels[4], "better": "no", "sure": 0.9}
    found = pd.DataFrame([row])
    monkeypatch.setattr(longjobs, "answer", lambda kind, **_what: found if kind == "label_errors" else None)
    went: list[str] = []
    monkeypatch.setattr(ways, "go", went.append)
    test = open_page("evaluate", run=shelf.run)
    button(test, "Look for wrong labels").click().run()
    assert not test.exception
    assert "1 label is in doubt" in said(test)
    assert button(test, "Correct 0 labels and train again").disabled
    edited = found.rename(columns={"better": "Rather", "text": "Text", "label": "Label", "sure": "How sure"})
    monkeypatch.setattr(st, "data_editor", lambda *_, **__: edited.assign(Correct=True))
    test = test.run()
    button(test, "Correct 1 label and train again").click().run()
    assert not test.exception
    assert went == ["train"]
    made = shelf.store.run(asked[-1])
    assert shelf.store.load_dataset(made.dataset_fingerprint).labels[4] == "no"
    assert made.settings == shelf.store.run(shelf.run).settings
    shelf.store.delete(made.run_id)


def test_few_texts_are_cross_validated(open_page: Open, shelf: Shelf, asked: list[str]) -> None:
    test = open_page("evaluate", run=shelf.run)
    assert "With 60 texts in all, only 9 judge the network" in said(test)
    test.number_input(key=f"folds_{shelf.run}").set_value(3).run()
    button(test, "Cross-validate").click().run()
    assert not test.exception
    runs = [run for run in shelf.store.runs() if "folds_of" in run.tags]
    assert [run.settings.split.fold for run in reversed(runs)] == [1, 2, 3]
    assert len(asked) == 1
    assert "0 of 3 are trained" in "".join(str(each.text) for each in test.get("progress"))
    evaluation = shelf.store.load_evaluation(shelf.run)
    assert evaluation is not None
    for run in runs:
        shelf.store.save_evaluation(run.run_id, evaluation)
        shelf.store.set_status(run.run_id, RunStatus.FINISHED)
    again = open_page("evaluate", run=shelf.run)
    assert "texts judged once: right" in said(again)
    for run in runs:
        shelf.store.delete(run.run_id)
