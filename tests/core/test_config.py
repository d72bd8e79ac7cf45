"""Parameters are declared once, and everything that reads them agrees."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import RunSettings, validated
from core.errors import SettingsError, UnrolledError
from core.models import UnknownArchitecture, architectures
from core.training.recipes import RECIPES, recipe

ALL = [(name, architecture) for name in RECIPES for architecture in architectures()]


@pytest.mark.parametrize(("name", "architecture"), ALL)
def test_settings_survive_json(name: str, architecture: str) -> None:
    settings = recipe(name, architecture)
    assert RunSettings.model_validate_json(settings.model_dump_json()) == settings
    assert validated(settings.model_dump(mode="json")) == settings


@pytest.mark.parametrize(("name", "architecture"), ALL)
def test_no_two_groups_share_a_parameter_s_name(name: str, architecture: str) -> None:
    groups = recipe(name, architecture).groups().values()
    names = [field for group in groups for field in type(group).model_fields]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("name", "architecture"), ALL)
def test_every_parameter_has_a_title_help_and_a_default_within_its_bounds(name: str, architecture: str) -> None:
    settings = recipe(name, architecture)
    for item in settings.declared().values():
        assert item.title
        assert item.help.endswith(".")
        value = settings.flat()[item.name]
        if item.minimum is not None:
            assert item.minimum <= value <= (item.maximum or value)
        if item.choices and item.type is not tuple:
            assert value in item.choices


@pytest.mark.parametrize(("name", "architecture"), ALL)
def test_values_come_back_from_their_strings(name: str, architecture: str) -> None:
    settings = recipe(name, architecture)
    values = settings.flat()
    strings = {each: _string(values[each]) for each in settings.declared()}
    assert settings.with_values(strings) == settings


def _string(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"unit": 3}, "Did you mean “units”"),
        ({"units": 0}, "at least 1"),
        ({"epochs": 10**9}, "at most 1000"),
        ({"units": "many"}, "“many”"),
        ({"padding": "up"}, "'right' or 'left'"),
        ({"early_stopping": "perhaps"}, "yes or no"),
        ({"cleaning": "lowercas"}, "did you mean “lowercase”"),
        ({"learning_rate": float("nan")}, "learning_rate"),
    ],
)
def test_what_is_not_possible_is_named_with_the_way_out(values: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        recipe("recommended", "lstm").with_values(values)


def test_an_unknown_architecture_gets_a_guess() -> None:
    with pytest.raises(UnknownArchitecture, match="“gru”"):
        recipe("recommended", "gruu")


def test_equal_groups_have_equal_digests() -> None:
    settings = recipe("recommended", "lstm")
    longer = settings.with_values({"epochs": 3})
    assert settings.digest("preparation", "split") == longer.digest("preparation", "split")
    assert settings.digest() != longer.digest()


@given(st.dictionaries(st.sampled_from(["detail"]), st.text(), min_size=1))
def test_errors_cross_process_borders(values: dict[str, str]) -> None:
    error = UnrolledError(**values)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is UnrolledError
    assert again.values == values
    assert str(again) == str(error)


def test_an_error_s_code_is_its_name() -> None:
    assert UnknownArchitecture.code == "unknown_architecture"


def test_learned_positions_are_as_many_as_the_longest_text_has_tokens() -> None:
    settings = recipe("recommended", "transformer")
    assert settings.network.longest_text == settings.preparation.sequence_length  # type: ignore[attr-defined]
    longer = settings.with_values({"sequence_length": 777})
    assert longer.network.longest_text == 777  # type: ignore[attr-defined]
    assert "longest_text" not in longer.declared()


def test_widths_of_filters_are_read_as_numbers() -> None:
    settings = recipe("recommended", "convolution")
    assert settings.with_values({"widths": "5, 3"}).flat()["widths"] == [3, 5]
    for wrong in ("", "0", "9", "two"):
        with pytest.raises(SettingsError):
            settings.with_values({"widths": wrong})


def test_units_of_further_layers_are_a_list_that_may_be_typed() -> None:
    settings = recipe("recommended", "gru")
    assert settings.flat()["further_units"] == []
    assert settings.with_values({"further_units": "64, 32"}).flat()["further_units"] == [64, 32]
    assert settings.with_values({"further_units": ""}).flat()["further_units"] == []
    for name in ("further_units", "further_dense_units"):
        for wrong in ("0", "many", "2,,3", "5000"):
            with pytest.raises(SettingsError) as caught:
                settings.with_values({name: wrong})
            assert caught.value.values["name"] == name


def test_dropouts_of_further_layers_are_shares() -> None:
    settings = recipe("recommended", "gru")
    assert settings.with_values({"further_input_dropout": "0.2, 0"}).flat()["further_input_dropout"] == [0.2, 0]
    for wrong in ("0,2", "-0.1", "1", "nan", "some"):
        with pytest.raises(SettingsError) as caught:
            settings.with_values({"further_recurrent_dropout": wrong})
        assert caught.value.values["name"] == "further_recurrent_dropout"
