"""What has to reach the server reaches it once, whatever ends in between."""

import asyncio

import pytest

from backendd.api import names
from backendd.core import xml
from backendd.store import doubts, flight, outbox, streams
from tests.lab.patience import PATIENCE_S
from tests.lab.prosody import Prosody
from tests.lab.relay import Relay

BODIES = [f"m{n}" for n in range(30)]
TLS_RECORD = 16 * 1024  # at most; of each the other side takes all or nothing


@pytest.fixture(scope="module")
def mortal(tmp_path_factory):
    """A server that may be killed."""
    with Prosody(tmp_path_factory.mktemp("mortal")) as server:
        yield server


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory):
    """A server without an archive that may be killed."""
    with Prosody(tmp_path_factory.mktemp("forgetful"), without=["mam"]) as server:
        yield server


async def send_all(home, peer, bodies=BODIES):
    await asyncio.gather(*(home.send(peer, body) for body in bodies))


@pytest.mark.every_server
async def test_a_connection_lost_between_two_messages_is_resumed_with_what_came_meanwhile(
    make_home, make_peer
):
    peer = await make_peer()
    home = await (await make_home()).online()
    await home.send(peer.jid, "before")
    await home.until_message(peer.jid, "before", "sent")
    sm_id = home.inside.stream.sm_id
    home.cut()
    peer.chat(home.jid, "meanwhile")
    await home.send(peer.jid, "after")
    await home.until_message(peer.jid, "meanwhile", "unread")
    await home.until_message(peer.jid, "after", "sent")
    assert home.inside.stream.sm_id == sm_id
    await peer.until(lambda: peer.bodies() == ["before", "after"])


# Where bursts are cut ejabberd 23.01 handles, and doesn't count, what it reads once the connection
# has ended: it is sent again under the same id, and arrives twice.
async def test_a_cut_connection_is_resumed_and_nothing_is_lost_or_doubled(
    make_home, make_peer, server
):
    peer = await make_peer()
    async with Relay(server.port) as relay:
        home = await (await make_home(port=relay.port)).online()
        sm_id = home.inside.stream.sm_id
        relay.cut_after(4000)
        await send_all(home, peer.jid)
        await asyncio.wait_for(relay.was_cut.wait(), PATIENCE_S)
        await home.send(peer.jid, "last")
        await home.until_message(peer.jid, "last", "sent")
        assert home.inside.stream.sm_id == sm_id
        await peer.until(lambda: peer.bodies()[-1:] == ["last"])
        assert peer.bodies() == [*BODIES, "last"]
        await home.leave()


async def test_a_connection_cut_inside_a_stanza_costs_no_more_than_its_session(
    make_home, make_peer, server
):
    # Prosody reads a resumed session on where the old connection ended: inside the half message.
    peer = await make_peer()
    async with Relay(server.port) as relay:
        home = await (await make_home(port=relay.port)).online()
        sm_id = home.inside.stream.sm_id
        relay.cut_after(TLS_RECORD + 1000, cleanly=True)
        bodies = ["x" * 3 * TLS_RECORD, "behind it"]
        await send_all(home, peer.jid, bodies)
        await asyncio.wait_for(relay.was_cut.wait(), PATIENCE_S)
        await home.until_message(peer.jid, "behind it", "sent")
        assert home.inside.stream.sm_id != sm_id
        await peer.until(lambda: peer.bodies()[-1:] == ["behind it"])
        assert peer.bodies() == bodies
        await home.leave()


@pytest.mark.parametrize("size", [500, 4000, 9000])
async def test_a_daemon_killed_amid_a_burst_goes_on_where_it_was(
    make_home, make_peer, server, size
):
    peer = await make_peer()
    async with Relay(server.port) as relay:
        home = await (await make_home(port=relay.port)).online()
        sm_id = home.inside.stream.sm_id
        relay.cut_after(size)
        await send_all(home, peer.jid)
        await asyncio.wait_for(relay.was_cut.wait(), PATIENCE_S)
        await home.crash()
        await home.come_back()
        await home.online()
        assert home.inside.stream.sm_id == sm_id
        await home.send(peer.jid, "last")
        await peer.until(lambda: peer.bodies()[-1:] == ["last"])
        assert peer.bodies() == [*BODIES, "last"]
        await home.until_message(peer.jid, "last", "sent")
        assert await home.bodies(peer.jid) == [*BODIES, "last"]
        await home.leave()


async def test_what_a_dead_server_never_acknowledged_is_found_in_its_archive(
    make_home, make_peer, mortal
):
    peer = await make_peer(server=mortal)
    async with Relay(mortal.port) as relay:
        home = await (await make_home(server=mortal, port=relay.port)).online()
        await home.send(peer.jid, "before")
        await home.until_message(peer.jid, "before", "sent")
        relay.hold_answers()
        await send_all(home, peer.jid)
        await peer.until(lambda: len(peer.bodies()) == 1 + len(BODIES))
        await asyncio.to_thread(mortal.restart, kill=True)
        relay.cut(cleanly=True)
        await send_all(home, peer.jid, ["fresh"])
        await home.until_message(peer.jid, "fresh", "sent")
        await peer.until(lambda: "fresh" in peer.bodies())
        assert peer.bodies() == ["before", *BODIES, "fresh"]
        assert {m.state for m in await home.messages(peer.jid)} == {"sent"}
        await home.leave()


