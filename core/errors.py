"""One error tree. Each error says what happened, with the value, and what to do.

UnrolledError
|-- DataError       the user's texts or file cannot be read or used
|-- SettingsError   a parameter is out of range or unknown
|-- RunError        a training or something asked of a run went wrong
|-- StoreError      the run store is locked, full, or out of reach
`-- EngineError     the scheduler or a worker cannot be started or reached

A message is an English sentence with {placeholders}, marked by N_ so that the catalogs hold it; `code` is the
class's name in snake case. The dashboard translates `message` and fills in `values`; `str(error)` is the English.
"""

from __future__ import annotations

import re
from typing import Any

from core.messages import N_


class UnrolledError(Exception):
    """Base of all errors that a user may see; `values` fill the message's placeholders."""

    code = "unrolled_error"
    message = N_("Something went wrong: {detail}")

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(self.message.format(**values))

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross process borders (Dask pickles them); keyword arguments need saying so.
        return _rebuild, (type(self), self.values)


def _rebuild(error_type: type[UnrolledError], values: dict[str, Any]) -> UnrolledError:
    return error_type(**values)


class DataError(UnrolledError):
    """The user's texts or file cannot be read or used."""


class SettingsError(UnrolledError):
    """A parameter is out of range or unknown."""


class RunError(UnrolledError):
    """A training, or something asked of a run, went wrong."""


class StoreError(UnrolledError):
    """The run store is locked, full, or out of reach."""


class EngineError(UnrolledError):
    """The scheduler or a worker cannot be started or reached."""
