"""Several files sent at once: one message where all clients of a contact see them so."""

import asyncio
import os
from contextlib import ExitStack

import pytest

from backendd.api import attachments, names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError, InvalidArgument, NotAllowed, TooLarge
from backendd.core import sharing
from backendd.core.transfers import TransfersChanged
from backendd.session.ways import AT_ONCE
from tests.features.test_uploads import transfer, transfers, until_state

pytestmark = pytest.mark.every_server

TEXT = "look at these"
SLOW = 12 * 1024 * 1024


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    paths = [folder / f"{name}.txt" for name in ("one", "two", "three")]
    for path in paths:
        path.write_text(path.stem * 1000)
    return paths


@pytest.fixture
async def friends(make_home, make_peer):
    """Two homes that see each other, both online."""
    one, other = await make_home(), await make_home()
    proxies = [await make_peer(home.account, resource="proxy") for home in (one, other)]
    await proxies[0].befriend(proxies[1])
    for proxy in proxies:
        await proxy.close()
    await other.online()
    await sees(await one.online(), other)
    return one, other


async def sees(home, other):
    async def is_there():
        contacts = await home.call(names.ROSTER, "list")
        return any(each.jid == other.jid and each.resources for each in contacts)

    await home.until(is_there)


async def send(home, peer, paths, text=TEXT, **options):
    return await home.call(names.FILES, "send_album", peer, [*map(str, paths)], text, options)


async def all_done(home, ids):
    return [await until_state(home, id, "done") for id in ids]


def body_of(done, text=TEXT):
    return "\n".join([text, *(each.url for each in done)])


async def received(other, home, body):
    return await other.until_message(home.jid, body)


async def test_files_are_one_message_to_who_tells_them_apart(friends, files):
    home, other = friends
    ids = await send(home, other.jid, files)
    done = await all_done(home, ids)
    sent = await home.until_message(other.jid, body_of(done), "sent", "delivered", "displayed")
    assert {each.message_id for each in done} == {sent.id}
    assert [each.transfer for each in sent.more["attachments"]] == ids
    message = await received(other, home, body_of(done))
    told = attachments.of(message)
    assert [each.name for each in told] == [path.name for path in files]
    assert [each.url for each in told] == [each.url for each in done]
    assert attachments.words(message) == TEXT
    assert len(await other.messages(home.jid)) == 1


async def test_files_are_messages_of_their_own_to_everybody_else(make_home, make_peer, files):
    peer = await make_peer()
    home = await (await make_home()).online()
    ids = await send(home, peer.jid, files)
    done = await all_done(home, ids)
    await peer.until(lambda: len(peer.bodies()) == 4)
    assert peer.bodies()[0] == TEXT
    assert sorted(peer.bodies()[1:]) == sorted(each.url for each in done)
    assert [len(sharing.read(each)) for each in peer.messages()] == [0, 1, 1, 1]


async def test_files_that_are_given_open_are_one_message_as_others_are(friends, files):
    home, other = friends
    with ExitStack() as opened:
        handles = [opened.enter_context(Descriptor(os.open(each, os.O_RDONLY))) for each in files]
        called = ["b.txt", "a.txt", "c.txt"]
        given = (other.jid, handles, called, TEXT, {"token": "t1"})
        ids = await home.call(names.FILES, "send_album_handles", *given)
        assert await home.call(names.FILES, "send_album_handles", *given) == ids
        with pytest.raises(InvalidArgument, match="as many names as files"):
            await home.call(names.FILES, "send_album_handles", other.jid, handles, ["a"], TEXT)
    done = await all_done(home, ids)
    message = await received(other, home, body_of(done))
    assert [each.name for each in attachments.of(message)] == called
    assert [each.size for each in attachments.of(message)] == [
        each.stat().st_size for each in files
    ]
    assert len(await other.messages(home.jid)) == 1


async def drafted(home, peer):
    """Have the text be a draft; return its id."""
    await home.call(names.MESSAGES, "set_draft", peer, TEXT, {})
    return (await home.conversation(peer)).draft_id


