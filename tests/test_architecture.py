"""The rules of the house: one direction, a light web process, and every library that is imported is pinned."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Seconds to import and hundreds of megabytes: only workers and the command line may pay for them.
HEAVY = ("tensorflow", "keras", "sklearn", "scipy")
# Whoever wants data sets by their name installs it; imported where it is used, and tested.
OPTIONAL = {"datasets", "huggingface-hub"}
WEB = """
import importlib, pkgutil, sys
import dashboard.steps, dashboard.ui
for package in (dashboard.steps, dashboard.ui):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
print(*sorted(name for name in {heavy} if name in sys.modules))
"""


def imported(folder: str) -> set[str]:
    """The top-level names of everything that a folder's files import, anywhere in them."""
    names: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names


def pinned(file: str = "requirements.txt") -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[=;\[ ]", line)[0].lower() for line in lines if line and not line.startswith("#")}


def test_core_knows_nothing_of_pages() -> None:
    assert not imported("core") & {"streamlit", "plotly", "dashboard"}


def test_pages_know_nothing_of_tensorflow() -> None:
    assert not imported("dashboard") & {"tensorflow", "keras"}


def test_the_web_process_stays_light() -> None:
    """Importing every page and everything that pages import loads none of the heavy libraries."""
    program = WEB.format(heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("folder", ["core", "dashboard"])
def test_every_library_is_pinned(folder: str) -> None:
    distributions = packages_distributions()
    foreign = imported(folder) - set(sys.stdlib_module_names) - {"core", "dashboard"}
    known = pinned() | (pinned("requirements-dev.txt") & OPTIONAL)
    missing = {name for name in foreign if not {d.lower().replace("_", "-") for d in distributions[name]} & known}
    assert not missing


def test_every_requirement_is_one_exact_version() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        wanted = [line for line in lines if line and not line.startswith(("#", "-r"))]
        assert wanted
        assert all(re.match(r"^[A-Za-z0-9_-]+==[0-9][^;*]*(;.*)?$", line) for line in wanted)
