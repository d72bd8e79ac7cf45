"""In which language a report is written, and how it writes numbers: given by those who ask for one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


def _say(message: str, /, **values: Any) -> str:
    return message.format(**{name: _number(each) if _is_number(each) else each for name, each in values.items()})


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: float | None, digits: int | None = None) -> str:
    if value is None or math.isnan(value):
        return "–"
    if digits is not None:
        return f"{value:,.{digits}f}"
    return f"{value:,.0f}" if value == int(value) else f"{value:.4g}"


def _percent(fraction: float | None, digits: int = 1) -> str:
    return "–" if fraction is None or math.isnan(fraction) else f"{fraction:.{digits}%}"


def _date(moment: datetime | None) -> str:
    return "–" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"


@dataclass(frozen=True)
class Words:
    """English unless told otherwise. `say` fills a message that was marked with N_; `code` is the language's."""

    say: Callable[..., str] = _say
    number: Callable[..., str] = _number
    percent: Callable[..., str] = _percent
    date: Callable[[datetime | None], str] = _date
    code: str = "en"


ENGLISH = Words()
