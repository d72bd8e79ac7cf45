"""The first page's picture: a column a word, a stripe a unit, and nobody's words are run as HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from streamlit.testing.v1 import AppTest


def page() -> None:
    import numpy as np

    from core.insight.network import Trace
    from core.text.encoder import Token
    from dashboard.ui import sentence

    words = [("<b>isn't</b>", True), ("zzz", False), ("lost", True)]
    tokens = [Token(word, 0, 1, 2, known, seen=word != "lost") for word, known in words]
    states = {"hidden": np.float32([[0.0, 0.5, -1.0], [0.25, -0.25, 0.0]])}
    shares = np.float32([[0.25, 0.75], [0.9, 0.1]])
    sentence.draw(Trace(tokens, states, np.ones(2, np.float32), shares, shares[-1]), ["bad", "good"])


class _Reader(HTMLParser):
    """Words, hints and backgrounds as a browser would find them."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hints: list[str] = []
        self.pictures: list[str] = []
        self.alt = ""
        self._in_word = False
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        assert tag in {"style", "div", "table", "tr", "th", "td", "span", "i"}
        self._in_word = tag == "th"
        self.alt = told.get("aria-label", self.alt)
        if "title" in told:
            self.hints.append(told["title"])
        if "gradient" in told.get("style", ""):
            self.pictures.append(told["style"])

    def handle_data(self, data: str) -> None:
        if self._in_word:
            self.words.append(data)
            self._in_word = False


def drawn() -> _Reader:
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    return _Reader(app.get("html")[0].proto.body)


def test_the_words_that_were_read_stand_as_typed_and_unknown_ones_are_marked() -> None:
    assert drawn().words == ["<b>isn't</b>", "zzz°"]


def test_each_word_has_its_answer_and_a_stripe_for_each_unit() -> None:
    answers, memories = drawn().pictures[:2], drawn().pictures[2:]
    assert "var(--class0) 0.0% 25.0%,var(--class1) 25.0% 100.0%" in answers[0]
    assert "var(--class0) 0.0% 90.0%" in answers[1]
    assert "var(--zero) 0px 4px,var(--above8) 4px 8px,var(--below16) 8px 12px" in memories[0]
    assert "var(--above4) 0px 4px,var(--below4) 4px 8px,var(--zero) 8px 12px" in memories[1]
    assert len(memories) == 2


def test_it_is_told_in_words_too() -> None:
    page = drawn()
    assert page.hints[0] == "<b>isn't</b>: good, 75%. Strongest: unit 3 at -1.00."
    assert "3 units over 2 words" in page.alt
    assert "“bad” with 90%" in page.alt
