"""`jp file`: what others offer directly, and files that are held up, moved and forgotten."""

import os

import pytest

from tests.stories.test_people import befriend

pytestmark = [pytest.mark.components]

CONTENT = os.urandom(300_000)


@pytest.fixture
async def friends(server, user):
    """Alice and bob, both users here, who see each other."""
    callers = {name: await user(server, name) for name in ("alice", "bob")}
    await befriend(callers, server)


@pytest.fixture
async def offer(jp, server, friends):
    """Call it to have bob offer alice a file; returns the id that it has for her."""
    (jp.directory / "letter").write_bytes(CONTENT)

    async def make():
        words = ("-p", "bob", "file", "send", server.jid("alice"), "letter")
        await jp.ok(*words, "--method", "jingle-ibb")
        return (await until(jp, "alice", "offered"))["id"]

    return make


async def until(jp, who, state):
    """Return the newest transfer of somebody once it is in a state."""
    while True:
        found = (await jp.ok("-p", who, "file", "list", "--json")).records
        if found and found[-1]["state"] == state:
            return found[-1]
        await jp("-p", who, "watch", "Files", "--count", "1", "--limit", "200ms")


async def test_what_is_offered_is_taken_into_a_directory(jp, offer):
    id = await offer()
    (jp.directory / "here").mkdir()
    taken = await jp.ok("file", "accept", str(id), "here", "--wait")
    assert taken.output == f"{jp.directory}/here/letter\n"
    assert (jp.directory / "here/letter").read_bytes() == CONTENT
    again = await jp("file", "accept", str(id))
    assert (again.code, again.output) == (1, "")


async def test_what_is_offered_is_written_into_a_file_or_a_pipe(jp, offer):
    await jp.ok("file", "accept", str(await offer()), "--output", "copy")
    assert (jp.directory / "copy").read_bytes() == CONTENT
    id = str(await offer())
    taken = await jp("file", "accept", id, "--output", "copy")
    assert (taken.code, "exists" in taken.errors) == (1, True)
    assert (await jp("file", "accept", id, ".", "--output", "other")).code == 2
    process = await jp.start("file", "accept", id, "--output", "-")
    output, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert output == CONTENT


async def test_who_refuses_a_file_tells_so(jp, offer):
    id = await offer()
    await jp.ok("file", "refuse", str(id))
    theirs = await until(jp, "bob", "failed")
    assert theirs["error"][0]
    assert (await until(jp, "alice", "cancelled"))["id"] == id


async def test_a_file_that_was_put_elsewhere_is_found_there(jp, offer):
    id = await offer()
    (jp.directory / "here").mkdir()
    await jp.ok("file", "accept", str(id), "here", "--wait")
    (jp.directory / "here/letter").rename(jp.directory / "kept")
    await jp.ok("file", "moved", str(id), "kept")
    assert (await until(jp, "alice", "done"))["path"] == f"{jp.directory}/kept"
    for wrong in ("nowhere", "."):
        assert (await jp("file", "moved", str(id), wrong)).code == 2


async def test_the_largest_file_that_a_server_takes_is_printed(jp, server, friends):
    assert (await jp.ok("file", "limit")).output == f"{100 * 1024 * 1024}\n"
    assert (await jp.ok("file", "limit", "--json")).record == {"MaxUploadSize": 104857600}
    await jp.ok("profile", "disconnect")
    ended = await jp("file", "limit")
    assert (ended.code, "not online" in ended.errors) == (1, True)


async def test_what_waits_is_paused_resumed_cancelled_and_forgotten(jp, server, friends):
    await jp.ok("profile", "disconnect")
    (jp.directory / "letter").write_bytes(CONTENT)
    sent = await jp.ok("file", "send", server.jid("bob"), "letter")
    id = sent.output.strip()
    await jp.ok("file", "pause", id)
    assert (await until(jp, "alice", "paused"))["id"] == int(id)
    assert (await jp("file", "pause", id)).code == 1
    assert (await jp("file", "remove", id)).code == 1
    await jp.ok("file", "resume", id)
    await until(jp, "alice", "queued")
    late = await jp("file", "wait", id, "--limit", "100ms")
    assert (late.code, "still queued" in late.errors) == (1, True)
    await jp.ok("file", "cancel", id)
    waited = await jp("file", "wait", id)
    assert (waited.code, "was cancelled" in waited.errors) == (1, True)
    await jp.ok("file", "resume", id)
    await jp.ok("profile", "connect")
    await jp.ok("file", "wait", id, "--limit", "1m")
    await jp.ok("file", "remove", id)
    assert (await jp.ok("file", "list", "--json")).records == []
