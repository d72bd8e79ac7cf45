"""A training that goes on with more classes: the output grows, and what was learned keeps its place in it.

Classes that come later stand behind those that were there, so the old ones have the first rows of the output.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.training.state import Arrays, TrainingState

if TYPE_CHECKING:
    from core.training.step import Steps

Numbers = NDArray[Any]


def grown(state: TrainingState, steps: Steps) -> TrainingState:
    """The state for a model that may have more classes than the one it was saved from; equal shapes stay as they are.

    New classes begin with the weights of the new model. The optimizer knows nothing of them yet; what it knows of all
    other weights it keeps.
    """
    model = steps.model
    variables = _all(state.variables, [variable.numpy() for variable in model.variables], grown_weights)
    averages = state.averages
    if steps.averages and averages:
        averages = _all(averages, [variable.numpy() for variable in model.trainable_variables], grown_weights)
    optimizer = _all(state.optimizer, [variable.numpy() for variable in steps.optimizer.variables], _grown_moments)
    return replace(state, variables=variables, averages=averages, optimizer=optimizer)


def grown_weights(before: Numbers, fresh: Numbers) -> Numbers:
    """Weights (…, classes) with those of the old classes in the first places.

    The one output z of two classes, a sigmoid, becomes the first two of a softmax: -z/2 and z/2 give the same
    probabilities.

    >>> grown_weights(np.array([[4.0], [2.0]]), np.array([[9.0, 9.0, 0.1], [9.0, 9.0, 0.2]])).tolist()
    [[-2.0, 2.0, 0.1], [-1.0, 1.0, 0.2]]
    """
    result = fresh.copy()
    if _was_one_output(before, fresh):
        result[..., :2] = np.concatenate([-before / 2, before / 2], axis=-1)
    else:
        result[..., : before.shape[-1]] = before
    return result


def _grown_moments(before: Numbers, fresh: Numbers) -> Numbers:
    return fresh if _was_one_output(before, fresh) else grown_weights(before, fresh)


def _was_one_output(before: Numbers, fresh: Numbers) -> bool:
    return before.shape[-1] == 1 < fresh.shape[-1]


def _all(before: Sequence[Numbers], fresh: Sequence[Numbers], grow: Any) -> Arrays:
    return [old if old.shape == new.shape else grow(old, new) for old, new in zip(before, fresh, strict=True)]
