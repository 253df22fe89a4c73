"""The threads that work with files."""

import os
import threading

from backendd.files import threads


def _niceness():
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


async def test_work_with_files_goes_behind_all_else():
    own = _niceness()
    assert await threads.run(_niceness) == min(own + threads.BEHIND, 19)
    assert _niceness() == own
