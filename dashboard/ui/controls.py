"""A declared parameter becomes a widget: its kind, range, help and choices all come from the declaration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from core.config import RunSettings
from core.parameters import Declared
from core.tasks import task_of
from dashboard.ui import draft, problems
from dashboard.ui.i18n import _


def settings_controls(names: Iterable[str], columns: int = 1) -> None:
    """Widgets for these parameters of the draft, a few side by side."""
    settings = draft.settings()
    declared, values = settings.declared(), settings.flat()
    slots = st.columns(columns) if columns > 1 else [st.container()]
    for place, name in enumerate(name for name in names if name not in idle()):
        with slots[place % columns]:
            control(declared[name], values[name])


def idle() -> set[str]:
    """Parameters that change nothing for the draft's task: they are not shown."""
    return task_of(draft.settings()).without_effect()


def refused() -> None:
    """Say why the last value was not taken, once, with the parameter's name as it stands on the page."""
    error = st.session_state.pop("refused", None)
    if error is None:
        return
    declared = draft.settings().declared()
    values = {**error.values}
    if item := declared.get(str(values.get("name"))):
        values["name"] = _(item.title)
    st.warning(problems.plain(problems.translated(error.message, values)), icon=":material/block:")


def names_of(settings: RunSettings, group: str, level: str, without: Iterable[str] = ()) -> list[str]:
    """The parameters of a group at a level ("first" or "more"), in the order of their declaration."""
    fields = type(settings.groups()[group]).model_fields
    return [
        name
        for name, item in settings.declared().items()
        if name in fields and item.level == level and name not in without
    ]


def control(item: Declared, value: Any) -> None:
    """One widget, which changes the draft when it is moved."""
    key = f"{draft.WIDGET}{item.name}"
    if key not in st.session_state:
        st.session_state[key] = _shown(item, value)
    common: dict[str, Any] = {
        "label": _label(item),
        "key": key,
        "help": problems.plain(_(item.help)),
        "on_change": _moved,
        "args": (item.name,),
    }
    if item.type is bool:
        st.toggle(**common)
    elif item.choices and item.type is tuple:
        st.pills(options=list(item.choices), format_func=_titles(item), selection_mode="multi", **common)
    elif item.choices and len(item.choices) <= 5:
        st.segmented_control(options=list(item.choices), format_func=_titles(item), required=True, wrap=True, **common)
    elif item.type is tuple:
        st.text_input(**common)
    elif item.choices:
        st.selectbox(options=list(item.choices), format_func=_titles(item), **common)
    else:
        _number(item, common)


def _shown(item: Declared, value: Any) -> Any:
    """A list is what pills hold, or the numbers as one types them."""
    if not isinstance(value, list):
        return value
    return tuple(value) if item.choices else ", ".join(map(str, value))


def _number(item: Declared, common: dict[str, Any]) -> None:
    number_type = item.type
    low, high = (None if bound is None else number_type(bound) for bound in (item.minimum, item.maximum))
    if item.scale == "linear" and item.step and low is not None and high is not None:
        share = "percent" if number_type is float and high <= 1 else None
        st.slider(min_value=low, max_value=high, step=number_type(item.step), format=share, **common)
        return
    step = number_type(item.step) if item.step else (1 if number_type is int else None)
    st.number_input(min_value=low, max_value=high, step=step, format=None if number_type is int else "%g", **common)


def _moved(name: str) -> None:
    key = f"{draft.WIDGET}{name}"
    if key not in st.session_state:
        return  # the control has gone meanwhile, with an architecture that has no such parameter
    value = st.session_state[key]
    draft.change(name, list(value) if isinstance(value, tuple) else value)


def _titles(item: Declared) -> Any:
    choices = item.choices or {}
    return lambda choice: _(choices[choice])


def _label(item: Declared) -> str:
    return f"{_(item.title)} ({_(item.unit)})" if item.unit else _(item.title)
