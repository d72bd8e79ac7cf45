from __future__ import annotations

import pytest

from core.models import architectures
from core.training.recipes import RECIPES, UnknownRecipe, recipe


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize("architecture", architectures())
def test_every_recipe_fits_every_architecture(name: str, architecture: str) -> None:
    settings = recipe(name, architecture)
    assert settings.recipe == name
    assert settings.network.architecture == architecture
    assert RECIPES[name].title
    assert RECIPES[name].summary


def test_the_tutorial_is_the_well_known_one() -> None:
    told = recipe("tutorial", "lstm").flat()
    wanted = {
        "embedding_dim": 128,
        "units": 64,
        "sequence_length": 100,
        "batch_size": 32,
        "optimizer": "adam",
        "learning_rate": 0.001,
        "epochs": 5,
        "early_stopping": False,
        "mask_padding": False,
    }
    assert {name: told[name] for name in wanted} == wanted


def test_the_tutorial_has_a_variant_for_simple_rnn() -> None:
    told = recipe("tutorial", "simple_rnn").flat()
    assert (told["units"], told["embedding_dropout"], told["recurrent_dropout"]) == (128, 0.3, 0.3)


def test_pooling_is_the_baseline_of_the_project_card() -> None:
    for name in RECIPES:
        told = recipe(name, "pooling").flat()
        assert (told["dense_layers"], told["dense_units"], told["dropout"]) == (1, 64, 0.3)


def test_an_unknown_recipe_gets_a_guess() -> None:
    with pytest.raises(UnknownRecipe) as caught:
        recipe("recomended", "lstm")
    assert caught.value.values == {"name": "recomended", "suggestion": "recommended"}


@pytest.mark.parametrize(("texts", "batch_size"), [(10, 16), (40, 16), (2_000, 32), (10_662, 64), (1_000_000, 64)])
def test_recommended_takes_enough_steps_for_any_number_of_texts(texts: int, batch_size: int) -> None:
    settings = recipe("recommended", "lstm", texts).training
    steps = 0.79 * texts / batch_size
    assert settings.batch_size == batch_size
    assert settings.epochs * steps >= min(1_000, 40 * steps) * 0.99
    assert (8 if texts < 60_000 else 3) <= settings.epochs <= 40


def test_the_tutorial_is_the_same_for_any_number_of_texts() -> None:
    assert recipe("tutorial", "lstm", 40) == recipe("tutorial", "lstm")
