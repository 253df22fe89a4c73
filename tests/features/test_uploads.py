"""Files by way of the server (XEP-0363): one unit with the message that tells of them."""

import hashlib
import os

import pytest

from backendd.api import attachments, names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import (
    FileError,
    InvalidArgument,
    NotAllowed,
    NotSupported,
    TooLarge,
    UnknownTransfer,
)
from backendd.core import sharing, xml
from backendd.core.transfers import TransfersChanged
from backendd.features.uploads import places
from tests.lab.prosody import Prosody

CONTENT = b"what it says, " * 1000


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a letter \xfc.txt"
    path.write_bytes(CONTENT)
    return path


async def transfers(home):
    return await home.call(names.FILES, "list")


async def transfer(home, id):
    (found,) = [each for each in await transfers(home) if each.id == id]
    return found


async def until_state(home, id, *states):
    async def is_there():
        found = await transfer(home, id)
        return found if found.state in states else None

    return await home.until(is_there)


async def send(home, peer, path, **options):
    return await home.call(names.FILES, "send", peer, str(path), options)


async def fetched(url):
    import aiohttp

    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.read()


@pytest.mark.every_server
async def test_a_file_is_put_on_the_server_and_told_of_in_each_way(make_home, make_peer, file):
    peer = await make_peer()
    home = await (await make_home()).online()
    id = await send(home, peer.jid, file)
    done = await until_state(home, id, "done")
    digest = hashlib.sha256(CONTENT).hexdigest()
    assert (done.name, done.size, done.done) == (file.name, len(CONTENT), len(CONTENT))
    assert (done.method, done.direction, done.mime) == ("http", "out", "text/plain")
    assert done.hash == f"sha-256:{digest}"
    assert await fetched(done.url) == CONTENT
    await peer.until(peer.messages)
    (message,) = peer.messages()
    assert xml.child_text(message, xml.CLIENT, "body") == done.url
    (told,) = sharing.read(message)
    assert (told.name, told.size, told.url) == (file.name, len(CONTENT), done.url)
    assert told.hashes == {"sha-256": hashlib.sha256(CONTENT).digest()}
    sent = await home.until_message(peer.jid, done.url, "sent")
    assert sent.id == done.message_id
    assert [each.transfer for each in sent.more["attachments"]] == [id]
    (file_of_it,) = attachments.of(sent)
    assert (file_of_it.name, file_of_it.url, file_of_it.hash) == (file.name, done.url, done.hash)


@pytest.mark.every_server
async def test_a_description_is_told_with_a_file_in_each_way(make_home, make_peer, file):
    peer = await make_peer()
    home = await (await make_home()).online()
    id = await send(home, peer.jid, file, description="as\npromised")
    done = await until_state(home, id, "done")
    sent = await home.until_message(peer.jid, done.url, "sent")
    assert [each.description for each in attachments.of(sent)] == ["as promised"]
    await peer.until(peer.messages)
    (message,) = peer.messages()
    told = (
        sharing.read_sharing(message.find(sharing.SHARING_TAG)),
        sharing.read_reference(message.find(sharing.REFERENCE_TAG)),
        sharing.read_link(message.find(sharing.LINK_TAG)),
    )
    assert [each.description for each in told] == ["as promised"] * 3


async def test_a_description_that_is_a_text_of_its_own_is_refused(make_home, make_peer, file):
    peer = await make_peer()
    home = await (await make_home()).online()
    with pytest.raises(TooLarge, match="at most 1000 characters"):
        await send(home, peer.jid, file, description="x" * 1001)
    assert await transfers(home) == []


@pytest.mark.every_server
async def test_a_file_without_content_is_there_or_the_server_is_said_to_take_none(
    make_home, make_peer, tmp_path
):
    peer = await make_peer()
    home = await (await make_home()).online()
    (tmp_path / "empty.txt").touch()
    id = await send(home, peer.jid, tmp_path / "empty.txt")
    ended = await until_state(home, id, "done", "failed")
    if ended.state == "done":
        assert await fetched(ended.url) == b""
    else:
        assert "takes no files without content" in ended.error[1]


