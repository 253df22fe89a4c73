"""Files that go over the bus open: for a daemon that sees neither where they are nor where to."""

import os
from functools import partial

import pytest

from backendd.api import names
from backendd.api.descriptors import Descriptor
from tests.backendd.files.webserver import serving
from tests.backendd.session.peer import Peer
from tests.features.test_downloads import CONTENT, DIGESTS, sharing_of
from tests.features.test_handed_downloads import Stalling
from tests.lab.caller import Caller
from tests.stories.test_killed_transfers import is_moving

pytestmark = pytest.mark.components


def unnamed(content=b""):
    """Return an open file that has no name anywhere."""
    file = Descriptor(os.memfd_create("unnamed", os.MFD_CLOEXEC))
    os.write(file.fileno(), content)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    return file


def is_done(direction, transfer):
    return (transfer["direction"], transfer["state"]) == (direction, "done")


async def test_who_hands_a_file_over_may_leave_and_it_goes_on(server, user, bus, backend):
    alice = await user(server, "alice")
    bob = await Peer(server, "bob").online()
    passing = await Caller.open(bus.address, "alice")
    with unnamed() as target, unnamed(CONTENT) as source:
        async with serving(Stalling()) as web:
            bob.stream.send(sharing_of(server.jid("alice"), web.url("/cat.png"), hashes=DIGESTS))
            message = await alice.wait_for(bob.jid, lambda each: each.get("attachments"))
            await passing.call(names.FILES, "DownloadHandle", "xuh", message["id"], 0, target)
            await passing.call(names.FILES, "SendHandle", "shs", bob.jid, source, "letter.txt")
            coming = await alice.wait_transfer(is_moving)
            await passing.close()
            await alice.call(names.FILES, "Pause", "x", coming["id"])
            await alice.call(names.FILES, "Resume", "x", coming["id"])
            for direction in ("in", "out"):
                await alice.wait_transfer(partial(is_done, direction))
        assert os.pread(target.fileno(), len(CONTENT) + 1, 0) == CONTENT
    await bob.until(bob.bodies)
    await bob.close()
