"""The running loop as urwid's screen knows one."""

import asyncio
import os
from contextvars import ContextVar

from primitivus.widgets.terminal.loop import Loop

_running = ContextVar("running", default="nothing")


async def test_what_comes_later_has_no_part_in_what_began_to_listen():
    reading, writing = os.pipe()
    came = asyncio.get_running_loop().create_future()
    loop = Loop()
    token = _running.set("a command")
    handle = loop.watch_file(reading, lambda: came.done() or came.set_result(_running.get()))
    _running.reset(token)
    os.write(writing, b"x")
    assert await came == "nothing"
    loop.remove_watch_file(handle)
    os.close(reading)
    os.close(writing)
