"""Tiny taggers and networks that write, untrained, to be looked at."""

from __future__ import annotations

import pytest

from core.insight.looks import Given, Look, look_of
from tests.core.insight.networks import TEXTS, tagger, writer

GIVEN = Given(TEXTS[2])
DEEP = {"layers": 2, "residual": True, "layer_normalization": True}
LOOKS = {
    "tagger": lambda: tagger("lstm", bidirectional=True, **DEEP)[0],
    "tagger_gru": lambda: tagger("gru", "words")[0],
    "writer": lambda: writer("gru", **DEEP)[0],
    "writer_course": lambda: writer("simple_rnn", form="repeat_vector")[0],
    "writer_tied": lambda: writer("lstm", ("*",), tied=True)[0],
}
EACH = pytest.mark.parametrize("name", list(LOOKS))


def look(name: str) -> Look:
    return look_of(LOOKS[name]())