async def test_a_file_sent_offline_goes_out_once_there_is_a_stream(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    assert (await transfer(home, id)).state == "queued"
    message = await home.until_message(peer.jid, "", "pending")
    (told,) = message.more["attachments"]
    assert (told.name, told.size) == (file.name, len(CONTENT))
    await home.online()
    done = await until_state(home, id, "done")
    await peer.until(lambda: peer.bodies() == [done.url])


async def test_what_is_said_meanwhile_does_not_wait_for_a_file(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    await send(home, peer.jid, file)
    await home.send(peer.jid, "look at this")
    await home.online()
    await peer.until(lambda: len(peer.bodies()) == 2)
    assert "look at this" in peer.bodies()


@pytest.mark.every_server
async def test_a_restart_at_any_time_sends_a_file_once(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    await home.crash()
    await home.come_back()
    await home.online()
    done = await until_state(home, id, "done")
    await peer.until(lambda: peer.bodies() == [done.url])
    await home.crash()
    await home.come_back()
    await home.online()
    await home.send(peer.jid, "last")
    await peer.until(lambda: "last" in peer.bodies())
    assert peer.bodies() == [done.url, "last"]


async def test_a_file_that_changed_meanwhile_fails_with_its_message(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    file.write_bytes(CONTENT + b"more")
    await home.online()
    failed = await until_state(home, id, "failed")
    assert failed.error[0] == "FileChanged"
    message = await home.until_message(peer.jid, "", "failed")
    assert message.error == failed.error
    assert peer.bodies() == []


async def test_a_failed_file_goes_again_with_its_message(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    away = file.rename(file.with_name("away"))
    await home.online()
    failed = await until_state(home, id, "failed")
    away.rename(file)
    await home.call(names.MESSAGES, "retry", failed.message_id)
    done = await until_state(home, id, "done")
    assert done.error == ("", "")
    await peer.until(lambda: peer.bodies() == [done.url])


async def test_resuming_a_failed_file_has_its_message_wait_again(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    away = file.rename(file.with_name("away"))
    await home.online()
    await until_state(home, id, "failed")
    away.rename(file)
    await home.call(names.FILES, "resume", id)
    done = await until_state(home, id, "done")
    await peer.until(lambda: peer.bodies() == [done.url])


async def test_a_cancelled_file_fails_its_message(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    await home.call(names.FILES, "cancel", id)
    assert (await transfer(home, id)).state == "cancelled"
    await home.until_message(peer.jid, "", "failed")
    await home.online()
    await home.send(peer.jid, "last")
    await peer.until(lambda: peer.bodies() == ["last"])
    with pytest.raises(NotAllowed):
        await home.call(names.FILES, "cancel", id)


async def test_a_discarded_message_takes_its_file_along(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    message = await home.until_message(peer.jid, "", "pending")
    await home.call(names.MESSAGES, "discard", message.id)
    await until_state(home, id, "cancelled")
    await home.online()
    await home.send(peer.jid, "last")
    await peer.until(lambda: peer.bodies() == ["last"])


async def test_a_file_without_its_message_is_put_nowhere_again(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    message = await home.until_message(peer.jid, "", "pending")
    await home.call(names.MESSAGES, "discard", message.id)
    await until_state(home, id, "cancelled")
    with pytest.raises(NotAllowed, match="gone"):
        await home.call(names.FILES, "resume", id)
    assert (await transfer(home, id)).state == "cancelled"


async def test_a_paused_file_waits_until_it_is_resumed(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    await home.call(names.FILES, "pause", id)
    await home.online()
    assert (await transfer(home, id)).state == "paused"
    await home.call(names.FILES, "resume", id)
    done = await until_state(home, id, "done")
    await peer.until(lambda: peer.bodies() == [done.url])


async def send_open(home, peer, file, name="named.txt"):
    with Descriptor(os.open(file, os.O_RDONLY)) as handle:
        return await home.call(names.FILES, "send_handle", peer, handle, name)


def copies(home):
    """Return the copies that are kept of what was given open."""
    directory = home.path.with_suffix(".handed")
    return [each.read_bytes() for each in directory.iterdir()] if directory.exists() else []


async def test_a_file_is_taken_open_and_sent_also_after_a_restart(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send_open(home, peer.jid, file)
    assert copies(home) == [CONTENT]
    file.unlink()
    await home.crash()
    await home.come_back()
    await home.online()
    done = await until_state(home, id, "done")
    assert (done.name, done.path) == ("named.txt", "")
    assert await fetched(done.url) == CONTENT
    await peer.until(lambda: peer.bodies() == [done.url])
    await home.inside.transfers.tidy()
    assert copies(home) == []


async def test_of_what_was_taken_open_nothing_is_left_once_it_is_given_up(
    make_home, make_peer, file
):
    peer = await make_peer()
    home = await make_home()
    first, second = [await send_open(home, peer.jid, file) for _ in range(2)]
    assert copies(home) == [CONTENT, CONTENT]
    await home.call(names.FILES, "cancel", first)
    await home.call(names.FILES, "remove", first)
    assert copies(home) == [CONTENT]
    message = await home.until_message(peer.jid, "", "pending")
    await home.call(names.MESSAGES, "discard", message.id)
    await until_state(home, second, "cancelled")
    await home.inside.transfers.tidy()
    assert copies(home) == []


async def test_a_copy_of_another_file_is_not_sent_for_one_that_was_taken_open(
    make_home, make_peer, file
):
    peer = await make_peer()
    home = await make_home()
    id = await send_open(home, peer.jid, file)
    (copy,) = home.path.with_suffix(".handed").iterdir()
    copy.write_bytes(CONTENT[::-1])
    await home.crash()
    await home.come_back()
    await home.online()
    assert (await until_state(home, id, "failed")).error[0] == "FileError"
    assert peer.bodies() == []


async def test_a_large_file_that_was_taken_open_is_forgotten_with_the_process(
    make_home, make_peer, file, monkeypatch
):
    monkeypatch.setattr("backendd.files.copies.MOST", len(CONTENT) - 1)
    peer = await make_peer()
    home = await make_home()
    id = await send_open(home, peer.jid, file)
    await home.leave()
    await home.come_back()
    await home.online()
    failed = await until_state(home, id, "failed")
    assert failed.error[0] == "FileError"
    with pytest.raises(FileError):
        await home.call(names.FILES, "resume", id)


async def test_what_is_too_large_for_the_server_is_refused_at_once(make_home, make_peer, tmp_path):
    peer = await make_peer()
    home = await (await make_home()).online()
    large = tmp_path / "large"
    with large.open("wb") as opened:
        opened.truncate(101 * 1024 * 1024)
    helps = f'105 MB.*; send it again once "{peer.jid}" is online with a program'
    with pytest.raises(TooLarge, match=helps):
        await send(home, peer.jid, large)
    assert await transfers(home) == []
    assert await home.conversation(peer.jid) is None


async def test_where_the_server_takes_no_files_that_is_said(make_home, tmp_path, file):
    with Prosody(tmp_path / "bare") as server:
        home = await (await make_home(server=server)).online()
        with pytest.raises(NotSupported, match="takes no files"):
            await send(home, server.jid("nobody"), file)


async def test_a_file_goes_out_though_the_server_said_nothing_when_it_was_sent(
    make_home, make_peer, file, server, monkeypatch
):
    monkeypatch.setattr(places, "_ASK_S", 0.5)
    peer = await make_peer()
    home = await (await make_home()).online()
    server.pause()
    try:
        id = await send(home, peer.jid, file)
        both = await home.call(
            names.FILES, "send_album", peer.jid, [str(file), str(file)], "both", {}
        )
    finally:
        server.unpause()
    for each in (id, *both):
        await until_state(home, each, "done")
    await peer.until(lambda: len(peer.bodies()) >= 2)


async def test_the_same_token_is_the_same_transfer(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    first = await send(home, peer.jid, file, token="t1")
    assert await send(home, peer.jid, file, token="t1") == first
    assert len(await transfers(home)) == 1


async def test_only_what_is_over_is_forgotten(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    with pytest.raises(NotAllowed):
        await home.call(names.FILES, "remove", id)
    await home.call(names.FILES, "cancel", id)
    await home.call(names.FILES, "remove", id)
    assert await transfers(home) == []
    for member in ("cancel", "pause", "resume", "remove"):
        with pytest.raises(UnknownTransfer):
            await home.call(names.FILES, member, id)


async def test_what_is_no_file_is_refused(make_home, make_peer, tmp_path):
    peer = await make_peer()
    home = await make_home()
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(FileError):
            await send(home, peer.jid, path)
    with pytest.raises(InvalidArgument):
        await send(home, peer.jid, "relative")


async def test_a_message_that_waits_for_its_file_can_not_be_corrected(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    await send(home, peer.jid, file)
    message = await home.until_message(peer.jid, "", "pending")
    with pytest.raises(NotAllowed, match="once it is sent"):
        await home.call(names.MESSAGES, "correct", message.id, "another text")


async def test_how_far_it_is_is_told(make_home, make_peer, tmp_path):
    peer = await make_peer()
    home = await (await make_home()).online()
    large = tmp_path / "large"
    with large.open("wb") as opened:
        opened.truncate(20 * 1024 * 1024)
    id = await send(home, peer.jid, large)
    await until_state(home, id, "done")
    told = [each for event in home.hub.of(TransfersChanged) for each in event.transfers]
    on_the_way = [each.done for each in told if each.state == "running" and each.done]
    assert on_the_way == sorted(on_the_way)
    assert on_the_way
    assert told[-1].done == told[-1].size


async def test_what_a_file_is_said_with_is_corrected_and_the_file_stays(make_home, make_peer, file):
    peer = await make_peer()
    home = await (await make_home()).online()
    done = await until_state(home, await send(home, peer.jid, file), "done")
    await home.until_message(peer.jid, done.url, "sent", "delivered")
    for words in ("a letter", "the letter", f"the letter\n{done.url}"):
        await home.call(names.MESSAGES, "correct", done.message_id, words)
    said = f"the letter\n{done.url}"
    message = await home.until_message(peer.jid, said)
    assert [each.url for each in attachments.of(message)] == [done.url]
    first, *_ = await home.call(names.MESSAGES, "edits", message.id)
    assert first.body == done.url
    await peer.until(lambda: peer.bodies()[-1:] == [said])
    (told,) = sharing.read(peer.messages()[-1])
    assert told.url == done.url
    await home.call(names.MESSAGES, "correct", message.id, "")
    await peer.until(lambda: peer.bodies()[-1:] == [done.url])
