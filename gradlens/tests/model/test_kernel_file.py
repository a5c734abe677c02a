"""Files sent by the kernel: which, in what parts, and what is said when it fails."""

import os

import pytest

from gradlens._model import kernel_file


class Comm:
    """The kernel's end of a comm, that records what is sent."""

    def __init__(self):
        self.sent = []
        self.handler = None

    def on_msg(self, handler):
        self.handler = handler

    def send(self, data=None, metadata=None, buffers=None):
        self.sent.append((data, buffers or []))

    def ask(self, **data):
        self.handler({"content": {"data": data}})
        return self.sent[-1]


class Manager:
    def __init__(self):
        self.targets = {}

    def register_target(self, name, handler):
        self.targets[name] = handler

    def open(self, path):
        comm = Comm()
        self.targets[kernel_file.TARGET](comm, {"content": {"data": {"path": path}}})
        return comm


@pytest.fixture
def manager(monkeypatch, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    (tmp_path / "model.h5").write_bytes(bytes(range(10)))
    monkeypatch.chdir(folder)
    monkeypatch.setattr(kernel_file, "_offered", set())
    made = Manager()
    monkeypatch.setattr(kernel_file, "comm_manager", lambda: made)
    return made


def test_parts_of_a_file_above_the_notebook(manager):
    kernel_file.offer("../model.h5")
    comm = manager.open("../model.h5")
    about, _ = comm.sent[0]
    assert about["size"] == 10
    data, buffers = comm.ask(offset=6, length=3)
    assert (data["offset"], buffers) == (6, [b"\x06\x07\x08"])
    assert data["mtime"] == about["mtime"]


def test_parts_are_bounded(manager, monkeypatch):
    monkeypatch.setattr(kernel_file, "MAX_PART", 4)
    kernel_file.offer("../model.h5")
    _, buffers = manager.open("../model.h5").ask(offset=0, length=10**12)
    assert [len(part) for part in buffers] == [4]


def test_no_other_file(manager, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    kernel_file.offer("../model.h5")
    comm = manager.open("../secret.txt")
    assert "not given" in comm.sent[0][0]["error"]
    data, buffers = comm.ask(offset=0, length=10)
    assert "error" in data and buffers == []


def test_a_link_is_what_it_points_to(manager, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    kernel_file.offer("../model.h5")
    os.remove(tmp_path / "model.h5")
    os.symlink(tmp_path / "secret.txt", tmp_path / "model.h5")
    assert "error" in manager.open("../model.h5").sent[0][0]


def test_a_file_that_is_gone(manager, tmp_path):
    kernel_file.offer("../model.h5")
    os.remove(tmp_path / "model.h5")
    assert manager.open("../model.h5").sent[0][0] == {"error": "No such file or directory"}


def test_without_a_kernel_nothing_is_offered(monkeypatch):
    monkeypatch.setattr(kernel_file, "comm_manager", lambda: None)
    kernel_file.offer("model.h5")
