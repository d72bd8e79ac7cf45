"""The preparation as a file: downloaded, taken from a file or a run, and looked up on a run."""

from __future__ import annotations

from core.config import Preparation, Split
from core.text.preparation_file import PreparationFile
from dashboard.ui import prepared_run
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import metrics

OTHER = PreparationFile(Preparation(sequence_length=7, max_vocabulary=50), Split(split_by="folds", folds=3))


def test_a_file_is_shown_by_what_it_changes_and_then_used(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data)
    test.segmented_control(key="take_from").set_value("file").run()
    strange = b'{"format": 1, "preparation": {"lemmas": true}}'
    test.file_uploader(key="preparation_file").upload("preparation.json", strange).run()
    assert "lemmas" in test.error[0].value
    test.file_uploader(key="preparation_file").upload("preparation.json", OTHER.to_json().encode()).run()
    changes = next(item.value for item in test.dataframe if "After" in item.value).set_index("Setting")
    assert changes.loc["Sequence length"].tolist() == ["256", "7"]
    assert changes.loc["Divide the texts"].tolist() == ["at random", "in folds"]
    test.button(key="use_preparation").click().run()
    assert not test.exception
    assert test.number_input(key="setting:sequence_length").value == 7
    assert test.segmented_control(key="setting:split_by").value == "folds"
    assert metrics(test)["Test texts"] == "20"


def test_the_preparation_of_an_earlier_training_is_taken(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data)
    test.segmented_control(key="take_from").set_value("run").run()
    test.selectbox(key="preparation_run").set_value(shelf.run).run()
    test.button(key="use_preparation").click().run()
    assert test.number_input(key="setting:sequence_length").value == 64  # of the recipe “fast”
    assert "set here already" in said(test)


def test_a_run_shows_how_its_texts_were_divided(open_page: Open, shelf: Shelf) -> None:
    test = open_page("evaluate", run=shelf.run)
    table = next(item.value for item in test.dataframe if "Validation" in item.value)
    assert table.iloc[0].tolist() == ["All texts", "42 (70%)", "9 (15%)", "9 (15%)"]
    content = prepared_run._parts(shelf.store, shelf.store.run(shelf.run)).decode("utf-8-sig").splitlines()
    assert content[0] == "row,part,label,text"
    assert len(content) == 61
    assert content[1].startswith("1,")


def test_a_run_of_an_earlier_version_still_has_its_preparation(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(shelf.store.run(shelf.run).settings, shelf.data, "old")
    evaluation = shelf.store.load_evaluation(shelf.run)
    assert evaluation is not None
    shelf.store.save_evaluation(run_id, evaluation)
    shelf.store.save_network(run_id, shelf.store.load_network(shelf.run))
    try:
        test = open_page("evaluate", run=run_id)
        assert not test.exception
        assert not test.error
        assert all("Validation" not in item.value for item in test.dataframe)
    finally:
        shelf.store.delete(run_id)
