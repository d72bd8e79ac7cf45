"""A GPU is used where TensorFlow sees one, and its name is told; nothing else changes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from core.training import runtime


def test_the_processor_has_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    import tensorflow as tf

    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: [])
    assert runtime.device() == ""


@pytest.mark.parametrize(("details", "name"), [({"device_name": "NVIDIA T4"}, "NVIDIA T4"), ({}, "GPU")])
def test_a_gpu_is_named_and_shared(details: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import tensorflow as tf

    shared: list[Any] = []
    card = SimpleNamespace(name="/physical_device:GPU:0")
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: [card])
    monkeypatch.setattr(tf.config.experimental, "get_device_details", lambda which: details)
    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", lambda which, grows: shared.append((which, grows)))
    assert runtime.device() == name
    assert shared == [(card, True)]
