"""The view of word order, on a run of the shelf."""

from __future__ import annotations

import pytest

from core.runs import insights
from core.runs.engine import Engine
from core.settings import Settings
from tests.dashboard.steps.conftest import Open, Shelf, said


def test_a_verdict_and_the_reader_s_sentence_in_other_orders(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Engine, "short", lambda self, job, *values: job(*values))
    page = open_page("look_inside", run=shelf.run)
    page.segmented_control(key="inside_group").set_value("whole").run()
    assert not page.exception
    assert "On the test texts" in said(page)
    assert "Counted on 9 test texts" in said(page)
    assert "pairs, the other order turns" in said(page) or "Not one of these answers moves" in said(page)
    table = page.dataframe[0].value
    assert len(table) == 5
    words = [sorted(row.split()) for row in table.iloc[:, 2]]
    assert all(row == words[0] for row in words)
    accuracy = insights.order_of_run(shelf.run, Settings.from_environment())
    assert accuracy is not None
    assert accuracy.texts == 9
