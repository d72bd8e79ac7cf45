from __future__ import annotations

import pytest

from core.models import Layer, architecture, architectures
from core.training.estimate import Estimate, estimate
from core.training.recipes import RECIPES, recipe
from core.training.work import work_of


def estimated(name: str = "lstm", speed: float | None = None, rows: int = 1_000, **values: object) -> Estimate:
    return estimate(recipe("recommended", name).with_values(values), rows, 20, 5_000, 2, speed)


@pytest.mark.parametrize("name", architectures())
@pytest.mark.parametrize("recipe_name", RECIPES)
def test_parameters_are_those_of_the_network(name: str, recipe_name: str) -> None:
    settings = recipe(recipe_name, name)
    boxes = architecture(name).layers(settings.network, 5_000, 3)
    result = estimate(settings, 1_000, 20, 5_000, 3, None)
    assert result.parameters == sum(box.parameters for box in boxes)
    assert result.seconds > 0
    assert result.memory_megabytes > 0


@pytest.mark.parametrize(
    "more",
    [
        {"units": 256},
        {"layers": 2},
        {"embedding_dim": 256},
        {"epochs": 100},
        {"batch_size": 4},
        {"lazy_embedding": False},
        {"batching": "shuffled"},
        {"mask_padding": False},
        {"rows": 5_000},
    ],
    ids=str,
)
def test_what_costs_more_is_estimated_to_cost_more(more: dict[str, object]) -> None:
    assert estimated(**more).seconds > estimated().seconds  # type: ignore[arg-type]


def test_one_direction_costs_less_than_two() -> None:
    assert estimated(bidirectional=False).seconds < 0.7 * estimated(bidirectional=True).seconds


def test_gates_cost_time() -> None:
    seconds = [estimated(name).seconds for name in ("pooling", "simple_rnn", "gru", "lstm")]
    assert seconds == sorted(seconds)


def test_a_machine_of_half_the_speed_takes_twice_as_long() -> None:
    assert estimated(speed=0.5).seconds == pytest.approx(2 * estimated().seconds)


def test_the_work_of_a_step_is_counted() -> None:
    settings = recipe("recommended", "gru").with_values({"embedding_dim": 10, "units": 6, "bidirectional": False})
    boxes = architecture("gru").layers(settings.network, 50, 2)
    weights = 3 * 6 * (10 + 6 + 2)
    assert work_of(boxes, 4, 5) == (1, 5, 15, 5 * weights, 200, 4 * 5 * 3 * 6, 20 * weights, 0, 0, 0, 0, 0)


def test_the_work_of_all_layers_and_directions_is_counted() -> None:
    values = {"embedding_dim": 10, "units": 6, "layers": 2, "bidirectional": True, "layer_normalization": True}
    boxes = architecture("gru").layers(recipe("recommended", "gru").with_values(values).network, 50, 2)
    below, above = 3 * 6 * (10 + 6 + 2), 3 * 6 * (12 + 6 + 2)
    # Half of the cells read from the end, with a mask that costs a fifth.
    cells = (4.4 * 5, 4.4 * 15, 2.2 * 5 * (below + above), 20 * (10 + 10 + 12 + 12), 20 * 72, 40 * (below + above))
    counted = (1, *cells, 2, 20 * 24, 20 * 2 * 24, 0, 0)
    assert work_of(boxes, 4, 5) == pytest.approx(counted)


def test_attention_costs_time_and_memory_for_each_pair_of_words() -> None:
    boxes = architecture("transformer").layers(recipe("recommended", "transformer").network, 50, 2)
    assert work_of(boxes, 2, 30)[-2] == 2 * 30 * 30 * 4
    assert work_of(boxes, 2, 60)[-1] == 4 * work_of(boxes, 2, 30)[-1] > 0

    def foretold(name: str, tokens: int) -> Estimate:
        settings = recipe("recommended", name).with_values({"sequence_length": 5_000})
        return estimate(settings, 1_000, tokens, 5_000, 2, longest=tokens)

    short, long = foretold("transformer", 100), foretold("transformer", 3_000)
    assert long.seconds > 100 * short.seconds
    assert long.memory_megabytes > 20 * foretold("convolution", 3_000).memory_megabytes > 0


def test_pairs_of_words_and_the_letters_of_words_are_counted() -> None:
    def boxes(longest: int) -> list[Layer]:
        values = {"embedding_dim": 10, "longest_ngram": longest, "ngram_places": 100}
        return architecture("ngram_average").layers(
            recipe("recommended", "ngram_average").with_values(values).network, 50, 2
        )

    # A row for each word, and one for each run of words that ends there.
    assert [work_of(boxes(longest), 4, 5)[4] for longest in (1, 2, 3)] == [200, 400, 600]
    settings = recipe("recommended", "gru", 1_000, "tagging")
    plain = settings.with_values({"reads": "words"})
    seconds = [estimate(each, 1_000, 20, 5_000, 17, letters=100).seconds for each in (plain, settings)]
    assert seconds[1] > 1.3 * seconds[0]


def test_more_texts_than_fit_into_memory_need_no_more_of_it_for_their_words() -> None:
    settings = recipe("recommended", "lstm", 1_000_000)
    many, more = (estimate(settings, rows, 50, 20_000, 2).memory_megabytes for rows in (1_000_000, 10_000_000))
    assert more - many < 9_000_000 * 300 / 2**20
