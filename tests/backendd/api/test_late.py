"""Modules that are loaded when somebody asks them for something."""

import sys
from threading import Barrier, Thread

import pytest

from backendd.api.late import load_late, without

SOURCE = """
import sys
from time import sleep
runs = getattr(sys, "runs_of_{name}", 0) + 1
setattr(sys, "runs_of_{name}", runs)
sleep(0.05)  # in which others come
answer = 42
"""


@pytest.fixture
def late(tmp_path, monkeypatch, request):
    """The name of a module that was made late."""
    name = f"late_{request.node.name}".replace("[", "_").replace("]", "")
    (tmp_path / f"{name}.py").write_text(SOURCE.format(name=name))
    monkeypatch.syspath_prepend(tmp_path)
    load_late(name)
    yield name
    del sys.modules[name]


def runs(name):
    return getattr(sys, f"runs_of_{name}", 0)


def test_it_is_loaded_once_with_the_first_thing_it_is_asked_for(late):
    module = __import__(late)
    assert runs(late) == 0
    assert (module.answer, module.answer, runs(late)) == (42, 42, 1)


def test_it_can_be_imported_from(late):
    assert __import__(late, fromlist=["answer"]).answer == 42
    namespace = {}
    exec(f"from {late} import answer", namespace)
    assert namespace["answer"] == 42


def test_it_has_what_its_file_has_and_nothing_else(late):
    with pytest.raises(AttributeError, match="question"):
        __import__(late).question  # noqa: B018 - it is asked for
    assert runs(late) == 1
    assert hasattr(__import__(late), "answer")


def test_threads_that_ask_at_once_have_it_as_a_whole(late):
    module, found, together = __import__(late), [], Barrier(4)

    def ask():
        together.wait()
        found.append(module.answer)

    threads = [Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (found, runs(late)) == ([42] * 4, 1)


def test_what_is_loaded_or_not_there_stays_so():
    load_late("json", "there_is_no_such_module")
    assert sys.modules["json"].loads("1") == 1
    assert "there_is_no_such_module" not in sys.modules


def test_a_module_is_not_there_for_what_is_imported_without_it(tmp_path, monkeypatch):
    (tmp_path / "left_out.py").write_text("answer = 42\n")
    monkeypatch.syspath_prepend(tmp_path)
    with without("left_out"), pytest.raises(ImportError):
        __import__("left_out")
    assert __import__("left_out").answer == 42
    with without("left_out"):
        assert __import__("left_out").answer == 42
    del sys.modules["left_out"]
