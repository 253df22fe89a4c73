"""Files of which much is there already: that it is looked through is told, before more comes."""

import hashlib

import pytest

from backendd.api import names
from backendd.core.transfers import TransfersChanged
from tests.backendd.files.webserver import serving
from tests.features.test_downloads import (
    CONTENT,
    DIGESTS,
    coming,
    download,
    downloads,
    half,
    ranged,
    told,
)
from tests.features.test_interrupted_offers import begun, file, make_friends, place
from tests.features.test_replies import talking
from tests.features.test_uploads import transfer, until_state

__all__ = ["begun", "downloads", "file", "make_friends", "place"]


def checked(home, id):
    """Return what was told to be looked through of a running transfer, each time, in order."""
    return [
        each.checking
        for event in home.hub.of(TransfersChanged)
        for each in event.transfers
        if each.id == id and each.state == "running"
    ]


@pytest.mark.every_server
async def test_both_sides_tell_that_they_look_through_what_is_there_before_the_rest_goes(begun):
    one, other, id, received = await begun()
    await coming(other)(2_500_000)
    await other.call(names.FILES, "pause", received)
    held = await transfer(other, received)
    await until_state(one, id, "paused")
    await other.call(names.FILES, "resume", received)
    for home, which in ((other, received), (one, id)):
        await until_state(home, which, "done")
        told = [each for each in checked(home, which) if each != (0, 0)]
        assert {size for _, size in told} == {held.done}
        assert checked(home, which)[-1] == (0, 0)


async def test_what_is_here_of_a_file_is_told_before_it_is_looked_through(begun):
    one, other, id, received = await begun()
    await other.call(names.FILES, "pause", received)
    held = await transfer(other, received)
    await until_state(one, id, "paused")
    seen = len(other.hub.of(TransfersChanged))
    await other.call(names.FILES, "resume", received)
    await until_state(other, received, "done")
    told = [each for event in other.hub.of(TransfersChanged)[seen:] for each in event.transfers]
    begins = next(each for each in told if each.checking != (0, 0))
    assert (begins.state, begins.done, begins.checking) == ("running", held.done, (0, held.done))


async def test_a_download_tells_that_it_looks_through_what_is_here(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(half) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        id = await download(home, message)
        await coming(home)(0)
        assert set(checked(home, id)) == {(0, 0)}
        await home.call(names.FILES, "pause", id)
        held = await transfer(home, id)
        await home.call(names.FILES, "resume", id)
        await until_state(home, id, "done")
    assert (0, held.done) in checked(home, id)
    assert checked(home, id)[-1] == (0, 0)


async def test_a_hash_of_which_nobody_had_told_is_looked_for_in_all_of_the_file(
    make_home, make_peer, downloads
):
    home, peer, _ = await talking(make_home, make_peer)
    async with serving(ranged) as server:
        hashes = {"sha-512": hashlib.sha512(CONTENT).digest()}
        message = await told(home, peer, server.url("/cat.png"), hashes=hashes)
        id = await download(home, message)
        await until_state(home, id, "done")
    assert (0, len(CONTENT)) in checked(home, id)