async def test_a_draft_goes_out_with_files_or_without_them_but_once(make_home, make_peer, files):
    peer = await make_peer()
    home = await (await make_home()).online()
    draft = await drafted(home, peer.jid)
    sent = await home.call(names.MESSAGES, "send", peer.jid, TEXT, {"draft": draft})
    done = await all_done(home, await send(home, peer.jid, files[:1], draft=draft))
    await peer.until(lambda: peer.bodies() == [TEXT, done[0].url])
    assert (await home.conversation(peer.jid)).draft == ""
    later = await drafted(home, peer.jid)
    done += await all_done(home, await send(home, peer.jid, files[1:2], draft=later))
    again = await home.call(names.MESSAGES, "send", peer.jid, TEXT, {"draft": later})
    assert again != sent
    assert (await home.conversation(peer.jid)).draft == ""
    await home.send(peer.jid, "last")
    said = [TEXT, done[0].url, TEXT, done[1].url, "last"]
    await peer.until(lambda: peer.bodies() == said)


async def test_who_says_the_draft_of_one_message_with_files_says_nothing_more(friends, files):
    home, other = friends
    draft = await drafted(home, other.jid)
    done = await all_done(home, await send(home, other.jid, files, draft=draft))
    sent = await home.until_message(other.jid, body_of(done), "sent", "delivered", "displayed")
    assert (await home.conversation(other.jid)).draft == ""
    assert await home.call(names.MESSAGES, "send", other.jid, TEXT, {"draft": draft}) == sent.id


async def test_in_a_room_files_are_messages_of_their_own(make_inmate, room, files):
    address, peer = room
    home = await make_inmate()
    done = await all_done(home, await send(home, address, files))
    await peer.until(lambda: {TEXT, *(each.url for each in done)} <= set(peer.bodies()))


async def test_a_folder_counts_as_the_files_in_it(friends, files, tmp_path):
    home, other = friends
    ids = await send(home, other.jid, [files[0].parent], "")
    done = await all_done(home, ids)
    assert [each.name for each in done] == ["one.txt", "three.txt", "two.txt"]
    message = await received(other, home, "\n".join(each.url for each in done))
    assert attachments.words(message) == ""


def crashing(home, when):
    """Return what is done once the home has crashed: as soon as a transfer is told `when` says."""

    told = asyncio.Event()

    def look(event):
        if any(map(when, event.transfers)):
            told.set()

    async def crash():
        await told.wait()
        await home.crash()

    home.hub.subscribe(TransfersChanged, look)
    return asyncio.get_running_loop().create_task(crash())


async def test_a_crash_between_the_files_sends_each_and_the_message_once(friends, files):
    home, other = friends
    for number in range(AT_ONCE):
        (files[0].parent / f"{number}.txt").write_text(f"{number}")
    crash = crashing(home, lambda each: each.state == "done")
    ids = await send(home, other.jid, [files[0].parent])
    await crash
    await home.come_back()
    (waiting,) = await home.messages(other.jid)
    assert (waiting.body, waiting.state) == (TEXT, "pending")
    before = {each.id: each.url for each in await transfers(home) if each.state == "done"}
    assert 0 < len(before) < len(ids)
    await home.online()
    done = await all_done(home, ids)
    assert before == {each.id: each.url for each in done if each.id in before}
    await received(other, home, body_of(done))
    await home.crash()
    await home.come_back()
    await home.online()
    await home.send(other.jid, "last")
    await other.until_message(home.jid, "last")
    assert await other.bodies(home.jid) == [body_of(done), "last"]


async def failing(friends, files):
    """Send an album whose second file is cancelled; return the ids of its transfers."""
    home, other = friends
    os.truncate(files[1], SLOW)
    ids = await send(home, other.jid, files)
    await home.call(names.FILES, "cancel", ids[1])
    return ids


async def test_one_file_that_fails_fails_the_message_and_goes_again_alone(friends, files):
    home, other = friends
    ids = await failing(friends, files)
    message = await home.until_message(other.jid, TEXT, "failed")
    assert message.error == (await transfer(home, ids[1])).error
    kept = [await until_state(home, id, "done") for id in (ids[0], ids[2])]
    assert (await home.messages(other.jid))[0].state == "failed"
    await home.call(names.MESSAGES, "retry", message.id)
    done = await all_done(home, ids)
    assert [done[0].url, done[2].url] == [each.url for each in kept]
    await received(other, home, body_of(done))
    assert len(await other.messages(home.jid)) == 1


async def test_resuming_the_last_file_that_failed_has_the_message_wait_again(friends, files):
    home, other = friends
    ids = await failing(friends, files)
    await until_state(home, ids[0], "done")
    await until_state(home, ids[2], "done")
    await home.call(names.FILES, "resume", ids[1])
    await home.until_message(other.jid, TEXT, "pending")
    done = await all_done(home, ids)
    await received(other, home, body_of(done))


