"""What the parameters of a task begin with; each task's own are in a file of their own, and tasks.py lists them."""

from __future__ import annotations

from core.parameters import Parameters


class TaskSettings(Parameters):
    """Base of what a task adds to the parameters of all."""
