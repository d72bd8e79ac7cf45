"""The files of a run, in named folders, next to the database or wherever the tracking server keeps them."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import url2pathname

from core.errors import RunError
from core.messages import N_
from core.runs.base import Tracked
from core.runs.tracking import translated


class NothingStored(RunError):
    message = N_("This training has stored nothing under “{name}” yet. Let it finish, then try again.")


class RunFiles(Tracked):
    """Named folders of a run: a reader finds a folder whole, or not at all."""

    def _local(self, run_id: str) -> Path | None:
        """The folder of a run's files if it is on this machine."""
        return self._local_of(self._found(run_id))

    def _local_of(self, found: Any) -> Path | None:
        """The same of MLflow's record of the run."""
        address = urlparse(found.info.artifact_uri)
        return Path(url2pathname(address.path)) if address.scheme == "file" else None

    @contextmanager
    def writing(self, run_id: str, name: str) -> Iterator[Path]:
        """An empty folder to write into; it becomes the run's folder `name` when the block ends without an error."""
        with self._writing_at(self._local(run_id), run_id, name) as folder:
            yield folder

    @contextmanager
    def _writing_at(self, local: Path | None, run_id: str, name: str) -> Iterator[Path]:
        """The same for several folders of a run, whose place is asked for once: `_local`."""
        base = local if local is not None else Path(tempfile.mkdtemp(prefix="unrolled-"))
        fresh = base / (name if local is None else f".{name}-{uuid.uuid4().hex}")
        try:
            with translated(str(base)):
                fresh.mkdir(parents=True)
                yield fresh
                if local is None:
                    self._client.log_artifacts(run_id, str(fresh), artifact_path=name)
                else:
                    _replace_folder(fresh, base / name)
        finally:
            shutil.rmtree(fresh if local is not None else base, ignore_errors=True)

    @contextmanager
    def reading(self, run_id: str, name: str) -> Iterator[Path]:
        """The run's folder `name`, to read only; raises NothingStored."""
        local = self._local(run_id)
        if local is not None:
            if not (local / name).is_dir():
                raise NothingStored(name=name)
            yield local / name
            return
        with tempfile.TemporaryDirectory(prefix="unrolled-") as base:
            if not self._client.list_artifacts(run_id, name):
                raise NothingStored(name=name)
            yield Path(self._client.download_artifacts(run_id, name, base))

    def has_files(self, run_id: str, name: str) -> bool:
        local = self._local(run_id)
        return (local / name).is_dir() if local is not None else bool(self._client.list_artifacts(run_id, name))

    def remove_files(self, run_id: str, names: Iterable[str]) -> None:
        """Delete these folders of a run, if they are within reach."""
        local = self._local(run_id)
        if local is not None:
            for name in names:
                shutil.rmtree(local / name, ignore_errors=True)

    def _remove(self, run_id: str) -> None:
        """Delete an entry of the store and, where they are within reach, its files."""
        local = self._local(run_id)
        self._client.delete_run(run_id)
        if local is not None:
            shutil.rmtree(local.parent, ignore_errors=True)


def _replace_folder(fresh: Path, target: Path) -> None:
    """Rename twice; on Windows a reader may hold the old folder for a moment, so it is tried again."""
    for file in fresh.rglob("*"):
        if file.is_file():
            with file.open("rb+") as stream:
                os.fsync(stream.fileno())  # a tag that says it is there must not outlive it in a power cut
    old = target.with_name(f".old-{uuid.uuid4().hex}")
    for attempt in range(20):
        try:
            if target.exists():
                target.rename(old)
            break
        except PermissionError:
            if attempt == 19:
                raise
            time.sleep(0.05)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
