"""The whole way as a user goes it, in both languages: from pasted texts to a network taken home."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from core.evaluation import contrast
from core.evaluation.references import REFERENCES
from core.evaluation.said import between
from core.runs.records import RunStatus
from tests.browser.server import App
from tests.browser.texts import pasted
from tests.browser.visitor import Visitor


@pytest.mark.parametrize("locale", ["fr-FR", "en-US"])
def test_from_pasted_texts_to_a_network_taken_home(app: App, browse: Callable[..., Page], locale: str) -> None:
    visitor = Visitor(browse("/", locale=locale), locale[:2])
    _paste(visitor)
    _prepare(visitor)
    _design(visitor)
    first = _train(visitor, app)
    _evaluate(visitor, app, first)
    _look_inside(visitor)
    _use(visitor)
    second = _train_pooling(visitor)
    assert second != first
    _compare(visitor)
    _rename_repeat_delete(visitor, app, second)


def _paste(visitor: Visitor) -> None:
    visitor.is_at("What does a network remember of a sentence?")
    visitor.follow("Use my own texts")
    visitor.is_at("Texts")
    visitor.choose("Paste")
    # The two visitors' texts differ: equal ones are kept once, under the name that they had first.
    texts = pasted(f" ({visitor.language})")
    visitor.write("One text per line, with its label before or after a tab", f"{texts}\n{texts.splitlines()[0]}")
    expect(visitor.figure("Texts")).to_have_text("61")
    expect(visitor.figure("Usable texts")).to_have_text("60")
    expect(visitor.figure("Classes")).to_have_text("2")
    visitor.sees("Repeated texts")
    visitor.press("Prepare step by step")


def _prepare(visitor: Visitor) -> None:
    visitor.is_at("Prepare")
    expect(visitor.figure("Training texts")).to_have_text("45")
    expect(visitor.figure("Texts cut")).to_have_text("0")
    visitor.turn_to("Length")
    visitor.set("sequence_length", "Sequence length", 3)
    expect(visitor.figure("Texts cut")).to_have_text("60")
    visitor.sees("Padded to {length}", length=3)
    visitor.set("sequence_length", "Sequence length", 16)
    expect(visitor.figure("Texts cut")).to_have_text("0")
    visitor.follow("Design the network")


def _design(visitor: Visitor) -> None:
    visitor.is_at("Design")
    visitor.choose("GRU")
    expect(visitor.chart("drawing")).to_contain_text("GRU")
    visitor.set("units", "Units", 8)
    visitor.set("batch_size", "Batch size", 1)
    visitor.set("epochs", "Epochs", 1_000)
    name = visitor.page.get_by_role("textbox", name=visitor.word("Name of this training"))
    name.fill("My *first* GRU")
    name.press("Enter")
    # Another network kept the preparation that was chosen before.
    assert {"units=8", "batch_size=1", "epochs=1000", "sequence_length=16"} <= set(visitor.in_address("set"))
    visitor.press("Start the training")


def _train(visitor: Visitor, app: App) -> str:
    visitor.is_at("Train")
    expect(visitor.page.get_by_text("My *first* GRU", exact=True)).to_be_visible()
    reached = visitor.epoch()
    drawn = visitor.chart("live_loss").locator(".scatterlayer path.js-line").first
    before = drawn.get_attribute("d")
    visitor.later_than(reached)
    expect(drawn).not_to_have_attribute("d", before or "")
    run_id, address = visitor.run_id, visitor.page.url
    visitor.page.reload()
    visitor.is_at("Train")
    assert visitor.epoch() >= reached
    expect(visitor.page).to_have_url(address)
    visitor.later_than(12)  # by then it has learned them
    assert app.store.run(run_id).status is RunStatus.RUNNING
    visitor.stop()
    expect(visitor.chart("live_accuracy")).to_contain_text(visitor.word(REFERENCES["pooling"]))
    _says_how_it_compares_to_pooling(visitor, app, run_id)
    assert app.store.run(run_id).settings.flat()["units"] == 8
    return run_id


def _says_how_it_compares_to_pooling(visitor: Visitor, app: App, run_id: str) -> None:
    ours = app.store.load_evaluation(run_id)
    theirs = app.store.load_references(run_id)["pooling"]
    found = between("GRU", ours.predictions, visitor.word(REFERENCES["pooling"]), theirs.predictions)
    assert found is not None
    visitor.sees(found.sentence, name=found.name, reference=found.reference, texts=9)


def _evaluate(visitor: Visitor, app: App, run_id: str) -> None:
    visitor.follow("See the scores")
    visitor.is_at("Evaluate")
    accuracy = app.store.load_evaluation(run_id).test["accuracy"]
    assert accuracy > 0.7, "one word decides, and each of the six is in the training texts"
    shown = f"{100 * accuracy:.1f}".replace(".", "," if visitor.language == "fr" else ".")
    expect(visitor.figure("Accuracy")).to_contain_text(shown)
    for name in REFERENCES.values():
        # Long names are written in two lines.
        expect(visitor.chart("scores")).to_contain_text(
            re.compile(r"\s*".join(map(re.escape, visitor.word(name).split())))
        )
    _says_how_it_compares_to_pooling(visitor, app, run_id)
    visitor.turn_to("Confusions")
    expect(visitor.chart("confusion")).to_contain_text("fruit")
    visitor.follow("Look inside")


def _look_inside(visitor: Visitor) -> None:
    visitor.is_at("Look inside")
    visitor.write("Your sentence", "My red hammer lies there")
    visitor.sees("The network answers **{answer}** and is {probability} sure.")
    expect(visitor.page.get_by_text(re.compile(r"\(mar\S+ °\)"))).to_have_count(1)  # the caption
    expect(visitor.page.locator(".row span").filter(has_text="°")).to_have_count(2 * 2)  # two words, twice
    expect(visitor.page.locator(".heatmaplayer image")).to_have_count(1)
    expect(visitor.chart("inside_one").locator(".barlayer .point")).to_have_count(5 * 2)  # one a word and class
    written = visitor.page.locator(".st-key-inside_one_words .row")
    expect(written).to_contain_text("hammer")
    expect(written).to_contain_text("red°")
    visitor.choose("Side by side")
    boxes = visitor.page.get_by_role("textbox", name=visitor.word("Your sentence"))
    expect(boxes).to_have_count(2)
    boxes.nth(1).fill("My old pear lies in the box")
    boxes.nth(1).press("Control+Enter")
    expect(visitor.page.locator(".st-key-reading1_words .row")).to_contain_text("pear")
    expect(visitor.page.locator(".heatmaplayer image")).to_have_count(2)
    visitor.follow("Use the network")


def _use(visitor: Visitor) -> None:
    visitor.is_at("Use")
    visitor.write("Your text", "My green plum lies in the box")
    visitor.sees("The network answers **{answer}** and is {probability} sure.", answer="fruit")
    expect(visitor.chart("use_probabilities")).to_contain_text("fruit")
    _predict_a_file(visitor)
    _take_it_home(visitor)


def _predict_a_file(visitor: Visitor) -> None:
    visitor.turn_to("A file")
    visitor.upload("questions.csv", 'number,text\n1,"My dry saw lies in the box"\n2,"My dry, old pear lies there"\n')
    button = visitor.page.get_by_role("button", name=visitor.sentence("Download {count} row with its answer"))
    with visitor.page.expect_download() as download:
        button.click()
    answers = pd.read_csv(Path(download.value.path()))
    assert download.value.suggested_filename == f"questions-{visitor.word('answers')}.csv"
    assert answers["text"].tolist() == ["My dry saw lies in the box", "My dry, old pear lies there"]
    assert answers["predicted"].tolist() == ["tool", "fruit"]
    assert (answers[["probability:fruit", "probability:tool"]].sum(axis=1) - 1).abs().max() < 1e-3


def _take_it_home(visitor: Visitor) -> None:
    visitor.turn_to("Take it home")
    visitor.press("Make the zip")
    visitor.sees("Checked: loaded anew, it gives the same answers.")
    with visitor.page.expect_download() as download:
        visitor.press("Download the network")
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        names = {Path(name).name: name for name in archive.namelist()}
        assert {"model.keras", "tokenizer.json", "settings.json", "predict.py", "README.md"} <= set(names)
        assert json.loads(archive.read(names["settings.json"]))["class_names"] == ["fruit", "tool"]


def _train_pooling(visitor: Visitor) -> str:
    visitor.page.get_by_test_id("stSidebarNav").get_by_text(visitor.word("Design"), exact=True).click()
    visitor.is_at("Design")
    visitor.choose("Pooling (no recurrence)")
    expect(visitor.page.get_by_role("spinbutton", name=visitor.word("Units"), exact=True)).to_have_count(0)
    visitor.set("epochs", "Epochs", 2)
    visitor.press("Start the training")
    visitor.is_at("Train")
    visitor.finished()
    return visitor.run_id


def _compare(visitor: Visitor) -> None:
    visitor.page.get_by_test_id("stSidebarNav").get_by_text(visitor.word("Compare"), exact=True).click()
    visitor.is_at("Compare")
    visitor.tick("compared", 0, 1)  # the newest two
    expect(visitor.page.get_by_role("heading", name=visitor.word("Settings that differ"))).to_be_visible()
    expect(visitor.chart("compare_loss")).to_contain_text("My *first* GRU")
    pooling = f"{visitor.word('Pooling (no recurrence)')} · {visitor.word('pasted texts')}"
    expect(visitor.chart("compare_loss")).to_contain_text(pooling[:12])  # long names are cut
    names = {"name": pooling, "reference": "My *first* GRU"}
    verdicts = [visitor.sentence(said, texts=9, **names).pattern for said in contrast.SENTENCES.values()]
    expect(visitor.page.get_by_test_id("stMain").get_by_text(re.compile("|".join(verdicts))).first).to_be_visible()


def _rename_repeat_delete(visitor: Visitor, app: App, run_id: str) -> None:
    name = f"*Mine* <b>{visitor.language}</b>"
    visitor.page.get_by_test_id("stSidebarNav").get_by_text(visitor.word("All runs"), exact=True).click()
    visitor.is_at("All runs")
    visitor.tick("all_runs", 0)
    box = visitor.page.get_by_role("textbox", name=visitor.word("Name"), exact=True)
    box.fill(name)
    box.press("Enter")
    expect(visitor.cells("all_runs").filter(has_text=name)).to_have_count(1)
    assert app.store.run(run_id).name == name

    visitor.tick("all_runs", 0, 1)  # several can be ticked: the first is no more
    expect(box).to_have_value("My *first* GRU")
    visitor.press("Use its settings again")
    visitor.is_at("Design")
    assert visitor.in_address("architecture") == ["gru"]
    assert {"units=8", "epochs=1000", "sequence_length=16"} <= set(visitor.in_address("set"))

    visitor.page.get_by_test_id("stSidebarNav").get_by_text(visitor.word("All runs"), exact=True).click()
    visitor.is_at("All runs")
    visitor.tick("all_runs", 0)
    expect(box).to_have_value(name)
    visitor.press("Delete")
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog).to_contain_text(name)
    dialog.get_by_role("button", name=visitor.word("Delete it"), exact=True).click()
    expect(dialog).to_have_count(0)
    expect(visitor.cells("all_runs").filter(has_text=name)).to_have_count(0)
