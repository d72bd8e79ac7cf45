"""Every architecture that there is, in every task that it can do, on odd texts: each view's numbers, or a sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.insight.distance import distances_of
from core.insight.edits import smallest
from core.insight.looks import Given, Look, look_of
from core.insight.looks.base import EndLook
from core.insight.roles import roles
from core.insight.space import spaces
from core.insight.states import states_of
from core.insight.units import all_movers, pattern_of, similar
from core.models import architectures
from core.tasks import task
from tests.core.insight.networks import TEXTS, made, tagger, writer

MAKERS = {
    "classification": made,
    "tagging": lambda name: tagger(name)[0],
    "generation": lambda name: writer(name)[0],
}
EVERY = [(kind, name) for kind in MAKERS for name in task(kind).architectures()]
ODD = ["one", "zzz", "!", "one " * 120]


def rows(kind: str) -> pd.DataFrame:
    """Judged texts as the task's own table has them, and as the data set has them."""
    labels = ["no", "yes"] * 2 if kind == "generation" else [f"class {row % 3}" for row in range(4)]
    words = [text.replace(" ", "\t") for text in TEXTS]
    tags = ["\t".join("tag 1" for _word in text.split()) for text in TEXTS]
    return pd.DataFrame({"text": TEXTS, "label": labels, "words": words, "tags": tags})


def asked(kind: str) -> pd.DataFrame:
    if kind != "tagging":
        return rows(kind)
    words = [(place, word) for text in TEXTS for place, word in enumerate(text.split())]
    return pd.DataFrame(words, columns=["place", "text"]).assign(label="tag 1")


@pytest.mark.parametrize(("kind", "name"), EVERY, ids=lambda value: value)
def test_every_view_has_its_numbers_or_a_sentence(kind: str, name: str) -> None:
    look = look_of(MAKERS[kind](name))
    for text in ODD:
        _one_text(look, Given(text))
    judged = look.judged(look.tests(asked(kind), 10))
    assert judged.answers.size == judged.of.sum()
    assert np.isfinite(judged.score)
    places = look.trace(Given(TEXTS[0])).places
    assert list(spaces(look, rows(kind))) == places
    assert look.counted(rows(kind)).counts.sum() > 0
    assert isinstance(look, EndLook) == (kind != "tagging")
    if isinstance(look, EndLook):
        assert distances_of(look, asked(kind)).back[0] == 0
    if not look.remembers:
        assert look.network.architecture.without_states
    if look.remembers:
        _units(look, kind, places)
    found, tried = smallest(look, Given("one two three"), 1 if kind == "tagging" else -1)
    assert tried > 0
    assert all(one.edits for one in found)


def _units(look: Look, kind: str, places: list[str]) -> None:
    """Texts read together have the states that each has alone, and of every unit something is said."""
    studied = look.studied(asked(kind))
    states = states_of(look, studied)
    for row, label in enumerate(["no", "yes"] * 2):
        stretch = slice(states.offsets[row], states.offsets[row + 1])
        alone = look.trace(Given(TEXTS[row], label if kind == "generation" else None))
        for place in places:
            np.testing.assert_allclose(states.hidden[place][stretch], alone.at(place), atol=1e-5)
    assert [len(each) for each in all_movers(states).values()] == [len(each) for each in roles(look, studied).values()]
    pulled = look.pulled(asked(kind))
    assert pulled.inputs[0].shape == (4, (pulled.starts + pulled.lengths).max())
    pattern = pattern_of(look, Given("one two three four"), places[0], slice(0, 3), [0, 1])
    assert similar(states, places[0], pattern, [0, 1])[0].stretch.startswith("one two" if kind == "generation" else "")


def _one_text(look: Look, given: Given) -> None:
    trace = look.trace(given)
    steps = len(trace.norms)
    answers = look.verdicts(trace)
    assert answers.shape == (steps, len(look.answers))
    assert np.isfinite(answers).all()
    lost, without, together = look.left_out(given, 0, -1)
    assert len(lost) == len(without) == steps
    assert together >= 1
    assert all(len(states) == steps for states in trace.states.values())
    assert not look.remembers or look.forgetful(given, steps // 2).places == trace.places


def test_all_architectures_are_among_them() -> None:
    assert {name for _kind, name in EVERY} == set(architectures())
