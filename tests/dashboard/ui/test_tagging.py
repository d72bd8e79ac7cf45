"""Tagged texts on a page: what was read, what was mended, sentences with their tags."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui import state
from dashboard.ui.tagging import markup

SPANS = "<b>Jean</b> I-PER\n*Dupont* I-PER\nva O\nà O\nRome B-LOC\n\n[Il](x) O\ndort O\n\nRome I-LOC\nest O\nlà O\n"
WORDS = ["\t".join([number, word, "_", tag, *"______"]) for number, word, tag in
         (("1-2", "au", "_"), ("1", "à", "ADP"), ("2", "le", "DET"))]  # fmt: skip


def page(lines: str) -> None:
    from core.data.tagging.conll import parse_conll
    from dashboard.ui import tagging

    table = parse_conll(lines.split("\n"), "x.conll")
    tagging.show(tagging.choose(table, "file-1", "x", "upload: x.conll"))


def said(test: AppTest) -> str:
    kinds = (test.markdown, test.caption, test.metric)
    return "\n".join(
        f"{element.value} {element.label if kind is test.metric else ''}" for kind in kinds for element in kind
    )


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fingerprints of what was stored, in place of a store."""
    stored: list[str] = []
    store = SimpleNamespace(
        has_dataset=lambda fingerprint: fingerprint in stored,
        save_dataset=lambda dataset: stored.append(dataset.fingerprint),
    )
    monkeypatch.setattr(state, "store", lambda: store)
    return stored


@pytest.fixture
def spans() -> AppTest:
    return AppTest.from_function(page, args=(SPANS,), default_timeout=30).run()


def test_what_was_read_is_said(spans: AppTest) -> None:
    assert not spans.exception
    text = said(spans)
    assert "3 sentences with 10 words" in text
    assert "as IOB1 does" in text
    assert "right for 60.0%" in text
    assert [metric.value for metric in spans.metric] == ["3", "10", "2", "3"]


def test_words_of_users_stay_words(spans: AppTest) -> None:
    shown = said(spans)
    assert r"\<b\>Jean\</b\> \*Dupont\*" in shown
    assert r"\[Il\]\(x\)" in shown


def test_sentences_with_a_tag_can_be_looked_for(spans: AppTest) -> None:
    test = spans.selectbox(key="shown_tag").select("PER").run()
    sentences = [element.value for element in test.markdown if "background" in element.value]
    assert len(sentences) == 1
    assert "Dupont" in sentences[0]


def test_sentences_can_be_kept_once(spans: AppTest, kept: list[str]) -> None:
    test = spans.button[0].click().run()
    assert not test.exception
    assert len(kept) == 1
    assert not test.button


def test_other_columns_can_be_chosen(spans: AppTest) -> None:
    test = spans.selectbox(key="tag_column_file-1").select("column 1").run()
    test = test.selectbox(key="word_column_file-1").select("column 2").run()
    assert not test.exception
    assert "Each word has a tag of its own" in said(test)


def test_contractions_can_stay_one_word() -> None:
    test = AppTest.from_function(page, args=("\n".join(WORDS),), default_timeout=30).run()
    assert test.metric[1].value == "2"
    test = test.segmented_control(key="contractions_file-1").set_value("together").run()
    assert not test.exception
    assert test.metric[1].value == "1"


def test_tags_beside_their_words() -> None:
    nbsp = "\N{NO-BREAK SPACE}"
    assert markup("Jean\tva", "B-PER\tO", ["PER"], spans=True) == f":blue-background[Jean{nbsp}:small[**PER**]] va"
    shown = markup("Il\tva", "PRON\tVERB", ["VERB", "PRON"], spans=False)
    assert (
        shown == f"Il{nbsp}:orange-background[:small[**PRON**]] \N{EM SPACE}va{nbsp}:blue-background[:small[**VERB**]]"
    )
