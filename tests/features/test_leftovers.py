"""Parts of files that never came whole: none of them stays behind for ever."""

import os

from backendd.api import names
from backendd.files import parts
from backendd.files.directory_targets import DirectoryTarget
from backendd.files.encryption import Secret
from tests.backendd.files.rest import rest
from tests.backendd.files.webserver import serving
from tests.backendd.session.home import new_account
from tests.features.test_downloads import (
    Breaking,
    download,
    downloads,
    left,
    short_pauses,
    told,
)
from tests.features.test_messages import Frontend, make_profile
from tests.features.test_replies import talking
from tests.features.test_uploads import transfers, until_state

__all__ = ["downloads", "short_pauses"]


async def stalling(asked):
    await asked.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
    await asked.reader.read()


async def refusing(asked):
    await asked.say("404 Not Found")


def breaking(home):
    """Return a server that breaks off each time once something more has come."""

    async def came(start):
        async def is_there():
            running = [each for each in await transfers(home) if each.state == "running"]
            return any(each.done > start for each in running)

        await home.until(is_there)

    return Breaking(99, came)


async def test_what_is_forgotten_as_there_are_too_many_leaves_nothing(
    make_home, make_peer, downloads, short_pauses, tmp_path, monkeypatch
):
    monkeypatch.setattr("backendd.store.transfers.KEPT", 1)
    home, peer, _ = await talking(make_home, make_peer)
    (where := tmp_path / "chosen").mkdir()
    async with serving(breaking(home)) as server:
        message = await told(home, peer, server.url("/cat.png"))
        for count in (1, 2, 3):
            await until_state(home, await download(home, message, where), "failed")

            async def is_one():
                return len(await transfers(home)) == 1

            await home.until(is_one)
            assert len(left(where)) == 1, count


async def test_where_nothing_can_be_removed_a_transfer_is_forgotten_all_the_same(
    make_home, make_peer, downloads, tmp_path
):
    home, peer, _ = await talking(make_home, make_peer)
    (where := tmp_path / "chosen").mkdir()
    async with serving(refusing) as server:
        message = await told(home, peer, server.url("/cat.png"))
        id = await download(home, message, where)
        await until_state(home, id, "failed")
    where.rename(tmp_path / "moved")
    where.symlink_to(where)
    await home.call(names.FILES, "remove", id)
    assert await transfers(home) == []


async def test_what_the_dead_left_is_removed_wherever_files_go(
    make_home, make_peer, downloads, short_pauses, tmp_path
):
    home, peer, _ = await talking(make_home, make_peer)
    (where := tmp_path / "chosen").mkdir()
    async with serving(breaking(home)) as server:
        message = await told(home, peer, server.url("/cat.png"))
        await until_state(home, await download(home, message, where), "failed")
    (kept,) = left(where)
    dead = [parts.new_key() for _ in range(2)]
    for directory, key in zip((where, downloads), dead, strict=True):
        target = await DirectoryTarget.open(str(directory), "old", key, make_directory=True)
        async with target:
            await target.write(b"x")
    for directory in (where, downloads):
        for path in directory.iterdir():
            os.utime(path, (0, 0))
    await home.crash()
    await home.come_back()
    await home.online()
    while (left(where), left(downloads)) != ([kept], []):
        await rest()


async def test_a_profile_that_is_deleted_leaves_no_parts(backend, bus, prosody, tmp_path):
    (where := tmp_path / "chosen").mkdir()
    one, other = [await connected(backend, bus, prosody) for _ in range(2)]
    async with serving(stalling) as server:
        url = Secret.random().address(server.url("/cat.png").replace("http:", "https:"))
        await one.call(names.MESSAGES, "Send", "ss", await other.get("Jid"), url)
        # By what is there: said while the other one connects for the first time, it is history.
        message = await other.wait_for(await one.get("Jid"), lambda each: each["body"] == url)
        asked = (message["id"], 0, str(where))
        await other.call(names.FILES, "Download", "xus", *asked)
        while len(left(where)) != 1:
            await rest()
        await other.manage("DeleteProfile", "s", await other.get("Name"))
    assert left(where) == []
    for each in (one, other):
        await each.close()


async def connected(backend, bus, prosody):
    """Return a frontend of a new profile that is online."""
    account = new_account(prosody)
    await make_profile(backend, bus, prosody, account, account)
    frontend = await Frontend.open(bus.address, account)
    await frontend.call(names.PROFILE, "Connect")
    return frontend
