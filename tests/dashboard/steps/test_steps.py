"""What a visitor does on the pages from texts to training."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.data.dataset import Dataset
from core.runs.records import RunStatus
from core.training.recipes import recipe
from dashboard.steps import texts as page
from tests.dashboard.steps.conftest import Open, Shelf, said, texts


def button(test: AppTest, label: str) -> object:
    return next(each for each in test.button if each.label == label)


def metrics(test: AppTest) -> dict[str, str]:
    return {each.label: each.value for each in test.metric}


def paste(test: AppTest, content: str) -> AppTest:
    test.segmented_control(key="text_source").set_value("paste").run()
    return test.text_area(key="pasted").set_value(content).run()


def test_pasted_texts_are_counted_before_anything_is_trained(open_page: Open) -> None:
    frame = texts().frame
    lines = [f"{label}\t{text}" for text, label in zip(frame["text"], frame["label"], strict=True)]
    test = paste(open_page("texts"), "\n".join([*lines, lines[0], "yes\t "]))
    assert metrics(test)["Texts"] == "62"
    assert metrics(test)["Usable texts"] == "60"
    assert {each.label.split(":")[0] for each in test.expander} == {"Empty texts", "Repeated texts"}


def test_one_class_is_refused_with_a_sentence(open_page: Open) -> None:
    test = paste(open_page("texts"), "\n".join(f"yes\tsentence number {number}" for number in range(12)))
    assert not test.exception
    assert len(test.error) == 1
    assert not [each for each in test.button if "Train" in each.label]


def test_a_file_without_rows_is_not_taken_for_earlier_texts(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Dataset.build([], [], "header.csv", "upload: header.csv")
    monkeypatch.setitem(page.SOURCES, "sample", (page.SOURCES["sample"][0], lambda: empty))
    test = open_page("texts", data=shelf.data)
    test.segmented_control(key="text_source").set_value("sample").run()
    assert not test.exception
    assert metrics(test)["Texts"] == "0"
    assert "no texts here" in test.error[0].value
    assert not [each for each in test.button if "Train" in each.label]


def test_one_click_starts_the_recommended_training(open_page: Open, asked: list[str], shelf: Shelf) -> None:
    test = open_page("texts", data=shelf.data)
    button(test, "Train now, recommended settings").click()  # type: ignore[attr-defined]
    test.run()
    assert len(asked) == 1
    run = shelf.store.run(asked[0])
    assert run.status is RunStatus.QUEUED
    assert run.settings == recipe("recommended", "lstm", 60)
    shelf.store.delete(run.run_id)


def test_a_shorter_sequence_cuts_more_texts(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data)
    assert metrics(test)["Texts cut"] == "0"
    test.number_input(key="setting:sequence_length").set_value(3).run()
    assert metrics(test)["Texts cut"] == "60"
    assert "set" in test.query_params


def test_three_texts_are_seen_on_their_way(open_page: Open, shelf: Shelf) -> None:
    assert "the soup was" in said(open_page("prepare", data=shelf.data))


@pytest.mark.parametrize("name", ["simple_rnn", "lstm", "gru", "pooling"])
@pytest.mark.parametrize("start_from", ["recommended", "tutorial", "fast"])
def test_each_network_and_recipe_is_drawn_and_estimated(
    open_page: Open, shelf: Shelf, name: str, start_from: str
) -> None:
    test = open_page("design", data=shelf.data, architecture=name, recipe=start_from)
    assert not test.exception
    assert not test.error
    assert int(metrics(test)["Numbers to learn"].replace(",", "")) > 0


def test_settings_in_the_address_are_the_draft(open_page: Open, shelf: Shelf, asked: list[str]) -> None:
    test = open_page("design", data=shelf.data, architecture="gru", set="units=7")
    assert test.number_input(key="setting:units").value == 7
    button(test, "Start the training").click()  # type: ignore[attr-defined]
    test.run()
    settings = shelf.store.run(asked[0]).settings
    assert settings.flat()["units"] == 7
    assert settings.network.architecture == "gru"
    shelf.store.delete(asked[0])


def test_an_address_with_impossible_settings_falls_back(open_page: Open, shelf: Shelf) -> None:
    test = open_page("design", data=shelf.data, set="units=-5")
    assert not test.exception
    assert test.number_input(key="setting:units").value == recipe("recommended", "lstm").flat()["units"]
