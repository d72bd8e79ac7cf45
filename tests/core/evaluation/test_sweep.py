"""What a sweep may claim: only what the validation texts carry, with many comparisons counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from core.evaluation.evaluate import Evaluation
from core.evaluation.sweep import conclusions, findings

TEXTS = 200


def answers(right: int, validation: bool = True) -> Evaluation:
    """An evaluation that has the first `right` of 200 validation texts right, and every test text wrong."""
    table = pd.DataFrame({"row": np.arange(TEXTS), "text": "t", "label": "a", "predicted": "b"})
    told = table.assign(predicted=np.where(np.arange(TEXTS) < right, "a", "b"))
    scores: Any = {}
    return Evaluation(["a", "b"], scores, scores, table, 0.0, told if validation else None)


def test_a_clear_difference_is_called_help_or_harm() -> None:
    found = findings(answers(120), {"good": answers(160), "same": answers(121), "bad": answers(80)})
    assert [(finding.name, finding.effect) for finding in found] == [
        ("good", "helps"),
        ("same", "unclear"),
        ("bad", "hurts"),
    ]
    told = conclusions(found)
    assert [finding.name for finding in told] == ["good", "bad"]
    assert [round(finding.values["points"]) for finding in told] == [20, 20]
    assert all(finding.values["low"] <= finding.values["points"] <= finding.values["high"] for finding in told)


def test_noise_is_said_once_by_the_largest_difference() -> None:
    (told,) = conclusions(findings(answers(120), {"more": answers(122), "less": answers(117)}))
    assert (told.name, told.effect) == ("less", "unclear")
    assert "may well be chance" in told.sentence


def test_what_one_comparison_would_show_is_not_claimed_among_many() -> None:
    # 8 texts right more often and none less: p = .0078
    assert findings(answers(120), {"lucky": answers(128)})[0].effect == "helps"
    many = {"lucky": answers(128)} | {str(place): answers(120) for place in range(9)}
    assert {finding.effect for finding in findings(answers(120), many)} == {"unclear"}


def test_evaluations_of_earlier_versions_are_passed_over() -> None:
    assert findings(answers(120), {"old": answers(160, validation=False)}) == []
    assert findings(answers(120, validation=False), {"new": answers(160)}) == []
    assert conclusions([]) == []
