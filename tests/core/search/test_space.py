"""Ranges: sensible ones to begin with, those that are typed, and what is not possible."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.models import architectures
from core.search.space import (
    AS_IT_IS,
    CannotBeSearched,
    EmptyRange,
    NotARange,
    NothingToSearch,
    Range,
    TooManyParameters,
    applied,
    read,
    require_some,
    searchable,
    start_with,
    usual,
)
from core.training.recipes import recipe

BASE = recipe("fast", "gru")


@pytest.mark.parametrize("name", list(architectures()))
def test_every_usual_range_holds_what_is_set_and_all_of_it_is_possible(name: str) -> None:
    settings = recipe("recommended", name, 2_000)
    for parameter in searchable(settings):
        one = usual(parameter, settings)
        now = settings.flat()[parameter]
        if one.choices:
            assert len(one.choices) == len(set(one.choices))
        else:
            assert one.low <= float(now) <= one.high
            assert not one.log or one.low > 0
        ends = one.choices or ((round(one.low), round(one.high)) if one.whole else (one.low, one.high))
        # Of these, some values do not go with the rest of the settings; a trial that draws them fails and says so.
        if parameter not in ("architecture", "read_out", "residual"):
            for value in ends:
                applied(settings, {parameter: value})


@pytest.mark.parametrize("name", list(architectures()))
def test_there_is_something_to_start_with(name: str) -> None:
    settings = recipe("fast", name)
    require_some([usual(parameter, settings) for parameter in start_with(settings)])


def test_ranges_as_they_are_typed() -> None:
    assert read("units=16..64", BASE) == Range("units", 16, 64, whole=True, log=True)
    assert read("architecture=lstm,gru", BASE) == Range("architecture", choices=("lstm", "gru"))
    assert read("dropout=0..0.5", BASE) == Range("dropout", 0, 0.5)
    assert read("learning-rate", BASE) == usual("learning_rate", BASE)
    assert read("cleaning=as it is,-lowercase", BASE).choices == (AS_IT_IS, "-lowercase")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("units=64..16", EmptyRange),
        ("units=a..b", NotARange),
        ("architecture=1..2", NotARange),
        ("split_by", CannotBeSearched),
        ("nothing=1..2", CannotBeSearched),
        ("seed", CannotBeSearched),
        ("dropout=0..7", SettingsError),
        ("architecture=lstm,gruu", SettingsError),
        ("optimizer=adam,eve", SettingsError),
    ],
)
def test_what_is_not_possible_is_said(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(text, BASE)


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_is_a_range_or_an_error_of_ours(name: str, values: str) -> None:
    with suppress(SettingsError):
        assert read(f"{name}={values}", BASE).name


def test_values_of_a_trial_go_where_they_belong() -> None:
    made = applied(BASE, {"architecture": "pooling", "units": 99, "cleaning": "-lowercase", "dropout": 0.25})
    assert made.network.architecture == "pooling"
    assert "lowercase" not in made.preparation.cleaning
    assert made.flat()["dropout"] == 0.25
    assert applied(BASE, {"cleaning": AS_IT_IS}) == BASE
    assert applied(BASE, {"units": 99}).flat()["units"] == 99


def test_too_little_and_too_much() -> None:
    with pytest.raises(NothingToSearch):
        require_some([])
    with pytest.raises(NothingToSearch):
        require_some([Range("units", 8, 8, whole=True), Range("architecture", choices=("lstm",))])
    with pytest.raises(TooManyParameters):
        require_some([Range(str(number), 0, 1) for number in range(13)])


def test_a_range_survives_being_written() -> None:
    for one in (usual("units", BASE), usual("architecture", BASE)):
        assert Range.from_json(one.as_json()) == one
    assert usual("units", BASE).possible is not None
    assert usual("learning_rate", BASE).possible is None
    assert Range("units", 16, 64).told() == "units=16..64"
