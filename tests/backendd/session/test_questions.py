"""Questions that several have at the same time."""

import asyncio

import pytest

from backendd.api.errors import Timeout
from backendd.api.tasks import Tasks
from backendd.session.questions import Questions


@pytest.fixture
async def tasks():
    tasks = Tasks()
    yield tasks
    await tasks.stop()


class Server:
    """Has what it was asked, and answers when it is told to."""

    def __init__(self):
        self.asked = []

    async def __call__(self):
        self.asked.append(asyncio.get_running_loop().create_future())
        return await self.asked[-1]


async def test_who_asks_the_same_meanwhile_gets_the_same_answer(tasks):
    questions, server = Questions(tasks), Server()
    both = asyncio.gather(*(questions.ask("key", server, who="it", timeout=60) for _ in range(2)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    server.asked[0].set_result("yes")
    assert await both == ["yes", "yes"]
    assert len(server.asked) == 1


async def test_what_one_has_waited_for_in_vain_is_asked_anew_though_others_wait_on(tasks):
    questions, server = Questions(tasks), Server()
    patient = asyncio.gather(questions.ask("key", server, who="it", timeout=60))
    with pytest.raises(Timeout):
        await questions.ask("key", server, who="it", timeout=0)
    again = asyncio.gather(questions.ask("key", server, who="it", timeout=60))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len(server.asked) == 2
    server.asked[1].set_result("late")
    assert await again == ["late"]
    server.asked[0].set_result("later")
    assert await patient == ["later"]
