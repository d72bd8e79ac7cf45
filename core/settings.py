"""What the environment decides: where things are kept, and who does the work.

UNROLLED_HOME          the user's data folder                (default: the system's folder for user data)
UNROLLED_TRACKING_URI  an MLflow store                       (default: SQLite in that folder)
UNROLLED_SCHEDULER     a Dask scheduler's address            (default: started here when first needed)
UNROLLED_WORKERS       how many local workers are started    (default: 2; 1 for small machines)
UNROLLED_IDLE_MINUTES  local engine ends after so long idle  (default: 60)
UNROLLED_MEMORY        memory that a training may take, in MB (default: the machine's)
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from core.errors import SettingsError
from core.messages import N_

# Both libraries report usage unless told not to; nothing may leave this machine.
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"


class VariableNotANumber(SettingsError):
    message = N_("The environment variable {name} is “{value}”. It has to be a number; without it, {usual} is taken.")


@dataclass(frozen=True)
class Settings:
    """The environment as it was when read; `from_environment` reads it anew."""

    home: Path
    tracking_uri: str
    scheduler: str | None
    workers: int
    idle_minutes: float
    memory_megabytes: float = 0.0  # 0: the machine's

    @classmethod
    def from_environment(cls) -> Settings:
        home = Path(os.environ.get("UNROLLED_HOME") or user_data_path("unrolled", appauthor=False)).absolute()
        return cls(
            home=home,
            tracking_uri=os.environ.get("UNROLLED_TRACKING_URI") or f"sqlite:///{(home / 'runs.db').as_posix()}",
            scheduler=os.environ.get("UNROLLED_SCHEDULER") or None,
            workers=max(1, int(_number("UNROLLED_WORKERS", 2))),
            idle_minutes=_number("UNROLLED_IDLE_MINUTES", 60),
            memory_megabytes=_number("UNROLLED_MEMORY", 0),
        )

    @property
    def engine_folder(self) -> Path:
        """Where the local scheduler's file and the programs' logs are."""
        return self.home / "engine"


def _number(name: str, usual: float) -> float:
    text = os.environ.get(name) or str(usual)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise VariableNotANumber(name=name, value=text, usual=usual)
    return number
