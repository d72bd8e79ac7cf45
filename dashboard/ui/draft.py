"""The settings that the next run will have: a recipe for a network and these texts, and what was changed by hand.

It is in the address, too: `?architecture=gru&recipe=tutorial&set=units=32&set=epochs=5`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from core.config import RunSettings
from core.errors import SettingsError, UnrolledError
from core.tasks import Task, task, task_for, tasks
from core.text.preparation_file import PreparationFile
from core.training.recipes import recipe
from dashboard.ui import state

WIDGET = "setting:"  # keys of the widgets that show a parameter of the draft


@dataclass(frozen=True)
class Choice:
    """What the visitor chose; all else follows from the recipe. `changed`: values of parameters by name.

    task: "" for what is usual with the texts; architecture: taken as it is only where it can do the task.
    """

    task: str = ""
    recipe: str = "recommended"
    architecture: str = "lstm"
    changed: dict[str, Any] = field(default_factory=dict)

    def base(self) -> RunSettings:
        item = _task(self.task)
        name = self.architecture if self.architecture in item.architectures() else item.usual_architecture
        return recipe(self.recipe, name, _texts(), item.name)

    def settings(self) -> RunSettings:
        return self.base().with_values(self.changed)


_USUAL = Choice()
_USUAL_TASK = "classification"


def settings() -> RunSettings:
    """The settings of the next run."""
    return _choice().settings()


def change(name: str, value: Any) -> None:
    """Change one parameter; a value that is not possible leaves the draft as it is and is explained on the page."""
    try:
        _keep(settings().with_values({name: value}))
        st.session_state.pop("refused", None)
    except SettingsError as error:
        st.session_state.refused = error


def usual() -> RunSettings:
    """What the chosen recipe says, before anything is changed by hand."""
    return _choice().base()


def take_network(architecture: str) -> None:
    """Another network; what was changed by hand stays, as far as the other network has it, too."""
    chosen = replace(_choice(), architecture=architecture, changed={})
    known = chosen.base().declared()
    kept = {name: value for name, value in _choice().changed.items() if name in known}
    _set(replace(chosen, changed=kept))


def take_task(name: str) -> None:
    """Something else is to be learned from the same texts; their split and preparation stay."""
    settings_now = settings()
    shared = {*type(settings_now.split).model_fields, *type(settings_now.preparation).model_fields}
    kept = {field_name: value for field_name, value in _choice().changed.items() if field_name in shared}
    _set(replace(_choice(), task=name, changed=kept))


def take_recipe(name: str) -> None:
    """Another recipe; the texts' split stays, so that a choice does not change what a network is judged on."""
    split = type(settings().split).model_fields
    kept = {field_name: value for field_name, value in _choice().changed.items() if field_name in split}
    _set(replace(_choice(), recipe=name, changed=kept))


def take(other: RunSettings) -> None:
    """All settings of an earlier run."""
    _set(Choice(other.task, other.recipe, other.network.architecture))
    _keep(other)


def take_preparation(file: PreparationFile) -> None:
    """How the texts of an earlier run, or of a file, were prepared and divided; all else stays."""
    wanted = file.applied(settings())
    _set(_choice())
    _keep(wanted)


def write_address() -> None:
    """Only what differs from the usual: most addresses stay short."""
    choice = _choice()
    for name in ("task", "recipe", "architecture"):
        value = getattr(choice, name)
        if value == getattr(_USUAL, name):
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value
    changed = [f"{name}={_text(value)}" for name, value in choice.changed.items()]
    if st.query_params.get_all("set") != changed:
        st.query_params["set"] = changed


def _choice() -> Choice:
    if "draft" not in st.session_state:
        st.session_state.draft = _in_address()
    choice: Choice = st.session_state.draft
    return choice


def _set(choice: Choice) -> None:
    """Replace the draft; widgets that show it are told anew what they show."""
    st.session_state.draft = choice
    for key in [key for key in st.session_state if str(key).startswith(WIDGET)]:
        del st.session_state[key]


def _keep(wanted: RunSettings) -> None:
    """Note what of these settings differs from the recipe's."""
    choice = _choice()
    base, values = choice.base().flat(), wanted.flat()
    declared = wanted.declared()
    changed = {name: values[name] for name in declared if values[name] != base[name]}
    st.session_state.draft = replace(choice, changed=changed)


def _in_address() -> Choice:
    told = {name: st.query_params.get(name, getattr(_USUAL, name)) for name in ("task", "recipe", "architecture")}
    changed = dict(item.split("=", 1) for item in st.query_params.get_all("set") if "=" in item)
    choice = Choice(**told, changed=changed)
    try:
        choice.settings()
    except SettingsError:  # an address written by hand or by an older version
        return _USUAL
    return choice


def _texts() -> int | None:
    """How many usable texts there are to learn from; None before there are any."""
    fingerprint = st.session_state.get("data")
    try:
        return state.usable_texts(fingerprint) if fingerprint else None
    except UnrolledError:  # texts that are gone: the page that needs them says so
        return None


def _task(chosen: str) -> Task:
    """The chosen task, where the texts suit it; else what is usual with them."""
    fingerprint = st.session_state.get("data")
    try:
        dataset = state.load_dataset(fingerprint) if fingerprint else None
    except UnrolledError:  # texts that are gone: the page that needs them says so
        dataset = None
    if dataset is None:
        return task(chosen or _USUAL_TASK)
    return task(chosen) if chosen in tasks() and task(chosen).suits(dataset) else task_for(dataset)


def _text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
