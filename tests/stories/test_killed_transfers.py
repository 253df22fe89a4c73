"""A daemon that is killed in the middle of a file: each goes on, and none comes twice."""

import os

import pytest

from backendd.api import names
from tests.backendd.files.webserver import serving
from tests.backendd.session.peer import Peer
from tests.features.test_downloads import CONTENT, DIGESTS, sharing_of
from tests.features.test_failing_uploads import Hosting
from tests.features.test_handed_downloads import Stalling
from tests.lab import component
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN, free_ports
from tests.stories.test_people import befriend


@pytest.fixture
def server(tmp_path):
    """A server whose place for files is made up, at `server.files`."""
    (port,) = free_ports(1)
    settings = component.settings(f"files.{DOMAIN}", port)
    with Prosody(tmp_path / "server", settings=settings) as own:
        own.files = port
        yield own


def is_in(state):
    return lambda transfer: transfer["state"] == state


def is_moving(transfer):
    return transfer["state"] == "running" and transfer.get("done", 0) > 0


async def restarted(backend, *callers):
    """Have the daemon killed, and return when it is back."""
    await backend.kill()
    await backend.start()
    for each in callers:
        await each.wait_state("online")


async def test_an_upload_is_made_anew_and_its_message_sent_once(
    server, user, meet, backend, tmp_path
):
    begun = []

    async def stalling(asked):
        begun.append(asked)
        if len(begun) == 1:
            await asked.reader.read()  # until they hang up
        else:
            await asked.take()
            await asked.say("201 Created")

    alice, bob = await user(server, "alice"), await meet(server, "bob")
    hosting = await Hosting(server, server.files).connect()
    (tmp_path / "file").write_bytes(CONTENT)
    async with serving(stalling) as web:
        hosting.put = hosting.get = web.url()
        await alice.call(names.FILES, "Send", "ss", bob.jid, str(tmp_path / "file"))
        await alice.wait_transfer(is_moving)
        await restarted(backend, alice)
        await alice.wait_transfer(is_in("done"))
    await alice.send(bob.jid, "last")
    await bob.wait_for("last")
    assert [each.body for each in bob.received] == [hosting.get, "last"]
    assert begun[-1].body == CONTENT
    await hosting.close()


async def test_a_download_goes_on_where_it_was(server, user, backend, tmp_path):
    alice = await user(server, "alice")
    bob = await Peer(server, "bob").online()
    async with serving(Stalling()) as web:
        bob.stream.send(sharing_of(server.jid("alice"), web.url("/cat.png"), hashes=DIGESTS))
        message = await alice.wait_for(bob.jid, lambda each: each.get("attachments"))
        await alice.call(names.FILES, "Download", "xus", message["id"], 0, str(tmp_path))
        await alice.wait_transfer(is_moving)
        await restarted(backend, alice)
        await alice.wait_transfer(is_in("done"))
    assert (tmp_path / "cat.png").read_bytes() == CONTENT
    assert [each for each in os.listdir(tmp_path) if each.endswith(".part")] == []
    await bob.close()


async def test_a_file_from_client_to_client_goes_on_where_it_was(server, user, backend, tmp_path):
    callers = {name: await user(server, name) for name in ("alice", "bob")}
    alice, bob = callers.values()
    await befriend(callers, server)
    content, directory = os.urandom(20_000_000), tmp_path / "taken"
    (tmp_path / "file").write_bytes(content)
    directory.mkdir()
    await alice.call(names.FILES, "Send", "ss", server.jid("bob"), str(tmp_path / "file"))
    offer = await bob.wait_transfer(is_in("offered"))
    await bob.call(names.FILES, "Accept", "xs", offer["id"], str(directory))
    await bob.wait_transfer(is_moving)
    await restarted(backend, alice, bob)
    await bob.wait_transfer(is_in("done"))
    await alice.wait_transfer(is_in("done"))
    assert (directory / "file").read_bytes() == content
    assert os.listdir(directory) == ["file"]
