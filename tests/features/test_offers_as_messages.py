"""A file that is offered directly is a message of who offers it, as long as that is kept."""

import os
from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import attachments, names
from backendd.api.errors import NotSupported
from tests.features.test_offers import OFFER, file, make_friends, until_offered
from tests.features.test_uploads import send, transfer, transfers, until_state

__all__ = ["file", "make_friends"]


async def lines(home, peer):
    """Return the messages of a conversation that tell of files."""
    return [each for each in await home.messages(peer) if attachments.of(each)]


async def offered(make_friends, file):
    """Return two friends, of whom the one has offered a file, and what the other has of that."""
    one, other = await make_friends()
    await send(one, other.jid, file, method="jingle-s5b")
    return one, other, await until_offered(other)


@pytest.mark.every_server
async def test_an_offer_is_an_unread_message_of_who_makes_it(make_friends, file):
    one, other, offer = await offered(make_friends, file)
    (line,) = await lines(other, one.jid)
    assert (line.direction, line.sender, line.state) == ("in", one.jid, "unread")
    assert (line.source, offer.message_id) == ("live", line.id)
    (told,) = attachments.of(line)
    assert (told.name, told.size, told.direct) == (file.name, file.stat().st_size, True)
    assert (told.url, told.transfer) == ("", offer.id)
    conversation = await other.conversation(one.jid)
    assert (conversation.unread, conversation.last.id) == (1, line.id)


async def test_what_is_said_of_an_offer_is_told_on_one_line_without_what_a_terminal_obeys(
    make_friends,
):
    one, other = await make_friends()
    offer = fromstring(OFFER.format(name="a.txt"))
    sent = offer[0][0][0]
    told = fromstring("<desc xmlns='urn:xmpp:jingle:apps:file-transfer:5'>a\n&#x202e;b</desc>")
    sent.append(told)
    await one.inside.stream.request("set", other.inside.stream.full_jid, offer)
    await until_offered(other)
    (line,) = await lines(other, one.jid)
    assert attachments.of(line)[0].description == "a b"
    assert "a.txt" in line.body


async def test_the_line_of_an_offer_stays_when_its_transfer_is_forgotten(make_friends, file):
    one, other, offer = await offered(make_friends, file)
    await other.call(names.FILES, "reject", offer.id)
    refused = await transfer(other, offer.id)
    assert refused.error == ("NotAllowed", "you refused it")
    await other.call(names.FILES, "remove", offer.id)
    (line,) = await lines(other, one.jid)
    (told,) = attachments.of(line)
    assert (told.name, told.direct, told.transfer) == (file.name, True, 0)
    with pytest.raises(NotSupported, match="offer it once more"):
        await other.call(names.FILES, "download", line.id, 0, "")


async def test_an_offer_whose_line_is_deleted_can_be_taken_still(make_friends, file, tmp_path):
    one, other, offer = await offered(make_friends, file)
    await other.call(names.MESSAGES, "delete_local", one.jid, {})
    assert await lines(other, one.jid) == []
    assert (await transfer(other, offer.id)).message_id == 0
    place = tmp_path / "place"
    place.mkdir()
    await other.call(names.FILES, "accept", offer.id, str(place))
    await until_state(other, offer.id, "done")
    assert (place / file.name).read_bytes() == file.read_bytes()


async def test_each_offer_is_a_line_of_its_own_and_found_by_the_name_of_its_file(
    make_friends, tmp_path
):
    one, other = await make_friends()
    for name in ("summit.jpg", "valley.jpg"):
        (tmp_path / name).write_bytes(os.urandom(10))
        await send(one, other.jid, tmp_path / name, method="jingle-s5b")

    async def are_there():
        return len(await transfers(other)) == 2

    await other.until(are_there)
    named = [attachments.of(each)[0].name for each in await lines(other, one.jid)]
    assert sorted(named) == ["summit.jpg", "valley.jpg"]
    (hit,) = await other.call(names.MESSAGES, "search", "valley", {})
    assert attachments.of(hit)[0].name == "valley.jpg"
