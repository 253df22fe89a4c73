"""The threads that work with files."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from backendd.files import threads


def _niceness():
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


async def test_work_with_files_goes_behind_all_else():
    own = _niceness()
    assert await threads.run(_niceness) == min(own + threads.BEHIND, 19)
    assert _niceness() == own


def test_where_none_may_go_behind_they_work_all_the_same(monkeypatch):
    def refuse(_):
        raise PermissionError

    monkeypatch.setattr(os, "nice", refuse)
    with ThreadPoolExecutor(1, initializer=threads.step_behind) as pool:
        assert pool.submit(lambda: "read").result() == "read"
