"""`search`: what is typed becomes ranges, and what was found is told without the test scores of those that lost."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from core.cli import search
from core.cli.parser import parser
from core.search.plan import NoSuchSearch, Search
from core.search.space import NotARange, start_with
from core.settings import Settings
from core.training.recipes import recipe

BASE = recipe("fast", "gru")


def test_ranges_are_filled_in_where_none_are_typed() -> None:
    assert [one.name for one in search.ranges_of([], BASE)] == start_with(BASE)
    assert [one.told() for one in search.ranges_of(["units=8..32", "architecture=gru,lstm"], BASE)] == [
        "units=8..32",
        "architecture=gru,lstm",
    ]
    with pytest.raises(NotARange):
        search.ranges_of(["units=x..y"], BASE)


def test_it_needs_texts_or_an_earlier_search(home: Path) -> None:
    with pytest.raises(search.NoTexts):
        search.run(parser().parse_args(["search"]))
    with pytest.raises(NoSuchSearch, match="abc"):
        search.run(parser().parse_args(["search", "--resume", "abc"]))


def test_a_search_without_trials_has_nothing_to_tell(home: Path) -> None:
    settings = Settings.from_environment()
    made = Search.create(settings.home, "s", "abc", BASE, search.ranges_of([], BASE), trials=3)
    told = search.content(made, [], None)
    assert (told["trials"], told["best"], told["pruned"]) == ([], None, 0)
    assert told["ranges"][0].startswith("learning_rate=")


def test_its_options_are_read() -> None:
    options: Namespace = parser().parse_args(["search", "a.csv", "--try", "units=8..16", "--minutes", "1.5"])
    assert (options.data, options.ranges, options.minutes, options.trials) == (["a.csv"], ["units=8..16"], 1.5, 0)
