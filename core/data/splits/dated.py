"""Learn from the past, be judged on the future: the oldest texts are learned from, the newest are the test."""

from __future__ import annotations

import re
import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.config import Split
from core.data.splits.parts import MissingDate, OneDate, UnreadableDate

# The day comes first unless only the other way round can be read, as most of the world writes it.
_FORMATS = (
    "ISO8601", "%Y/%m/%d", "%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d-%m-%Y",
    "%d/%m/%y", "%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%m-%d-%Y", "%m/%d/%y",
    "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%a %b %d %H:%M:%S %z %Y",
)  # fmt: skip
_FRENCH = {
    "janvier|janv.?": "January", "février|fevrier|févr.?|fév.?": "February", "mars": "March", "avril|avr.?": "April",
    "mai": "May", "juin": "June", "juillet|juil.?": "July", "août|aout": "August", "septembre|sept.?": "September",
    "octobre|oct.?": "October", "novembre|nov.?": "November", "décembre|decembre|déc.?": "December",
}  # fmt: skip
_SAMPLE = 1_000  # different values that are tried first
_SLOW = 50_000  # different values that are read one by one at the most


def dated_split(column: pd.Series, settings: Split) -> NDArray[np.str_]:
    """(rows,) of parts in the order of time: no train text is newer than a validation text, none of these than a test
    text. Rows of one date keep their order. Raises MissingDate, UnreadableDate, or OneDate.
    """
    dates = read_dates(column)
    if len(dates) and dates.iloc[0] == dates.max() == dates.min():
        raise OneDate(column=column.name)
    rows = len(dates)
    order = np.argsort(dates.to_numpy(), kind="stable")
    test = min(max(1, round(rows * settings.test_share)), max(0, rows - 2))
    validation = min(max(1, round(rows * settings.validation_share)), max(0, rows - test - 1))
    parts = np.full(rows, "train", dtype="<U10")
    parts[order[rows - test - validation :]] = "validation"
    parts[order[rows - test :]] = "test"
    return parts


def read_dates(column: pd.Series) -> pd.Series:
    """The column as moments (datetime64 in UTC, without a zone), by the same index.

    Read are dates as they are written in English, in French or by machines, years, and seconds since 1970.
    Raises MissingDate, or UnreadableDate with the first such value.
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype) or column.dtype.kind == "M":
        values, kinds = pd.factorize(column)
        found = pd.Series(pd.to_datetime(kinds, utc=True))
    else:
        texts = column.astype("str").where(column.notna(), "").str.strip()
        values, kinds = pd.factorize(texts.where(texts != ""))
        found = _read(pd.Series(kinds, dtype="str"))
    if (values < 0).any():
        raise MissingDate(count=int((values < 0).sum()), column=column.name)
    bad = found.isna().to_numpy()
    if bad.any():
        unreadable = bad[values]
        raise UnreadableDate(
            value=str(column[unreadable].iloc[0])[:80], column=column.name, count=int(unreadable.sum())
        )
    moments = found.dt.tz_localize(None).to_numpy()  # numbers; with a time zone they would be objects
    return pd.Series(moments[values], index=column.index, name=column.name)


def may_be_dates(column: pd.Series) -> bool:
    """Whether the first values can be read as dates, for those who suggest a column."""
    known = column.dropna()
    if not len(known):
        return False
    try:
        read_dates(known.head(50))
    except (MissingDate, UnreadableDate):
        return False
    return True


def _read(texts: pd.Series) -> pd.Series:
    """Different values, each once -> moments, NaT where there is none: by the one way that reads the most."""
    if texts.str.fullmatch(r"-?\d+(\.\d+)?").all():
        return _numbers(texts.astype("float64"))
    if texts.head(_SAMPLE).str.contains(r"[^\W\d_]{3}").any():
        texts = texts.str.replace(r"\b1er\b", "1", regex=True)
        for french, english in _FRENCH.items():
            texts = texts.str.replace(rf"(?<!\w)({french})(?!\w)", english, flags=re.IGNORECASE, regex=True)
    # A few values rule out most ways already; all values are read only in those ways that may be right.
    scores = {way: int(_in_format(texts.head(_SAMPLE), way).notna().sum()) for way in _FORMATS}
    likely = [way for way in _FORMATS if scores[way] == max(scores.values())]
    best = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[ns, UTC]")
    for way in likely if scores[likely[0]] else []:
        best = max(best, _in_format(texts, way), key=_readable)
        if _readable(best) == len(texts):
            return best
    if len(texts) <= _SLOW:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a day came first or did not, which is as it should be
            best = max(best, _in_format(texts, "mixed", dayfirst=True), key=_readable)
    return best


def _in_format(texts: pd.Series, way: str, dayfirst: bool = False) -> pd.Series:
    return pd.to_datetime(texts, format=way, dayfirst=dayfirst, errors="coerce", utc=True)


def _readable(found: pd.Series) -> int:
    return int(found.notna().sum())


def _numbers(values: pd.Series) -> pd.Series:
    """Days written without marks (20260531), years (1998), or seconds or thousandths since 1970."""
    if values.between(1_000_01_01, 2999_12_31).all():
        return pd.to_datetime(values.astype("int64").astype("str"), format="%Y%m%d", errors="coerce", utc=True)
    if values.between(1_000, 2_999).all():
        return pd.to_datetime(values.astype("int64").astype("str"), format="%Y", errors="coerce", utc=True)
    # Smaller numbers are counts or marks, and no dates.
    values = values.where(values.abs() > 1e8)
    unit = "ms" if values.abs().max() > 1e11 else "s"
    return pd.to_datetime(values, unit=unit, errors="coerce", utc=True)
