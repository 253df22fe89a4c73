"""Files that have come whole, and are stopped just then: there once, or not at all."""

import asyncio
import threading

import pytest

from backendd.api import names
from backendd.files.parts import Part
from tests.backendd.files.webserver import serving
from tests.features.test_downloads import CONTENT, DIGESTS, download, downloads, left, told, whole
from tests.features.test_offers import make_friends, until_offered
from tests.features.test_replies import talking
from tests.features.test_uploads import send, until_state

__all__ = ["downloads", "make_friends"]


class Held:
    """Holds up whoever gives a file its name, before or behind that."""

    def __init__(self, monkeypatch, *, is_behind):
        self._began, self._may_end = threading.Event(), threading.Event()
        self._place, self._is_behind = Part.place, is_behind
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(Part, "place", lambda part, name: self._hold(part, name))

    def _hold(self, part, name):
        placed = self._place(part, name) if self._is_behind else None
        self._began.set()
        self._may_end.wait()
        if placed is None:
            raise InterruptedError
        return placed

    async def until_held(self):
        await asyncio.to_thread(self._began.wait)

    def end(self):
        """Have whoever is held go no further, and nobody be held any more."""
        self._monkeypatch.setattr(Part, "place", self._place)
        self._may_end.set()


@pytest.fixture(params=[False, True], ids=["before", "behind"])
def held(monkeypatch, request):
    held = Held(monkeypatch, is_behind=request.param)
    yield held
    held.end()


async def test_who_is_killed_as_a_file_gets_its_name_has_it_once(
    make_home, make_peer, downloads, held
):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        id = await download(home, message)
        await held.until_held()
        await home.crash()
        held.end()
        await home.come_back()
        await home.online()
        done = await until_state(home, id, "done")
        assert len(server.asked) == 1
    assert done.done == len(CONTENT)
    assert done.path == str(downloads / "cat.png")
    assert (downloads / "cat.png").read_bytes() == CONTENT
    assert left(downloads) == ["cat.png"]


async def test_what_is_cancelled_as_it_gets_its_name_leaves_nothing(
    make_home, make_peer, downloads, held
):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"))
        id = await download(home, message)
        await held.until_held()
        await home.call(names.FILES, "cancel", id)
    assert (await until_state(home, id, "cancelled")).error[0] == "NotAllowed"
    assert left(downloads) == []


@pytest.mark.parametrize("ends_by", ["a kill", "cancelling"])
async def test_an_offered_file_is_there_once_or_not_at_all_as_well(
    make_friends, tmp_path, held, ends_by
):
    one, other = await make_friends()
    path, directory = tmp_path / "cat.png", tmp_path / "taken"
    path.write_bytes(CONTENT)
    directory.mkdir()
    await send(one, other.jid, path, method="jingle-ibb")
    offer = await until_offered(other)
    await other.call(names.FILES, "accept", offer.id, str(directory))
    await held.until_held()
    if ends_by == "cancelling":
        await other.call(names.FILES, "cancel", offer.id)
        assert left(directory) == []
        return
    await other.crash()
    held.end()
    await other.come_back()
    await other.online()
    done = await until_state(other, offer.id, "done")
    assert done.done == len(CONTENT)
    assert done.path == str(directory / "cat.png")
    assert (directory / "cat.png").read_bytes() == CONTENT
    assert left(directory) == ["cat.png"]
    await other.call(names.FILES, "remove", offer.id)
    assert left(directory) == ["cat.png"]


@pytest.mark.every_server
async def test_who_offers_what_is_here_already_reads_that_it_arrived(make_friends, tmp_path, held):
    one, other = await make_friends()
    path, directory = tmp_path / "cat.png", tmp_path / "taken"
    path.write_bytes(CONTENT)
    directory.mkdir()
    id = await send(one, other.jid, path, method="jingle-ibb")
    offer = await until_offered(other)
    await other.call(names.FILES, "accept", offer.id, str(directory))
    await held.until_held()
    await other.call(names.FILES, "pause", offer.id)
    held.end()
    await until_state(one, id, "paused")
    await one.call(names.FILES, "resume", id)
    await until_state(other, offer.id, "offered")
    await other.call(names.FILES, "accept", offer.id, "")
    sent = await until_state(one, id, "done", "failed")
    assert (sent.state, sent.done) == ("done", len(CONTENT))
    assert (await until_state(other, offer.id, "done")).done == len(CONTENT)
    assert left(directory) == ["cat.png"]


async def test_a_file_that_is_here_stays_when_its_transfer_is_forgotten(
    make_home, make_peer, downloads
):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"))
        id = await download(home, message)
        await until_state(home, id, "done")
    await home.call(names.FILES, "remove", id)
    assert left(downloads) == ["cat.png"]