async def test_a_message_has_failed_as_long_as_one_of_its_files_has(friends, files):
    home, other = friends
    for path in files:
        os.truncate(path, SLOW)
    ids = await send(home, other.jid, files)
    for id in ids[:2]:
        await home.call(names.FILES, "cancel", id)
    await home.call(names.FILES, "resume", ids[0])
    assert (await home.messages(other.jid))[0].state == "failed"
    await home.call(names.FILES, "resume", ids[1])
    assert (await home.messages(other.jid))[0].state == "pending"
    done = await all_done(home, ids)
    await received(other, home, body_of(done))


async def test_a_file_that_is_another_by_now_fails_alone_and_the_others_go(friends, files):
    home, other = friends
    for path in files:
        os.truncate(path, SLOW)
    ids = await send(home, other.jid, files)
    changed, gone = ids[1:]
    for id in (changed, gone):
        await home.call(names.FILES, "pause", id)
    os.truncate(files[1], SLOW + 1)
    files[2].unlink()
    for id in (changed, gone):
        await home.call(names.FILES, "resume", id)
        await until_state(home, id, "failed")
    done = await until_state(home, ids[0], "done")
    message = await received(other, home, body_of([done]))
    assert [each.name for each in attachments.of(message)] == ["one.txt"]
    sent, *failed = await home.messages(other.jid)
    assert [each.transfer for each in sent.more["attachments"]] == ids[:1]
    assert {each.state for each in failed} == {"failed"}
    told = {each.more["attachments"][0].transfer: each for each in failed}
    assert told.keys() == {changed, gone}
    assert told[changed].error == (await transfer(home, changed)).error
    assert told[changed].error[0] == "FileChanged"
    assert len(await other.messages(home.jid)) == 1


async def test_a_message_of_which_a_file_is_forgotten_is_not_sent_without_it(friends, files):
    home, other = friends
    ids = await failing(friends, files)
    message = await home.until_message(other.jid, TEXT, "failed")
    await home.call(names.FILES, "remove", ids[1])
    with pytest.raises(NotAllowed, match="send it anew"):
        await home.call(names.MESSAGES, "retry", message.id)
    assert (await home.messages(other.jid))[0].state == "failed"


async def test_a_discarded_message_takes_all_its_files_along(friends, files):
    home, other = friends
    for path in files:
        os.truncate(path, SLOW)
    ids = await send(home, other.jid, files)
    message = await home.until_message(other.jid, TEXT, "pending")
    await home.call(names.MESSAGES, "discard", message.id)
    for id in ids:
        await until_state(home, id, "cancelled")
    await home.send(other.jid, "last")
    await other.until_message(home.jid, "last")
    assert await other.bodies(home.jid) == ["last"]


async def test_the_same_token_is_the_same_files(make_home, make_peer, files):
    peer = await make_peer()
    home = await make_home()
    ids = await send(home, peer.jid, files, token="t1")
    assert await send(home, peer.jid, files, token="t1") == ids
    assert len(await transfers(home)) == 3
    assert await home.bodies(peer.jid) == [TEXT, "", "", ""]


async def test_files_sent_offline_go_out_once_there_is_a_stream(make_home, make_peer, files):
    peer = await make_peer()
    home = await make_home()
    ids = await send(home, peer.jid, files)
    await home.crash()
    await home.come_back()
    await home.online()
    done = await all_done(home, ids)
    await peer.until(lambda: len(peer.bodies()) == 4)
    assert sorted(peer.bodies()) == sorted([TEXT, *(each.url for each in done)])


async def test_of_files_that_can_not_all_go_none_goes(make_home, make_peer, files, tmp_path):
    peer = await make_peer()
    home = await (await make_home()).online()
    large = tmp_path / "large"
    with large.open("wb") as opened:
        opened.truncate(101 * 1024 * 1024)
    with pytest.raises(TooLarge, match=r'"large" is too large: .*; sent alone it may go directly'):
        await send(home, peer.jid, [*files, large])
    with pytest.raises(FileError):
        await send(home, peer.jid, [*files, tmp_path / "nothing"])
    with pytest.raises(InvalidArgument):
        await send(home, peer.jid, [])
    for number in range(101):
        (files[0].parent / f"{number}").touch()
    with pytest.raises(TooLarge, match="too many"):
        await send(home, peer.jid, [files[0].parent])
    assert await transfers(home) == []
    assert await home.conversation(peer.jid) is None
