"""The gates of LSTM and GRU at each word: what they are called, what they mean, and where a trace has them."""

from __future__ import annotations

from dataclasses import dataclass

from core.insight.places import Places
from core.messages import N_
from core.models.base import Array


@dataclass(frozen=True)
class Gate:
    """title, meaning: for people (N_). opens: whether it goes from 0, shut, to 1, open; else from -1 to 1."""

    title: str
    meaning: str
    opens: bool = True


# In the order in which a cell uses them.
GATES = {
    "input": Gate(N_("Input gate"), N_("How much of the candidate is written into the memory cell: 0 none, 1 all.")),
    "forget": Gate(N_("Forget gate"), N_("How much of the memory cell is kept at this word: 0 is forgotten, 1 kept.")),
    "output": Gate(N_("Output gate"), N_("How much of the memory cell the network shows: 0 nothing, 1 all.")),
    "update": Gate(N_("Update gate"), N_("How much of the old state is kept: 1 keeps it, 0 takes the candidate.")),
    "reset": Gate(N_("Reset gate"), N_("How much of the old state the candidate may use: 0 none, 1 all.")),
    "candidate": Gate(
        N_("Candidate"), N_("What this word would write into the memory, from -1 to 1, if the gates allow it."), False
    ),
}
WITHOUT = N_(
    "This network has no gates: a SimpleRNN overwrites its whole state at each word. LSTM and GRU have gates that "
    "decide what is written and what is kept."
)


def gates_at(trace: Places, place: str) -> dict[str, Array]:
    """(steps, units) of each gate of one of `trace.places`, by its name in GATES; none where the cell has no gates."""
    found = {name: trace.states.get(f"{place}{name}") for name in GATES}
    return {name: values for name, values in found.items() if values is not None}
