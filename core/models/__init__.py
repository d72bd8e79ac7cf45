"""The architectures, found through one registry. A new one is a file in this folder; nothing else changes.

>>> architecture("lstm").title
'LSTM'
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from typing import Any

from core.errors import SettingsError
from core.messages import N_
from core.models.base import Architecture, Layer, NetworkSettings

__all__ = ["Architecture", "Layer", "NetworkSettings", "architecture", "architectures", "parse_network"]


class UnknownArchitecture(SettingsError):
    message = N_("There is no architecture “{name}”. Did you mean “{suggestion}”?")


def _found() -> dict[str, Architecture]:
    found: dict[str, Architecture] = {}
    for module in pkgutil.iter_modules(__path__):
        item = getattr(importlib.import_module(f"{__name__}.{module.name}"), "ARCHITECTURE", None)
        if item is not None:
            found[item.name] = item
    return dict(sorted(found.items(), key=lambda pair: pair[1].order))


_REGISTRY = _found()


def architectures() -> dict[str, Architecture]:
    """Every architecture by name, in the order in which they are taught."""
    return dict(_REGISTRY)


def architecture(name: str) -> Architecture:
    """The architecture of that name; raises UnknownArchitecture with a guess."""
    try:
        return _REGISTRY[name]
    except KeyError:
        near = difflib.get_close_matches(name, _REGISTRY, n=1, cutoff=0.0)
        raise UnknownArchitecture(name=name, suggestion=near[0]) from None


def parse_network(value: Any) -> NetworkSettings:
    """Network settings from a dictionary: its "architecture" names the file that declares the other parameters."""
    if isinstance(value, NetworkSettings):
        return value
    return architecture(value["architecture"]).settings.model_validate(value)
