"""The page's way to the hub: what it says before it asks, and what it shows of an answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.hub.loading import HubTable
from core.data.tagging.table import TaggedTable
from dashboard.ui import hub, longjobs


def page() -> None:
    import streamlit as st

    from dashboard.ui import hub, problems

    with problems.shown():
        dataset = hub.from_hub()
        if dataset is not None:
            st.text(f"{len(dataset)} {dataset.task} {dataset.licence} {dataset.class_names} {dataset.parts}")


def table(tagged: TaggedTable | None = None) -> HubTable:
    frame = pd.DataFrame(
        {"avis": ["très bon", "nul"], "note": ["pos", "neg"], "hub split": ["train", "test"]}, dtype="str"
    )
    return HubTable(frame, "a/b", "", "hub split", "note", tagged, "mit", cut=True)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    questions: list[dict[str, str]] = []

    def answer(kind: str, **what: str) -> HubTable:
        questions.append(what)
        return table()

    monkeypatch.setattr(longjobs, "answer", answer)
    return questions


def ask(name: str) -> AppTest:
    test = AppTest.from_function(page, default_timeout=30).run()
    test.text_input(key="hub_name").input(name)
    return test.button[0].click().run()


def said(test: AppTest) -> str:
    return "\n".join(element.value for kind in (test.caption, test.text, test.error) for element in kind)


def test_nothing_is_asked_before_the_visitor_asks(asked: list[dict[str, str]]) -> None:
    test = AppTest.from_function(page, default_timeout=30).run()
    assert not test.exception
    assert "The name is sent there, and nothing of your texts" in said(test)
    assert not asked
    assert not ask("   ").exception
    assert not asked


def test_columns_licence_and_parts_of_what_came(asked: list[dict[str, str]]) -> None:
    test = ask(" a/b ")
    assert not test.exception
    assert asked[0] == {"name": "a/b", "config": "", "split": ""}
    shown = said(test)
    assert "2 classification mit ['neg', 'pos'] ['train', 'test']" in shown
    assert "more rows than these" in shown
    assert "Licence: mit" in shown
    assert [box.value for box in test.selectbox] == ["avis", "note"]


def test_sentences_with_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    words = pd.DataFrame({"tokens": ["Il", "va"], "ner_tags": ["O", "B-X"]}, dtype="str")
    tagged = TaggedTable(words, np.zeros(2, np.int32), None, np.zeros(2, bool), pd.DataFrame(index=[0]), "a/b")
    monkeypatch.setattr(longjobs, "answer", lambda kind, **what: table(tagged))
    test = ask("c/d")
    assert not test.exception
    assert "1 tagging mit" in said(test)


def test_without_the_library_it_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "find_spec", lambda name: None)
    test = AppTest.from_function(page, default_timeout=30).run()
    assert not test.exception
    assert "pip install datasets" in said(test)
