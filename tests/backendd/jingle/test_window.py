"""How many blocks are under way at once goes by how soon they are answered."""

import asyncio

from backendd.jingle.window import MOST, Window


async def test_more_are_under_way_while_answers_come_as_soon_as_ever():
    window = Window()
    await _answer(window, [0.2] * 40)
    assert window.size == MOST


async def test_fewer_are_under_way_when_they_queue_but_never_less_than_two():
    window = Window()
    await _answer(window, [0.01] * 40)
    await _answer(window, [0.5] * 5)
    assert window.size == MOST - 5
    await _answer(window, [0.5] * 40)
    assert window.size == 2


async def test_who_finds_no_room_waits_until_there_is_some():
    window = Window()
    await window.enter()
    await window.enter()
    third = asyncio.get_running_loop().create_task(window.enter())
    await asyncio.wait({third}, timeout=0.01)
    assert not third.done()
    await window.leave(0.1)
    await third


async def _answer(window: Window, seconds: list[float]) -> None:
    for each in seconds:
        await window.enter()
        await window.leave(each)
    await window.drain()
