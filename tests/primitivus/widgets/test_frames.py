"""When frames are drawn."""

import asyncio
import os
from itertools import pairwise

import pytest

from primitivus.widgets.frames import AT_ONCE, INTERVAL_S, TOGETHER_S, Frames
from tests.lab.leaping import run

STEP_S = INTERVAL_S / 50
LONG_S = 60.0


class Screen:
    """Frames, and when each was drawn."""

    def __init__(self):
        self.times = []
        self.frames = Frames(lambda: self.times.append(self.now))

    @property
    def now(self):
        return asyncio.get_running_loop().time()

    async def keep_changing(self, *, is_awaited, until):
        while self.now < until:
            self.frames.changed(is_awaited=is_awaited)
            await asyncio.sleep(STEP_S)

    async def exhaust(self):
        """Draw until no more may be drawn at once."""
        await self.keep_changing(is_awaited=True, until=self.now + LONG_S)


def on_screen(scenario):
    """Run a scenario with a screen; return when its frames were drawn."""

    async def main():
        screen = Screen()
        await scenario(screen)
        await asyncio.sleep(LONG_S)
        return screen.times

    return run(main())


def test_what_comes_after_quiet_is_drawn_at_once():
    async def one(screen):
        screen.frames.changed()
        assert not screen.times

    assert on_screen(one) == [0.0]


def test_many_changes_of_one_moment_are_one_frame():
    async def many(screen):
        for number in range(100):
            screen.frames.changed(is_awaited=bool(number % 2))

    assert on_screen(many) == [0.0]


def test_a_lesser_change_is_drawn_with_what_follows_it():
    async def typing_then_message(screen):
        screen.frames.changed(is_awaited=False)
        await asyncio.sleep(TOGETHER_S / 2)
        screen.frames.changed()

    assert on_screen(typing_then_message) == [TOGETHER_S / 2]


def test_a_lesser_change_alone_is_drawn_soon():
    async def typing(screen):
        screen.frames.changed(is_awaited=False)

    assert on_screen(typing) == [TOGETHER_S]


@pytest.mark.parametrize("after", [0.0, 0.003, 0.04, 0.2, 7.0])
def test_a_message_never_waits_behind_lesser_changes(after):
    came = []

    async def list_and_message(screen):
        async with asyncio.TaskGroup() as both:
            both.create_task(screen.keep_changing(is_awaited=False, until=LONG_S))
            await asyncio.sleep(LONG_S / 2 + after)
            came.append(screen.now)
            screen.frames.changed()

    assert set(came) <= set(on_screen(list_and_message))


def test_a_message_never_waits_behind_keys():
    async def typist_and_message(screen):
        for _ in range(100):
            screen.frames.now()
            await asyncio.sleep(STEP_S)
        screen.frames.changed()

    times = on_screen(typist_and_message)
    assert len(times) == 101
    assert times[-1] == pytest.approx(100 * STEP_S)


def test_the_last_of_a_few_messages_does_not_wait():
    async def few(screen):
        for _ in range(AT_ONCE):
            screen.frames.changed()
            await asyncio.sleep(STEP_S)

    assert on_screen(few) == [pytest.approx(number * STEP_S) for number in range(AT_ONCE)]


@pytest.mark.parametrize("is_awaited", [True, False])
def test_a_steady_stream_is_drawn_ten_times_a_second(is_awaited):
    async def stream(screen):
        await screen.keep_changing(is_awaited=is_awaited, until=LONG_S)

    times = on_screen(stream)
    assert len(times) <= LONG_S / INTERVAL_S + AT_ONCE + 1
    steady = times[AT_ONCE:-1]
    assert all(later - earlier > INTERVAL_S - STEP_S for earlier, later in pairwise(steady))


def test_all_that_changes_in_a_stream_is_drawn_in_the_end():
    async def stream(screen):
        await screen.exhaust()
        screen.frames.changed(is_awaited=False)

    assert on_screen(stream)[-1] > LONG_S


def test_a_key_is_drawn_at_once_whatever_comes_in():
    async def key_in_stream(screen):
        await screen.exhaust()
        screen.frames.changed()
        drawn = len(screen.times)
        screen.frames.now()
        assert len(screen.times) == drawn + 1

    on_screen(key_in_stream)


def test_what_a_key_showed_is_not_drawn_again():
    async def message_and_key(screen):
        screen.frames.changed()
        screen.frames.now()

    assert on_screen(message_and_key) == [0.0]


def test_what_is_due_as_a_key_is_typed_is_one_frame_with_what_that_does():
    async def message_then_key(screen):
        screen.frames.changed()
        screen.frames.put_off()
        await asyncio.sleep(TOGETHER_S / 2)
        assert not screen.times
        screen.frames.now()

    assert on_screen(message_then_key) == [TOGETHER_S / 2]


def test_what_is_due_as_a_key_is_typed_that_draws_nothing_is_drawn_soon():
    async def message_then_key(screen):
        screen.frames.changed()
        screen.frames.put_off()

    assert on_screen(message_then_key) == [TOGETHER_S]


def test_a_key_that_is_there_comes_before_a_frame_that_is_due():
    async def message_and_key(screen):
        typed, terminal = os.pipe()
        os.write(terminal, b"x")
        screen.frames.changed()
        asyncio.get_running_loop().add_reader(typed, screen.frames.put_off)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not screen.times
        asyncio.get_running_loop().remove_reader(typed)
        os.close(typed)
        os.close(terminal)

    assert on_screen(message_and_key) == [TOGETHER_S]


def test_what_is_cancelled_is_not_drawn():
    async def closed(screen):
        screen.frames.changed()
        screen.frames.cancel()

    assert on_screen(closed) == []
