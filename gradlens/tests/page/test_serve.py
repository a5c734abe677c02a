from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import gradlens


@pytest.fixture
def served(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[gradlens.Served]:
    built = tmp_path_factory.mktemp("built")
    (built / "page.html").write_text("<h1>{{title}}</h1>{{pictures}}{{data}}")
    for name in ("viewer.js", "viewer.css", "theme.css", "page.css"):
        (built / name).write_text("")
    monkeypatch.setattr("gradlens._page.assets.BESIDE", built)
    with gradlens.serve(gradlens.heatmap(np.eye(3), name="an array")) as page:
        yield page


def ask(page: gradlens.Served, path: str, method: str = "GET") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=10)
    connection.request(method, path)
    return connection.getresponse()


def path_of(page: gradlens.Served) -> str:
    return page.url.removeprefix(f"http://127.0.0.1:{page.port}")


def test_page_is_served_under_its_address(served: gradlens.Served) -> None:
    answer = ask(served, path_of(served))
    body = answer.read()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"an array" in body
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    head = ask(served, path_of(served), "HEAD")
    assert (head.status, head.headers["Content-Length"]) == (200, str(len(body)))


@pytest.mark.parametrize(
    "change",
    [
        lambda path: "/",
        lambda path: path[:-2],
        lambda path: "/x" + path,
        lambda path: "/../gradlens",
    ],
)
def test_nothing_is_served_elsewhere(served: gradlens.Served, change) -> None:
    answer = ask(served, change(path_of(served)))
    assert answer.status == 404
    assert b"an array" not in answer.read()


def test_other_methods_are_refused(served: gradlens.Served) -> None:
    assert ask(served, path_of(served), "POST").status == 501


def test_address_is_random_and_of_this_machine_only(served: gradlens.Served) -> None:
    assert len(path_of(served)) > 30
    with gradlens.serve(gradlens.heatmap(np.eye(3))) as other:
        assert path_of(other) != path_of(served)
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)}
    for address in others - {"127.0.0.1", "::1"}:
        if not address.startswith("127."):
            with pytest.raises(OSError):
                socket.create_connection((address, served.port), timeout=2)


def test_it_ends(served: gradlens.Served) -> None:
    served.stop()
    served.stop()
    assert repr(served) == "GradLens: stopped"
    with pytest.raises(OSError):
        ask(served, path_of(served))


def test_notebook_shows_a_frame(served: gradlens.Served) -> None:
    assert f'src="{served.url}"' in served._repr_html_()
    with pytest.raises(NotImplementedError):
        served._ipython_display_()
