import os
import platform
import subprocess
import sys

import numpy as np

from core.runs.processes import Held, is_running, this_process


def test_this_process_runs() -> None:
    assert this_process().split("/")[:2] == [platform.node(), str(os.getpid())]
    assert is_running(this_process())


def test_a_process_that_ended_does_not_run() -> None:
    code = "from core.runs.processes import this_process; print(this_process())"
    name = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert not is_running(name)


def test_another_process_with_the_same_id_is_not_taken_for_it() -> None:
    host, pid, began = this_process().rsplit("/", 2)
    assert not is_running(f"{host}/{pid}/{int(began) - 1_000}")


def test_nobody_and_another_machine() -> None:
    assert not is_running("")
    assert is_running("elsewhere/1/0")


def test_what_is_held_beyond_before_is_told_where_it_grows() -> None:
    held = Held()
    assert (held.news() or 0) < 20
    room = np.ones(80 * 2**20, np.uint8)
    assert 60 < (held.news() or 0) < 100
    assert held.news() is None
    assert room.all()
