"""A file that we offer directly is a message of ours, which says how it stands."""

import pytest

from backendd.api import attachments, names
from backendd.api.errors import NotAllowed, NotSupported
from tests.features.test_offers import file, make_friends, until_offered
from tests.features.test_uploads import send, transfer, transfers, until_state

__all__ = ["file", "make_friends"]


async def until_line(home, peer, state):
    """Return the only message of a conversation that tells of a file, once it is in a state."""

    async def found():
        told = [each for each in await home.messages(peer) if attachments.of(each)]
        return told[0] if len(told) == 1 and told[0].state == state else None

    return await home.until(found)


@pytest.mark.every_server
async def test_it_is_pending_until_they_have_it(make_friends, file, tmp_path):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-s5b")
    line = await until_line(one, other.jid, "pending")
    (told,) = attachments.of(line)
    assert (told.name, told.size, told.direct) == (file.name, file.stat().st_size, True)
    assert (told.transfer, (await transfer(one, id)).message_id) == (id, line.id)
    offer = await until_offered(other)
    await other.call(names.FILES, "accept", offer.id, str(tmp_path))
    assert (await until_line(one, other.jid, "delivered")).id == line.id
    with pytest.raises(NotSupported):
        await one.call(names.MESSAGES, "retract", line.id)
    with pytest.raises(NotAllowed):
        await one.call(names.MESSAGES, "correct", line.id, "another")
    assert await one.count("outbox") == 0


async def test_it_fails_with_its_transfer_and_is_sent_again_with_it(make_friends, file, tmp_path):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-s5b")
    await other.call(names.FILES, "reject", (await until_offered(other)).id)
    line = await until_line(one, other.jid, "failed")
    assert line.error == ("NotAllowed", f"{other.jid} declined the file")
    await one.call(names.MESSAGES, "retry", line.id)
    await until_line(one, other.jid, "pending")
    offer = await until_offered(other)
    await other.call(names.FILES, "accept", offer.id, str(tmp_path))
    await until_line(one, other.jid, "delivered")
    assert (await transfer(one, id)).state == "done"


async def test_resuming_its_transfer_has_it_wait_again(make_friends, file):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-s5b")
    await until_offered(other)
    await one.call(names.FILES, "cancel", id)
    await until_line(one, other.jid, "failed")
    await one.call(names.FILES, "resume", id)
    await until_line(one, other.jid, "pending")
    await until_offered(other)


async def test_without_its_transfer_it_can_not_be_sent_again(make_friends, file):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-s5b")
    await other.call(names.FILES, "reject", (await until_offered(other)).id)
    line = await until_line(one, other.jid, "failed")
    await one.call(names.FILES, "remove", id)
    with pytest.raises(NotAllowed, match="send it anew"):
        await one.call(names.MESSAGES, "retry", line.id)
    await until_line(one, other.jid, "failed")


async def test_discarding_it_takes_the_offer_back(make_friends, file):
    one, other = await make_friends()
    id = await send(one, other.jid, file, method="jingle-s5b")
    offer = await until_offered(other)
    line = await until_line(one, other.jid, "pending")
    await one.call(names.MESSAGES, "discard", line.id)
    assert (await until_state(one, id, "cancelled")).message_id == 0
    failed = await until_state(other, offer.id, "failed")
    assert failed.error == ("NotAllowed", f"{one.jid} cancelled the transfer")


async def test_what_goes_by_way_of_the_server_instead_is_one_message(
    make_friends, file, monkeypatch
):
    monkeypatch.setattr("backendd.features.transfers.service.LARGE", 1000)
    one, other = await make_friends()
    await send(one, other.jid, file)
    await until_offered(other)
    await other.session.disconnect()
    line = await until_line(one, other.jid, "sent")
    (_, instead) = await transfers(one)
    assert (line.body, instead.message_id) == (instead.url, line.id)
