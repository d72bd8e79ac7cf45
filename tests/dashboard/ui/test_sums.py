"""The very sum of a unit says what was added: a word, or what the layer below makes of it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.inside.sums import inputs_of

_PAGE = """
from types import SimpleNamespace
from core.insight.looks import Given
from core.insight.looks.texts import TextLook
from dashboard.ui.inside import sums
from dashboard.ui.inside.chosen import Choice
from tests.core.insight.networks import made
lens = SimpleNamespace(look=TextLook(made({name!r}, layers=2)))
sums.show(lens, Given("one two"), ["one", "two"], Choice({place!r}, 1, 0))
"""


@pytest.mark.parametrize(
    ("name", "place", "said", "columns", "first"),
    [
        ("simple_rnn", "layer 1/", "It adds up the word", ["what", "from the word"], "of the word"),
        (
            "simple_rnn",
            "layer 2/",
            "what the layer below makes",
            ["what", "from the layer below"],
            "of the layer below",
        ),
        ("gru", "layer 1/", "Each gate adds up the word", ["gate", "from the word"], "of the word"),
    ],
)
def test_what_was_added_is_named(name: str, place: str, said: str, columns: list[str], first: str) -> None:
    page = AppTest.from_string(_PAGE.format(name=name, place=place), default_timeout=30).run()
    assert not page.exception
    assert said in page.caption[0].value
    totals, terms = (each.value for each in page.dataframe)
    assert list(totals)[:2] == columns
    assert terms["what"].str.contains(first).sum() == 4


def test_what_a_place_reads() -> None:
    places = ("", "forward/", "layer 1/backward/", "layer 2/", "layer 10/backward/")
    assert [inputs_of(place) for place in places] == ["word", "word", "word", "layer", "layer"]
