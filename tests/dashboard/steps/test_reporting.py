"""Reports and cards: made from a page, whole, offline, and with every user's text escaped."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from core.cli import reporting
from core.report import card, of_run, of_several
from core.report.facts import Facts, facts_of
from core.report.words import ENGLISH
from tests.core.report.test_html import read
from tests.dashboard.steps.conftest import Open, Shelf, said


@pytest.fixture(scope="module")
def facts(shelf: Shelf) -> Facts:
    return facts_of(shelf.store, shelf.store.run(shelf.run))


def test_a_report_has_all_that_it_promises(facts: Facts) -> None:
    found = read(of_run.html(facts))
    run, evaluation = facts.run, facts.evaluation
    assert evaluation is not None
    for told in (run.name, run.dataset_fingerprint, run.run_id, "keras", "Learning rate", "F1 (macro)", "95%",
                 f"{evaluation.test['accuracy']:.1%}", facts.examples[0].text.split()[0]):  # fmt: skip
        assert told in found.text
    names = [name for name, _ in found.tags]
    assert names.count("polyline") == 4
    assert names.count("rect") > 20
    assert not {"script", "img", "link", "iframe"} & set(names)
    assert not any(key in attributes for _, attributes in found.tags for key in ("src", "href", "onclick"))


def test_texts_can_be_left_out(shelf: Shelf) -> None:
    without = facts_of(shelf.store, shelf.store.run(shelf.run), with_texts=False)
    assert without.examples == ()
    assert "the soup" not in of_run.html(without)


def test_a_comparison_says_what_differs_and_what_may_be_said(facts: Facts) -> None:
    found = read(of_several.html([facts, facts]))
    assert "these trainings have the same settings" in found.text
    assert [name for name, _ in found.tags].count("polyline") == 4


def test_of_several_what_is_said_is_corrected_for_their_number(facts: Facts) -> None:
    evaluation = facts.evaluation
    assert evaluation is not None
    others = []
    for units in (5, 6):
        settings = facts.run.settings.with_values({"units": units})
        run = replace(facts.run, run_id=f"of {units}", name=f"With {units}", settings=settings)
        others.append(replace(facts, run=run))
    elsewhere = replace(evaluation, predictions=evaluation.predictions.iloc[1:])
    settings = facts.run.settings.with_values({"units": 7, "test_share": 0.2})
    run = replace(facts.run, run_id="of 7", name="With 7", settings=settings)
    told = list(of_several.standing([facts, *others, replace(facts, run=run, evaluation=elsewhere)], ENGLISH))
    assert "has the best score of the 3 that were compared" in told[0]
    assert len(told) == 1 + 3 + 1 + 1  # who leads, three pairs, that each was trained once, and who is left out
    assert "Train each with three seeds" in told[4]
    assert "“With 7” is left out: its texts are those of" in told[5]


def test_the_card_leaves_places_for_its_owner(facts: Facts) -> None:
    written = card.markdown(facts)
    assert written.startswith("# A \\<b\\>bold\\</b\\> name")
    assert written.count("*To be filled in by you.*") == 2
    assert facts.run.dataset_fingerprint in written


@pytest.mark.parametrize(("page", "language"), [("evaluate", "en"), ("use", "fr")])
def test_a_page_makes_both(open_page: Open, shelf: Shelf, page: str, language: str) -> None:
    test = open_page(page, language, run=shelf.run)
    test.button(key=f"make_report_{shelf.run}").click().run()
    assert not test.exception
    assert not test.error, said(test)
    made = test.session_state[f"report:{shelf.run}:{shelf.store.run(shelf.run).test_looks}:True:{language}"]
    assert made[0].startswith("<!doctype html>")
    assert f'<html lang="{language}">' in made[0]
    assert made[1].startswith("# ")


def test_only_a_name_that_says_what_it_is() -> None:

    for name, runs in (("report.pdf", ["a"]), ("card.md", ["a", "b"])):
        with pytest.raises(reporting.NotAReport, match=name):
            reporting.run(Namespace(out=Path(name), runs=runs, without_texts=False))
