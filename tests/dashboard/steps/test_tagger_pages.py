"""Every step of the way with tagged sentences: from Texts to Use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.data.dataset import Dataset
from core.runs import jobs
from core.settings import Settings
from core.training.recipes import recipe
from dashboard.ui import run_list
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import metrics


def sentences() -> Dataset:
    """48 sentences with names of two places; tags mark spans."""
    words, tags = [], []
    for number in range(48):
        words.append(f"il\tdort\tà\tNom{number % 7}\tSud{number % 5}" + ("\t." if number % 2 else ""))
        tags.append("O\tO\tO\tB-LOC\tI-LOC" + ("\tO" if number % 2 else ""))
    texts = [f"{row.replace(chr(9), ' ')} {number}" for number, row in enumerate(words)]
    return Dataset.build(texts, None, "places", "pasted", words=words, tags=tags)


@pytest.fixture(scope="module")
def tagger(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """A data set of tagged sentences and a run of it."""
    settings = Settings(shelf.home, f"sqlite:///{shelf.home.as_posix()}/runs.db", None, 2, 60)
    data = shelf.store.save_dataset(sentences())
    told = recipe("fast", "gru", 48, "tagging").with_values({"units": 4, "epochs": 3})
    run_id = shelf.store.create_run(told, data, "A <b>tagger</b>")
    jobs.train_run(run_id, settings)
    jobs.references_run(run_id, settings)
    yield data, run_id
    shelf.store.delete(run_id)


def test_what_does_not_apply_is_not_shown(open_page: Open, tagger: tuple[str, str]) -> None:
    prepare = open_page("prepare", data=tagger[0])
    assert not prepare.exception
    shown = {element.key for kind in (prepare.segmented_control, prepare.toggle) for element in kind}
    assert not {f"setting:{name}" for name in ("tokens", "padding", "truncation", "mask_padding")} & shown
    assert "each of them is one token" in said(prepare)
    design = open_page("design", data=tagger[0])
    assert not design.exception
    assert "setting:reads" in {element.key for element in design.segmented_control}
    assert "pooling" not in design.segmented_control(key="architecture").options
    assert "setting:read_out" not in {element.key for element in design.segmented_control}


def test_a_click_trains_a_tagger(open_page: Open, shelf: Shelf, tagger: tuple[str, str], asked: list[str]) -> None:
    launch_page = open_page("design", data=tagger[0])
    launch_page.button(key="start_training").click().run()
    assert len(asked) == 1
    assert shelf.store.run(asked[0]).settings.task == "tagging"
    shelf.store.delete(asked[0])


def test_scores_of_words_and_spans(open_page: Open, tagger: tuple[str, str]) -> None:
    test = open_page("evaluate", run=tagger[1])
    assert not test.exception
    assert list(metrics(test)) == ["F1 of spans", "Accuracy", "Precision of spans", "Recall of spans"]
    assert [tab.label for tab in test.tabs] == ["Spans", "Tags", "Confusions", "Mistakes"]
    text = said(test)
    assert "test sentences that it had never seen" in text
    assert "each word's most frequent tag" in text
    assert "logistic regression on words and endings" in text


def test_inside_and_use(open_page: Open, tagger: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    inside = open_page("look_inside", run=tagger[1])
    assert not inside.exception
    inside.text_area[0].set_value("il <b>dort</b>").run()
    assert not inside.exception
    assert r"\<" in said(inside)
    inside.selectbox(key="inside_word").set_value(1).run()
    assert r"Every tag that it held possible for “<”" in said(inside).replace("\\", "")
    inside.text_area[0].set_value(" ").run()
    assert "Type a sentence" in said(inside)
    use = open_page("use", run=tagger[1])
    use.text_area[0].set_value("il dort à Nom1").run()
    assert not use.exception
    assert use.dataframe[0].value["Word"].tolist() == ["il", "dort", "à", "Nom1"]


VIEWS = [
    ("sentence", "gates"), ("sentence", "path"), ("sentence", "counted"),
    ("if", "edits"), ("beside", "sentences"), ("beside", "runs"),
    ("if", "surgery"), ("whole", "vectors"), ("whole", "units"), ("whole", "distance"),
    ("learned", "epochs"),
]  # fmt: skip


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("group", "view"), VIEWS)
def test_every_view_of_a_tagger(open_page: Open, tagger: tuple[str, str], group: str, view: str) -> None:
    page = looked_at(open_page, tagger[1], group, view)
    if view == "distance":
        page.button(key="fading_ask").click().run()
        assert not page.exception
        assert "that of the tag of each sentence’s last word" in said(page)
        assert "No epochs were kept" not in said(page)
    texts = "\n".join(said(page).splitlines())
    for place in reversed(range(len(page.text_area))):
        page.text_area[place].set_value("").run()
        assert not page.exception
        assert not page.error
    assert {
        "gates": "Choose a word and a unit", "counted": "gradients are complete", "edits": "The smallest edit",
        "path": "training sentences, by their tag", "sentences": "Top: how sure",
        "runs": "no second trained run that does the same", "surgery": "Nothing is operated on yet",
        "vectors": "has the colour of a tag", "epochs": "4 epochs are kept with this training",
        "units": "the word’s tag, reached", "distance": "single words were swapped for other words of these sentences",
    }[view] in texts  # fmt: skip


@pytest.mark.usefixtures("in_process")
def test_what_a_tagger_does_not_have_is_said(open_page: Open, tagger: tuple[str, str]) -> None:
    page = open_page("look_inside", run=tagger[1])
    page.session_state["inside_whole"] = "order"  # as a run of another task left it
    page.segmented_control(key="inside_group").set_value("whole").run()
    assert not page.exception
    assert not page.error
    assert "Its own word moves it by" in said(page)
    assert "Word order is not tried by shuffling" in said(page)
    assert not [pills for pills in page.button_group if "Word order" in pills.options]


def test_the_very_sum_and_surgery_of_a_tagger(open_page: Open, tagger: tuple[str, str]) -> None:
    page = looked_at(open_page, tagger[1], "sentence", "gates")
    page.selectbox(key="inside_word").set_value(1).run()
    page.selectbox(key="inside_unit").set_value(2).run()
    assert "State = update gate × state before" in said(page)
    page = looked_at(open_page, tagger[1], "if", "surgery")
    page.multiselect[0].set_value([0, 1, 2, 3]).run()
    assert not page.exception
    assert "test sentences" in said(page)
    assert page.metric[0].value.endswith("%")


def looked_at(open_page: Open, run: str, group: str, view: str) -> AppTest:
    page = open_page("look_inside", run=run)
    page.segmented_control(key="inside_group").set_value(group).run()
    if view and (pills := [pill for pill in page.button_group if pill.key == f"inside_{group}"]):
        pills[0].set_value(view).run()
    assert not page.exception
    return page


def test_the_training_and_its_place_among_others(
    open_page: Open, shelf: Shelf, tagger: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    train = open_page("train", run=tagger[1])
    assert not train.exception
    assert "words of sentences that it had never seen" in said(train)
    monkeypatch.setattr(run_list, "table", lambda runs, **_: [shelf.store.run(each) for each in (tagger[1], shelf.run)])
    compare = open_page("compare")
    assert not compare.exception
    assert "is left out: it does another task than" in said(compare)


def test_a_file_comes_back_with_tags(shelf: Shelf, tagger: tuple[str, str]) -> None:
    settings = Settings(shelf.home, f"sqlite:///{shelf.home.as_posix()}/runs.db", None, 2, 60)
    lines = jobs.tag_file(tagger[1], b"text,other\nil dort,1\n", "x.csv", settings).splitlines()
    assert [line.split("\t")[0] for line in lines] == ["il", "dort", ""]
    words = jobs.tag_file(tagger[1], b"il X\n\nelle Y\n", "x.conll", settings).splitlines()
    assert [line.split("\t")[0] for line in words] == ["il", "", "elle", ""]


def test_texts_lead_on(open_page: Open, shelf: Shelf, tagger: tuple[str, str], asked: list[str]) -> None:
    test = open_page("texts", data=tagger[0])
    assert not test.exception
    next(button for button in test.button if "Train now" in button.label).click().run()
    assert shelf.store.run(asked[0]).settings.task == "tagging"
    shelf.store.delete(asked[0])
