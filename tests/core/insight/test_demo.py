"""The shipped network: what it says of itself is checked on the very texts it was not trained on."""

from __future__ import annotations

import numpy as np
import pytest

from core.insight.demo import FOLDER, load_demo
from core.insight.make_demo import SAMPLES, reviews, settings
from core.insight.network import Network
from core.text.prepare import Prepared, prepare


@pytest.fixture(scope="module")
def demo() -> Network:
    return load_demo()


@pytest.fixture(scope="module")
def prepared(demo: Network) -> Prepared:
    return prepare(reviews(), demo.settings.preparation, demo.settings.split)


def test_it_was_made_from_the_samples_as_they_are_now(demo: Network, prepared: Prepared) -> None:
    assert demo.about["fingerprint"] == reviews().fingerprint, "run `python -m core.insight.make_demo`"
    assert demo.about["rows"] == {name: len(part) for name, part in prepared.parts.items()}
    assert demo.encoder.vocabulary == prepared.encoder.vocabulary
    assert demo.settings == settings(demo.settings.training.seed)


@pytest.mark.parametrize("part", ["validation", "test"])
def test_its_score_is_the_one_it_tells(demo: Network, prepared: Prepared, part: str) -> None:
    right = demo.predict(prepared.parts[part].texts).argmax(axis=1) == prepared.parts[part].labels
    assert demo.about[part]["accuracy"] == pytest.approx(right.mean())
    assert right.mean() > 0.7


def test_it_reads_both_languages(demo: Network, prepared: Prepared) -> None:
    part = prepared.parts["test"]
    right = demo.predict(part.texts).argmax(axis=1) == part.labels
    french = part.rows < len(reviews()) / len(SAMPLES)
    assert right[french].mean() > 0.7
    assert right[~french].mean() > 0.7


def test_its_verdict_can_turn_within_a_sentence(demo: Network) -> None:
    verdicts = demo.trace("Un début magnifique, mais une suite ennuyeuse, bâclée et décevante.").verdicts
    assert demo.class_names == ["negative", "positive"]
    assert np.ptp(verdicts[:, 1]) > 0.2


def test_its_files_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 1_500_000
