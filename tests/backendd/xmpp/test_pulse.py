"""When to ask for a sign of life, and when to give up waiting for it."""

import asyncio
import math

import pytest

from backendd.xmpp.keepalive import keep_alive
from backendd.xmpp.pulse import Pulse

INTERVAL_S, SILENT_S, LATE_S = 30, 15, 25
ANSWER_S = 0.05


@pytest.fixture
def clock() -> list[float]:
    return [100.0]


@pytest.fixture
def pulse(clock: list[float]) -> Pulse:
    return Pulse(lambda: clock[0])


def test_it_is_asked_some_time_after_the_last_answer_whatever_came_since(pulse, clock):
    assert pulse.next_question(INTERVAL_S) == 130
    clock[0] = 120
    pulse.hear()
    assert pulse.next_question(INTERVAL_S) == 130
    pulse.answer()
    assert pulse.next_question(INTERVAL_S) == 150


def test_the_oldest_question_counts_until_it_is_answered(pulse, clock):
    pulse.ask()
    clock[0] = 110
    pulse.ask()
    assert pulse.next_question(INTERVAL_S) is None
    assert pulse.end(SILENT_S, LATE_S) == 115
    pulse.answer()
    assert pulse.end(SILENT_S, LATE_S) is None


def test_an_answer_may_be_late_behind_other_things_but_not_for_ever(pulse, clock):
    pulse.ask()
    for now in range(101, 125):
        clock[0] = now
        pulse.hear()
    assert pulse.end(SILENT_S, LATE_S) == 125


def test_the_time_doesnt_run_while_what_was_written_before_is_still_taken(pulse, clock):
    pulse.watch(50_000)
    pulse.ask()
    clock[0] = 112
    pulse.watch(40_000)
    assert pulse.end(SILENT_S, LATE_S) == 127
    clock[0] = 120
    pulse.watch(60_000)  # more was written, nothing was taken
    assert pulse.end(SILENT_S, LATE_S) == 127


def test_who_is_busy_with_one_answer_gives_no_other_meanwhile_and_then_has_its_time(pulse, clock):
    pulse.ask()
    with pulse.busy():
        clock[0] = 150
        assert pulse.end(SILENT_S, LATE_S) == math.inf
        pulse.hear()
    assert pulse.end(SILENT_S, LATE_S) == 175


def test_who_was_busy_and_said_nothing_at_all_has_no_more_time(pulse, clock):
    pulse.ask()
    with pulse.busy():
        clock[0] = 160
    assert pulse.end(SILENT_S, LATE_S) == 115


class Link:
    """Over it a question takes half of the time to go out that there is for its answer."""

    default_domain = "s.localhost"

    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.pulse = Pulse(self.loop.time)
        self.closed = self.loop.create_future()
        self.asked_at = math.inf

    @property
    def unsent(self):
        return 100 if 0 <= self.loop.time() - self.asked_at < ANSWER_S / 2 else 0

    def ask(self):
        self.pulse.ask()
        self.asked_at = self.pulse.end(0, 0)

    def fail(self, error):
        self.closed.set_result(error)


async def test_a_question_that_was_on_its_way_is_no_sign_of_life_once_it_is_out():
    link = Link()

    async def ask():
        link.ask()

    watch = keep_alive(link, link.ask, 3600.0, answer_s=ANSWER_S)
    await asyncio.gather(watch, ask())
    assert "no longer answers" in str(link.closed.result())
    assert link.pulse.end(ANSWER_S, LATE_S) == link.asked_at + ANSWER_S
