"""To which client a file goes directly, to whom none does, and what goes another way then."""

import os
from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import attachments, names
from backendd.api.errors import NotAllowed, NotSupported
from backendd.core import disco, xml
from backendd.features.jingle.outgoing import Outgoing
from backendd.jingle import names as jingle
from tests.features.test_offers import make_friends, until_offered
from tests.features.test_uploads import send, transfer, transfers, until_state

__all__ = ["make_friends"]

AWAY = "<presence xmlns='jabber:client'><show>away</show></presence>"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sent" / "summit.raw"
    path.parent.mkdir()
    path.write_bytes(os.urandom(2000))
    return path


@pytest.fixture
def large(file, monkeypatch):
    """A file that goes directly where it can."""
    monkeypatch.setattr("backendd.features.transfers.service.LARGE", 1000)
    return file


async def until_shown(home, jid, *shows):
    """Wait until a home sees that the clients of somebody show this."""

    async def are_there():
        listed = [each for each in await home.call(names.ROSTER, "list") if each.jid == jid]
        return sorted(one.show for each in listed for one in each.resources) == [*shows]

    await home.until(are_there)


async def see(one, other):
    """Have a home see the presence of another, which doesn't see its own."""
    await one.call(names.ROSTER, "subscribe", other.jid)

    async def is_asked():
        return [each.jid for each in await other.call(names.ROSTER, "requests")] == [one.jid]

    await other.until(is_asked)
    await other.call(names.ROSTER, "approve", one.jid)
    await until_shown(one, other.jid, "online")


async def test_what_the_best_client_doesnt_take_the_next_is_offered(make_friends, make_peer, file):
    one, other = await make_friends()
    best = await make_peer(other.account)
    asked = []

    async def tell(iq):
        features = [xml.element(disco.INFO, "feature", {"var": each}) for each in jingle.FEATURES]
        return xml.element(disco.INFO, "query", {}, features)

    async def refuse(iq):
        asked.append(iq[0].get("action"))
        error = xml.element(xml.CLIENT, "error", {"type": "cancel"})
        error.append(xml.element(xml.STANZA_ERRORS, "service-unavailable"))
        return error

    best.stream.on_request("get", disco.QUERY, tell)
    best.stream.on_request("set", jingle.TAG, refuse)
    best.write("<presence><priority>9</priority></presence>")
    await until_shown(one, other.jid, "online", "online")
    id = await send(one, other.jid, file, method="jingle-s5b")
    offer = await until_offered(other)
    assert asked[0] == "session-initiate"
    await other.call(names.FILES, "reject", offer.id)
    failed = await until_state(one, id, "failed")
    assert failed.error == ("NotAllowed", f"{other.jid} declined the file")


async def test_a_client_that_goes_leaves_the_offer_to_the_other_one(make_friends, make_home, file):
    one, other = await make_friends()
    away = await (await make_home(other.account)).online()
    away.inside.stream.send(fromstring(AWAY))
    await until_shown(one, other.jid, "away", "online")
    await send(one, other.jid, file, method="jingle-s5b")
    offer = await until_offered(other)
    await other.session.disconnect()
    await until_offered(away)
    assert (await transfer(other, offer.id)).state == "failed"


@pytest.mark.every_server
async def test_what_no_client_has_taken_goes_by_way_of_the_server_and_says_so(
    make_friends, large, tmp_path
):
    one, other = await make_friends()
    id = await send(one, other.jid, large, description="as promised")
    await until_offered(other)
    await other.session.disconnect()
    failed = await until_state(one, id, "failed")
    assert failed.error[1] == f"{other.jid} is gone; it goes by way of the server instead"
    (_, instead) = await transfers(one)
    done = await until_state(one, instead.id, "done")
    assert (done.method, done.name, done.peer) == ("http", large.name, other.jid)
    sent = await one.until_message(other.jid, done.url, "sent", "delivered")
    assert [each.description for each in attachments.of(sent)] == ["as promised"]


async def test_what_was_to_go_directly_goes_no_other_way(make_friends, large):
    one, other = await make_friends()
    id = await send(one, other.jid, large, method="jingle-s5b")
    await until_offered(other)
    await other.session.disconnect()
    waits = await until_state(one, id, "queued")
    assert waits.error[1] == f"{other.jid} is away; it is offered again once they are back"
    assert len(await transfers(one)) == 1


async def test_what_waits_for_who_is_away_holds_up_no_file_to_others(
    make_friends, make_home, file, tmp_path, monkeypatch
):
    monkeypatch.setattr(Outgoing, "at_once", 1)
    one, other = await make_friends()
    first = await send(one, other.jid, file, method="jingle-s5b")
    await until_offered(other)
    await other.session.disconnect()
    waits = await until_state(one, first, "queued")
    again = await (await make_home(one.account)).online()
    second = await send(one, one.jid, file, method="jingle-s5b")
    offer = await until_offered(again)
    await again.call(names.FILES, "accept", offer.id, str(tmp_path))
    await until_state(one, second, "done")
    assert (await transfer(one, first)).error == waits.error


async def test_what_somebody_declines_goes_no_other_way(make_friends, large):
    one, other = await make_friends()
    id = await send(one, other.jid, large)
    await other.call(names.FILES, "reject", (await until_offered(other)).id)
    assert (await until_state(one, id, "failed")).error[0] == "NotAllowed"
    assert len(await transfers(one)) == 1


async def test_who_doesnt_see_us_is_offered_nothing_directly(make_home, large):
    one, other = [await (await make_home()).online() for _ in range(2)]
    await see(one, other)
    with pytest.raises(NotAllowed, match="only to who sees your presence"):
        await send(one, other.jid, large, method="jingle-s5b")
    id = await send(one, other.jid, large)
    assert (await transfer(one, id)).method == "http"


async def test_whom_we_dont_see_we_cant_find_and_the_server_takes_the_file(make_home, large):
    one, other = [await (await make_home()).online() for _ in range(2)]
    await see(other, one)
    with pytest.raises(NotSupported, match="isn't online with a program"):
        await send(one, other.jid, large, method="jingle-s5b")
    id = await send(one, other.jid, large)
    assert (await transfer(one, id)).method == "http"