async def test_without_an_archive_it_is_sent_again_with_the_same_ids_and_its_time(
    make_home, make_peer, forgetful
):
    peer = await make_peer(server=forgetful)
    async with Relay(forgetful.port) as relay:
        home = await (await make_home(server=forgetful, port=relay.port)).online()
        relay.hold_answers()
        await home.send(peer.jid, "perhaps")
        await peer.until(lambda: peer.bodies() == ["perhaps"])
        await asyncio.to_thread(forgetful.restart, kill=True)
        relay.cut(cleanly=True)
        await home.until_message(peer.jid, "perhaps", "sent")
        await peer.until(lambda: len(peer.bodies()) == 2)
        first, again = (m for m in peer.messages() if xml.child_text(m, xml.CLIENT, "body"))
        assert first.get("id") == again.get("id")
        assert xml.child(again, xml.DELAY, "delay") is not None
        await home.leave()


async def test_a_conversation_waits_for_what_is_uncertain_in_it_and_others_do_not(make_home):
    home = await make_home()
    for peer, body in (("a@x.localhost", "a1"), ("b@x.localhost", "b1"), ("a@x.localhost", "a2")):
        await home.send(peer, body)
    await home.inside.store.write(
        lambda ledger: flight.begin(ledger, {1: "<message/>"}, "gone", 1, home.jid)
    )
    await home.inside.store.write(lambda ledger: doubts.begin_stream(ledger, "now"))
    fresh = await home.inside.store.read(lambda view: outbox.fresh(view, 10))
    assert [row.message for row in fresh] == [2]
    await home.inside.store.write(lambda ledger: doubts.send_again(ledger, [1]))
    fresh = await home.inside.store.read(lambda view: outbox.fresh(view, 10))
    assert [row.message for row in fresh] == [1, 2, 3]


async def test_what_is_more_than_the_server_takes_fails_and_holds_up_nobody(make_home, make_peer):
    peer = await make_peer()
    home = await make_home()
    await home.send(peer.jid, "ü" * 200_000)
    await home.send(peer.jid, "short")
    await home.online()
    await peer.until(lambda: peer.bodies() == ["short"])
    (message,) = [m for m in await home.messages(peer.jid) if m.body != "short"]
    assert (message.state, message.error[0]) == ("failed", "TooLarge")


async def test_the_same_token_gives_the_same_message(make_home):
    home = await make_home()
    ids = await asyncio.gather(*(home.send("a@x.localhost", "once", token="t") for _ in range(5)))
    assert len(set(ids)) == 1
    assert await home.bodies("a@x.localhost") == ["once"]
    assert await home.count("outbox") == 1


async def test_an_error_of_the_addressee_fails_a_message_until_it_is_retried_or_discarded(
    make_home,
):
    home = await (await make_home()).online()
    nobody = "nobody@x.localhost"
    for body in ("first", "second"):
        await home.send(nobody, body)
    failed = [await home.until_message(nobody, body, "failed") for body in ("first", "second")]
    assert failed[0].error[0] == "NotSupported"
    assert await home.count("outbox") == 0
    await home.call(names.MESSAGES, "retry", failed[0].id, {})
    await home.until_message(nobody, "first", "failed")
    await home.call(names.MESSAGES, "discard", failed[1].id, {})
    assert await home.bodies(nobody) == ["first"]


async def test_nobody_else_can_fail_a_message_and_no_error_undoes_a_receipt(make_home, make_peer):
    peer, stranger = await make_peer(), await make_peer()
    home = await (await make_home()).online()
    await home.send(peer.jid, "hello")
    message = await home.until_message(peer.jid, "hello", "sent")
    error = (
        f"<message to='{home.inside.stream.full_jid}' type='error' id='{message.message_id}'>"
        "<error type='cancel'>"
        "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"
    )
    stranger.write(error)
    stranger.chat(home.jid, "after the forged error")
    await home.until_message(stranger.jid, "after the forged error")
    assert (await home.until_message(peer.jid, "hello")).state == "sent"
    peer.write(
        f"<message to='{home.jid}' type='chat'>"
        f"<received xmlns='urn:xmpp:receipts' id='{message.message_id}'/></message>"
    )
    await home.until_message(peer.jid, "hello", "delivered")
    peer.write(error)
    peer.chat(home.jid, "after the late error")
    await home.until_message(peer.jid, "after the late error")
    assert (await home.until_message(peer.jid, "hello")).state == "delivered"


async def test_a_stream_cut_while_it_is_set_up_is_set_up_when_it_is_resumed(make_home, make_peer):
    home = await (await make_home()).online()
    known = await home.inside.store.read(streams.load)
    assert known.is_set_up
    await home.execute("UPDATE stream SET is_set_up = 0")
    await home.crash()
    await home.come_back()
    await home.online()
    assert home.inside.stream.sm_id == known.sm_id
    other = await make_peer(home.account, resource="other")
    await other.until(
        lambda: any(s.get("from") == home.inside.stream.full_jid for s in other.stanzas)
    )
