"""Transfers as they are told while they move, on a way that does what a test says."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from backendd.api.errors import BackendError, NotConnected, Paused
from backendd.core.transfers import Facts, NewTransfer, TransfersChanged
from backendd.features.transfers.signals import TransfersSignals
from backendd.files.copies import Copies
from backendd.session.handles import Handles
from backendd.session.moves import Moves
from backendd.session.ways import Move
from backendd.store import transfers
from tests.features.test_uploads import until_state


class Scripted:
    """A way on which a file moves as `work` moves it."""

    method = "http"
    at_once = 1

    def __init__(self, work: Callable[[Move], Awaitable[None]]) -> None:
        self.work = work

    async def move(self, move):
        await self.work(move)
        return lambda ledger: None

    def gave_up(self, ledger, transfer, error):
        pass

    def goes_on(self, ledger, transfer):
        pass

    async def forget(self, transfer):
        pass


async def add(home):
    """Store a transfer that waits to begin; return its id."""
    new = NewTransfer(
        peer=home.jid, direction="in", method="http", name="a", time=1, size=9, path="/a"
    )
    return await home.inside.store.write(lambda ledger: transfers.add(ledger, new))


@pytest.fixture
async def begin(make_home):
    """Call it for a home, and a transfer that is moved by a function."""
    home = await make_home()

    async def run(work):
        home.inside.transfers.receive(Scripted(work))
        id = await add(home)
        home.inside.transfers.look()
        return home, id

    return run


def told(home, id):
    """Return what was told of a transfer, in order."""
    events = home.hub.of(TransfersChanged)
    return [each for event in events for each in event.transfers if each.id == id]


ENDS = [
    (None, "done"),
    (Paused("paused by her"), "paused"),
    (NotConnected("gone"), "queued"),
    (BackendError("it broke"), "failed"),
]


async def keep_telling(move):
    """Tell how far it is, and once more a moment later."""
    move.tell(1)
    move.tell(2)


@pytest.mark.parametrize(("error", "state"), ENDS)
async def test_how_far_it_was_is_not_told_of_what_moves_no_more(begin, error, state):
    moves = []

    async def work(move):
        moves.append(move)
        await keep_telling(move)
        if error is not None:
            raise error

    home, id = await begin(work)
    await home.until(lambda: moves)
    await until_state(home, id, state)
    before = told(home, id)
    moves[0].tell(3)
    is_told = asyncio.Event()

    async def wait(move):
        await keep_telling(move)
        await is_told.wait()

    home, other = await begin(wait)
    # What is noted of it is told later than what was noted before.
    await home.until(lambda: [each for each in told(home, other) if each.done == 2])
    is_told.set()
    assert told(home, id) == before
    assert (before[-1].state, before[-1].done) == (state, 2)


async def test_that_something_is_looked_through_is_told_when_it_begins_and_when_it_ends(begin):
    is_seen = asyncio.Event()

    async def look_through(move):
        move.tell(5)
        for done in range(6):
            move.check(done, 5)
        await is_seen.wait()

    home, id = await begin(look_through)
    await home.until(lambda: [each for each in told(home, id) if each.checking == (0, 5)])
    found = [each.checking for each in told(home, id) if each.done]
    assert found == [(0, 0), (0, 5), (0, 0)]
    is_seen.set()
    await until_state(home, id, "done")


class Outlet:
    """Keeps what is told on the bus."""

    def __init__(self, home):
        self.told = []
        self._changed = home.hub.changed

    def emit(self, interface, signal, *arguments):
        self.told += arguments[0]
        self._changed.set()

    def is_clear(self):
        return True


async def test_what_is_stored_of_a_file_that_moves_is_told_with_how_far_it_is(begin):
    is_heard = asyncio.Event()

    async def learn_amid(move):
        await is_heard.wait()
        move.tell(5)
        learn = partial(transfers.learn, id=move.transfer.id, facts=Facts(mime="image/png"))
        await home.inside.store.write(learn)
        await asyncio.Event().wait()

    home, id = await begin(learn_amid)
    outlet = Outlet(home)
    TransfersSignals(home.inside, outlet)
    is_heard.set()
    await home.until(lambda: any(each.mime for each in outlet.told))
    assert [each.done for each in outlet.told if each.mime] == [5]
    await home.inside.transfers.cancel(id)


async def test_what_noticed_too_late_that_it_was_offline_goes_on_with_the_stream_there_is(begin):
    has_begun, is_online, tries = asyncio.Event(), asyncio.Event(), []

    async def work(move):
        tries.append(move)
        if len(tries) == 1:
            has_begun.set()
            await is_online.wait()
            raise NotConnected("it was asked before there was a stream")

    home, id = await begin(work)
    await has_begun.wait()
    home.inside.transfers.connected()
    is_online.set()
    await until_state(home, id, "done")
    assert len(tries) == 2


async def test_what_is_held_before_it_has_begun_may_begin_again(make_home, tmp_path):
    begun = []

    async def work(move):
        begun.append(move.transfer.id)

    home = await make_home()
    inside = home.inside
    ways = {("in", "http"): Scripted(work)}
    failed = inside.storage_failed
    handles = Handles(Copies(tmp_path))
    moves = Moves(inside.store, inside.tasks, inside.events, ways, handles, failed, lambda: None)
    id = await add(home)
    await moves.begin()
    await moves.hold(id)  # at once: it never came to run
    assert begun == []
    await moves.begin()
    await until_state(home, id, "done")
    assert begun == [id]


async def test_the_next_one_begins_when_one_is_cancelled(begin):
    begun = asyncio.Queue()

    async def work(move):
        begun.put_nowait(move.transfer.id)
        await asyncio.Event().wait()

    home, first = await begin(work)
    assert await begun.get() == first
    second = await add(home)
    await home.inside.transfers.cancel(first)
    assert await begun.get() == second
