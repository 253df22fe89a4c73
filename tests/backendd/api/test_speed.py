"""How fast a transfer goes is told so that a person can follow."""

import asyncio

from backendd.api.speed import Speed, Telling
from tests.lab.leaping import run

MIB = 1024 * 1024


def test_a_steady_transfer_has_its_speed_and_the_time_that_is_left():
    speed = Speed()
    for second in range(5):
        speed.note(float(second), second * MIB)
    assert speed.rate(4.0) == MIB
    assert speed.left(4.0, 10 * MIB) == 6.0


def test_nothing_is_said_of_the_speed_before_anything_came():
    speed = Speed()
    assert speed.rate(0.0) == 0.0
    speed.note(0.0, 0)
    assert speed.rate(0.0) == 0.0
    assert speed.left(0.0, MIB) is None


def test_only_the_last_seconds_count():
    speed = Speed(window=4.0)
    for second in range(100):
        speed.note(float(second), second * 10 * MIB)
    for second in range(1, 10):
        speed.note(99.0 + second, 990 * MIB + second * MIB)
    assert speed.rate(108.0) == MIB


def test_the_speed_falls_while_nothing_comes_and_then_is_none():
    speed = Speed(window=4.0)
    speed.note(0.0, 0)
    speed.note(1.0, 4 * MIB)
    assert speed.rate(2.0) == 2 * MIB
    assert speed.rate(5.0) == 0.0
    assert speed.left(5.0, 8 * MIB) is None


def test_what_was_there_before_is_not_what_came():
    speed = Speed()
    speed.note(10.0, 500 * MIB)
    speed.note(11.0, 501 * MIB)
    assert speed.rate(11.0) == MIB


def test_a_transfer_that_begins_anew_is_no_faster_for_it():
    speed = Speed()
    speed.note(0.0, 500 * MIB)
    speed.note(1.0, 0)
    speed.note(2.0, MIB)
    assert speed.rate(2.0) == MIB


def test_more_than_was_announced_leaves_no_time():
    speed = Speed()
    speed.note(0.0, 0)
    speed.note(1.0, 2 * MIB)
    assert speed.left(1.0, MIB) == 0.0


def test_a_thousand_pieces_in_a_second_are_told_ten_times_and_the_last_one_is():
    told = []

    async def main():
        loop = asyncio.get_running_loop()
        telling = Telling(lambda done: told.append((loop.time(), done)))
        for piece in range(3001):
            telling.note(piece)
            await asyncio.sleep(0.001)
        await asyncio.sleep(1)

    run(main())
    assert told[0] == (0.0, 0)
    assert told[-1][1] == 3000
    second = 1 - 1e-9  # sums of tenths are none
    for at, _ in told:
        assert len([when for when, _ in told if at <= when < at + second]) <= 10
    assert len(told) > 20


async def test_the_first_after_quiet_is_told_at_once():
    told = []
    Telling(told.append).note(1)
    assert told == [1]


async def test_what_waits_is_told_now_when_it_has_to_be():
    told = []
    telling = Telling(told.append, interval=3600)
    for done in (1, 2, 3):
        telling.note(done)
    telling.flush()
    telling.flush()
    assert told == [1, 3]


def test_what_is_closed_tells_nothing_more():
    told = []

    async def main():
        telling = Telling(told.append)
        telling.note(1)
        telling.note(2)
        telling.close()
        await asyncio.sleep(10)

    run(main())
    assert told == [1]
