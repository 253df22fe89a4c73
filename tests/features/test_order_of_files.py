"""Files that were sent at once, as messages of their own: told of in the order of the command."""

import asyncio

import pytest

from backendd.api import names
from backendd.session.ways import AT_ONCE
from tests.backendd.files.webserver import serving
from tests.features.test_failing_uploads import hosting, lenient, pair
from tests.features.test_uploads import transfer, until_state
from tests.lab.patience import PATIENCE_S

__all__ = ["hosting", "lenient", "pair"]

NAMES = ("one.txt", "two.txt", "three.txt", "four.txt")


class Slow:
    """A web server that takes the first file only once it may; `taken` are the contents it has."""

    def __init__(self):
        self.may = asyncio.Event()
        self.taken = []
        self.refused = frozenset()  # contents that it says to try again later
        self._two = asyncio.Event()
        self._has_refused = dict[bytes, asyncio.Event]()

    async def has_two(self):
        """Return once two others are here."""
        await asyncio.wait_for(self._two.wait(), PATIENCE_S)

    async def refuses(self, content):
        """Return once it has refused this."""
        has = self._has_refused.setdefault(content, asyncio.Event())
        await asyncio.wait_for(has.wait(), PATIENCE_S)

    async def __call__(self, asked):
        content = await asked.take()
        if content in self.refused:
            await asked.say("503 Service Unavailable")
            self._has_refused.setdefault(content, asyncio.Event()).set()
            return
        if content == b"one.txt":
            await self.may.wait()
        self.taken.append(asked.body)
        await asked.say("201 Created")
        if len(self.taken) == 2:
            self._two.set()


@pytest.fixture
def paths(tmp_path):
    for name in NAMES:
        (tmp_path / name).write_text(name)
    return [str(tmp_path / name) for name in NAMES]


@pytest.fixture
async def slow(hosting):
    """Such a server, where each file has an address of its own."""
    slow = Slow()
    async with serving(slow) as web:
        hosting.place = lambda asked: web.url(f"/{asked.get('filename')}")
        yield slow
        slow.may.set()


def told(peer):
    return [body.rpartition("/")[2] for body in peer.bodies()]


async def send(home, peer, paths):
    return await home.call(names.FILES, "send_album", peer.jid, paths, "", {})


async def test_who_gets_a_message_for_each_file_gets_them_in_the_order_they_were_sent(
    pair, slow, paths
):
    home, peer = pair
    ids = await send(home, peer, paths)
    await slow.has_two()
    assert told(peer) == []
    slow.may.set()
    for id in ids:
        await until_state(home, id, "done")
    await peer.until(lambda: len(told(peer)) == len(NAMES))
    assert told(peer) == list(NAMES)


@pytest.mark.parametrize(("act", "state"), [("pause", "paused"), ("cancel", "cancelled")])
async def test_a_file_that_is_held_up_holds_up_none_of_those_behind_it(
    pair, slow, paths, act, state
):
    home, peer = pair
    first, *others = await send(home, peer, paths)
    await slow.has_two()
    await home.call(names.FILES, act, first)
    for id in others:
        await until_state(home, id, "done")
    await until_state(home, first, state)
    await peer.until(lambda: told(peer) == list(NAMES[1:]))
    slow.may.set()
    await home.call(names.FILES, "resume", first)
    await until_state(home, first, "done")
    await peer.until(lambda: told(peer) == [*NAMES[1:], NAMES[0]])


async def test_a_message_that_is_discarded_holds_up_none_of_those_behind_it(pair, slow, paths):
    home, peer = pair
    ids = await send(home, peer, paths)
    await slow.has_two()
    (first, *_) = await home.messages(peer.jid)
    await home.call(names.MESSAGES, "discard", first.id)
    await peer.until(lambda: told(peer) == list(NAMES[1:]))
    assert ids


async def test_what_waits_for_its_turn_goes_out_in_order_after_a_crash(pair, slow, paths):
    home, peer = pair
    ids = await send(home, peer, paths)
    await slow.has_two()
    await home.crash()
    slow.may.set()
    await home.come_back()
    await home.online()
    for id in ids:
        await until_state(home, id, "done")
    await peer.until(lambda: len(told(peer)) == len(NAMES))
    assert told(peer) == list(NAMES)


async def test_what_waits_for_its_turn_holds_up_no_file_to_others(
    pair, make_peer, lenient, slow, paths
):
    home, peer = pair
    other = await make_peer(server=lenient[0])
    await send(home, peer, paths[:AT_ONCE])
    await slow.has_two()
    (id,) = await send(home, other, paths[AT_ONCE:])
    await until_state(home, id, "done")
    await other.until(lambda: told(other) == list(NAMES[AT_ONCE:]))
    assert told(peer) == []


async def test_what_is_tried_again_later_holds_up_no_other_file(pair, slow, paths, monkeypatch):
    home, peer = pair
    monkeypatch.setattr("backendd.features.uploads.service._PAUSE_S", PATIENCE_S)
    slow.may.set()
    slow.refused = {NAMES[number].encode() for number in range(AT_ONCE)}
    refused = [(await send(home, peer, [each]))[0] for each in paths[:AT_ONCE]]
    await asyncio.gather(*(slow.refuses(each) for each in slow.refused))
    (id,) = await send(home, peer, paths[AT_ONCE:])
    await until_state(home, id, "done")
    for each in refused:
        assert (await transfer(home, each)).state == "running"
