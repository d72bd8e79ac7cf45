"""The hub's own answers, through its real libraries: a server on this machine stands for it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import datasets
import huggingface_hub
import pytest

from core.data.hub.errors import HubAsksForLogin, HubUnreachable, NoSuchHubDataset
from core.data.hub.loading import read_hub
from core.errors import DataError

GATED = b'{"id": "gated/set", "gated": "manual", "sha": "%s", "siblings": [{"rfilename": "a.csv"}]}' % (b"a" * 40)


SHA = "c" * 40
TABLE = "text,label\n" + "".join(f"text {row},{'yes' if row % 2 else 'no'}\n" for row in range(20))
FILES = {
    "README.md": b"---\nlicense: cc-by-4.0\n---\n",
    "train.csv": TABLE.encode(),
    "test.csv": TABLE.replace("text ", "test ").encode(),
}
LISTED = [{"type": "file", "path": name, "size": len(FILES[name]), "oid": "d" * 40} for name in FILES]
ABOUT = {"id": "some/reviews", "sha": SHA, "cardData": {"license": "cc-by-4.0"}, "siblings": []}


class Hub(BaseHTTPRequestHandler):
    """As the hub answers those who have not logged in."""

    def do_GET(self) -> None:
        if self.path == "/api/datasets/gated/set":
            self._answer(200, GATED)
        elif "gated/set" in self.path:
            self._answer(403, b"", "GatedRepo")
        elif "none/such" in self.path:
            self._answer(401, b"", "RepoNotFound")
        elif "some/reviews" in self.path:
            self._reviews()
        else:
            self._answer(500, b"")

    def _reviews(self) -> None:
        path = self.path.partition("?")[0]
        if re.fullmatch(r"/api/datasets/some/reviews(/revision/\w+)?", path):
            self._answer(200, json.dumps(ABOUT).encode())
        elif path.endswith(f"/tree/{SHA}"):
            self._answer(200, json.dumps(LISTED).encode())
        elif "/resolve/" in path and (content := FILES.get(path.rpartition("/")[2])):
            self._answer(200, content)
        else:
            self._answer(404, b"", "EntryNotFound")

    do_HEAD = do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, status: int, content: bytes, error: str = "") -> None:
        self.send_response(status)
        if error:
            self.send_header("X-Error-Code", error)
        else:
            self.send_header("ETag", '"e"')
            self.send_header("X-Repo-Commit", SHA)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    constants = huggingface_hub.constants
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", address + "/{repo_id}/resolve/{revision}/{filename}")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(datasets.config, "HF_ENDPOINT", address)
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("none/such", NoSuchHubDataset), ("gated/set", HubAsksForLogin), ("broken/hub", HubUnreachable)],
)
def test_what_the_hub_answers_is_one_sentence(hub: None, name: str, expected: type[DataError]) -> None:
    with pytest.raises(expected):
        read_hub(name)


def test_a_data_set_comes_with_its_parts_and_licence(hub: None) -> None:
    table = read_hub("some/reviews")
    dataset = table.dataset()
    assert (len(dataset), dataset.class_names, dataset.licence) == (40, ["no", "yes"], "cc-by-4.0")
    assert dataset.parts is not None
    assert {name: dataset.parts.count(name) for name in ("train", "test")} == {"train": 20, "test": 20}
    assert dataset.source == "hub:some/reviews"
