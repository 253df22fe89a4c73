"""What outgoing stanzas get before they are written: whole, once, and each for itself."""

import asyncio
import logging

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, NotAllowed, NotSupported
from backendd.core import xml
from backendd.session.missing import Patience
from tests.backendd.session.partial import PEER, Partial
from tests.backendd.session.stages import (
    NAMESPACE,
    RATCHET,
    SEAL,
    STAGE,
    TURNS,
    Ratchet,
    Stage,
    Turns,
)
from tests.features.test_receipts import befriended
from tests.features.test_typing import set_typing, states

OTHER = "other@s.localhost"


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


@pytest.fixture
def make_staged(make_home, partial):
    """Call it for a home with a stage more."""

    async def make(feature=STAGE):
        home = await make_home("user", server=partial)
        await home.execute("CREATE TABLE ratchet (number INTEGER NOT NULL UNIQUE)")
        await home.execute("CREATE TABLE clear (message INTEGER NOT NULL)")
        if feature is RATCHET:
            home.declare(names.MESSAGES, "Send", SEAL)
        await home.restart_with(Patience(short_s=0.2), more=[feature])
        return home

    return make


def stage(home, kind=Stage):
    return next(part for part in home.session.parts if isinstance(part, kind))


def written(partial, name="mark"):
    """Return the messages that reached the server, over all connections."""
    tag = f"{{{NAMESPACE}}}{name}"
    return [
        each
        for client in partial.clients
        for each in client.elements
        if each.tag == xml.MESSAGE and each.find(tag) is not None
    ]


def numbers(partial, name="mark"):
    return [each.find(f"{{{NAMESPACE}}}{name}").get("number") for each in written(partial, name)]


async def test_a_stage_that_takes_long_in_one_lane_delays_no_other_and_no_order(
    make_staged, partial
):
    home = await (await make_staged()).online()
    gate = stage(home).gates["slow"] = asyncio.Event()
    for body in ("before", "slow", "behind"):
        await home.send(PEER, body)
    await home.send(OTHER, "quick")
    await partial.until(lambda: set(partial.messages) == {"before", "quick"})
    await home.send(OTHER, "and more")
    await partial.until(lambda: "and more" in partial.messages)
    assert "behind" not in partial.messages
    gate.set()
    await home.until_message(PEER, "behind", "sent")
    assert [each for each in partial.messages if each in ("before", "slow", "behind")] == [
        "before", "slow", "behind",
    ]  # fmt: skip


async def test_what_is_discarded_while_it_is_composed_is_not_sent_and_holds_up_nothing(
    make_staged, partial
):
    home = await (await make_staged()).online()
    gate = stage(home).gates["unwanted"] = asyncio.Event()
    unwanted = await home.send(PEER, "unwanted")
    await home.send(PEER, "behind")
    await home.send(OTHER, "elsewhere")
    await partial.until(lambda: partial.messages == ["elsewhere"])
    await home.call(names.MESSAGES, "discard", unwanted, {})
    gate.set()
    await home.until_message(PEER, "behind", "sent")
    assert partial.messages == ["elsewhere", "behind"]


@pytest.mark.parametrize(
    ("error", "name", "sentence"),
    [
        (NotAllowed("no key of theirs is trusted"), "NotAllowed", "no key of theirs is trusted"),
        (KeyError("inside"), "Failed", "for an internal reason"),
    ],
)
async def test_a_stage_that_raises_fails_its_row_alone_and_nothing_of_it_is_sent(
    make_staged, partial, caplog, error, name, sentence
):
    caplog.set_level(logging.CRITICAL, logger="backendd.features.delivery.preparing")
    home = await (await make_staged()).online()
    stage(home).errors["secret"] = error
    for body in ("before", "secret", "behind"):
        await home.send(PEER, body)
    await home.until_message(PEER, "behind", "sent")
    failed = await home.until_message(PEER, "secret", "failed")
    assert failed.error[0] == name
    assert sentence in failed.error[1]
    assert partial.messages == ["before", "behind"]
    assert await home.count("outbox") == 0


async def test_the_first_composition_is_final_and_only_a_retry_composes_anew(make_staged, partial):
    partial.script.acknowledges = False
    home = await (await make_staged()).online()
    await home.send(PEER, "perhaps")
    await partial.until(lambda: partial.messages == ["perhaps"])
    partial.script.resume = "refuse"
    partial.script.acknowledges = True
    home.cut()
    await home.until_message(PEER, "perhaps", "sent")
    first, again = written(partial)
    note = again.find(f"{{{xml.DELAY}}}delay")
    again.remove(note)
    assert xml.written(first) == xml.written(again)
    message = await home.until_message(PEER, "perhaps")
    partial.client.send(
        f"<message from='{PEER}' type='error' id='{message.message_id}'><error type='cancel'>"
        "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"
    )
    await home.until_message(PEER, "perhaps", "failed")
    await home.call(names.MESSAGES, "retry", message.id, {})
    await home.until_message(PEER, "perhaps", "sent")
    assert numbers(partial) == ["1", "1", "2"]
    assert len({each.get("id") for each in written(partial)}) == 1


async def test_sizes_are_those_of_the_final_bytes_and_count_again_on_a_new_stream(
    make_staged, partial
):
    limits = "<limits xmlns='urn:xmpp:stream-limits:0'><max-bytes>{}</max-bytes></limits>"
    partial.script.limits = limits.format(30_000)
    partial.script.acknowledges = False
    home = await (await make_staged()).online()
    stage(home).padding = 20_000
    await home.send(PEER, "x" * 15_000)
    assert (await home.until_message(PEER, "x" * 15_000, "failed")).error[0] == "TooLarge"
    await home.send(PEER, "short")
    await partial.until(lambda: partial.messages == ["short"])
    partial.script.limits = limits.format(15_000)
    partial.script.resume = "refuse"
    home.cut()
    assert (await home.until_message(PEER, "short", "failed")).error[0] == "TooLarge"
    assert partial.messages == ["short"]


async def test_where_something_can_not_be_encrypted_nothing_is_sent_in_its_place(
    make_staged, partial
):
    home = await (await make_staged(RATCHET)).online()
    ratchet = stage(home, Ratchet)
    ratchet.has_keys = False
    await home.send(PEER, "secret")
    failed = await home.until_message(PEER, "secret", "failed")
    assert failed.error == ("NotAllowed", "there is no key for this peer")
    ratchet.has_keys = True
    await home.call(names.MESSAGES, "retry", failed.id, {})
    await home.until_message(PEER, "secret", "sent")
    assert numbers(partial, "sealed") == ["1"]
    assert partial.messages == []  # no text of it was ever written in the clear


async def test_an_option_that_a_feature_has_of_send_is_stored_with_the_message_or_neither_is(
    make_staged, partial
):
    home = await make_staged(RATCHET)
    await home.send(PEER, "in the clear", seal="never")
    await home.send(PEER, "secret")
    with pytest.raises(NotSupported, match="sealed twice"):
        await home.send(PEER, "unknown", seal="twice")
    with pytest.raises(InvalidArgument, match="takes always, never, twice"):
        await home.send(PEER, "unknown", seal="perhaps")
    with pytest.raises(InvalidArgument, match="did you mean 'seal'"):
        await home.send(PEER, "unknown", seel="never")
    await home.leave()
    await home.come_back()
    await home.online()
    await home.until_message(PEER, "secret", "sent")
    assert partial.messages == ["in the clear"]
    assert numbers(partial, "sealed") == ["1"]
    assert await home.bodies(PEER) == ["in the clear", "secret"]


async def killed_while_composing(home, partial):
    stage(home, Ratchet).gate.clear()
    await home.send(PEER, "one")
    await home.send(PEER, "two")
    await home.crash()


async def killed_before_the_commit(home, partial):
    await home.execute(
        "CREATE TRIGGER full BEFORE UPDATE OF number ON outbox BEGIN SELECT RAISE(ABORT, 'x'); END"
    )
    await home.send(PEER, "one")
    await home.send(PEER, "two")
    await home.until(lambda: home.session.state == "waiting")
    await home.execute("DROP TRIGGER full")
    await home.crash()


async def killed_before_it_was_written(home, partial):
    loop = asyncio.get_running_loop()
    stage(home, Ratchet).at_work = lambda: loop.call_soon_threadsafe(home.cut)
    await home.send(PEER, "one")
    await home.send(PEER, "two")
    await home.until(lambda: home.session.state != "online")
    await home.crash()


async def killed_before_it_was_acknowledged(home, partial):
    partial.script.acknowledges = False
    await home.send(PEER, "one")
    await home.send(PEER, "two")
    await partial.until(lambda: len(written(partial, "sealed")) == 2)
    await home.crash()
    partial.script.acknowledges = True


@pytest.mark.parametrize("resume", ["accept", "refuse"])
@pytest.mark.parametrize(
    "moment",
    [
        killed_while_composing,
        killed_before_the_commit,
        killed_before_it_was_written,
        killed_before_it_was_acknowledged,
    ],
)
async def test_what_a_stage_stores_is_stored_with_the_bytes_wherever_it_is_killed(
    make_staged, partial, caplog, resume, moment
):
    caplog.set_level(logging.CRITICAL, logger="backendd")
    home = await (await make_staged(RATCHET)).online()
    partial.script.resume = resume
    await moment(home, partial)
    await home.come_back()
    await home.online()
    await home.send(PEER, "three")
    for body in ("one", "two", "three"):
        await home.until_message(PEER, body, "sent")
    said = {
        (sealed.get("number"), sealed.text[::-1])
        for message in written(partial, "sealed")
        for sealed in message.iterfind(f"{{{NAMESPACE}}}sealed")
    }
    # Each number stands for one text, and each text for one number, however often it was sent.
    assert sorted(said) == [("1", "one"), ("2", "two"), ("3", "three")]


async def test_what_a_stage_can_not_store_fails_its_row_alone(make_staged, partial, caplog):
    caplog.set_level(logging.CRITICAL, logger="backendd.features.delivery")
    home = await (await make_staged(RATCHET)).online()

    def fail():
        raise ValueError("unfit")

    stage(home, Ratchet).at_work = fail
    await home.send(PEER, "unfit")
    assert (await home.until_message(PEER, "unfit", "failed")).error[0] == "Failed"
    stage(home, Ratchet).at_work = lambda: None
    await home.send(PEER, "fit")
    await home.until_message(PEER, "fit", "sent")
    assert numbers(partial, "sealed") == ["1"]


async def test_a_composition_is_closed_also_where_a_stage_raises(make_staged, partial):
    home = await (await make_staged(TURNS)).online()
    stage(home, Turns).errors["secret"] = NotAllowed("no key of theirs is trusted")
    await home.send(PEER, "secret")
    await home.send(OTHER, "next")
    await home.until_message(PEER, "secret", "failed")
    await home.until_message(OTHER, "next", "sent")


async def test_a_composition_is_closed_also_where_the_connection_ends_over_its_commit(
    make_staged, partial
):
    loop = asyncio.get_running_loop()
    home = await (await make_staged(TURNS)).online()
    stage(home, Turns).at_work = lambda: loop.call_soon_threadsafe(home.cut)
    await home.send(PEER, "one")
    await home.until(lambda: home.session.state != "online")
    stage(home, Turns).at_work = lambda: None
    await home.send(OTHER, "two")
    await home.until_message(OTHER, "two", "sent")
    await home.until_message(PEER, "one", "sent")


async def test_typing_ends_with_what_is_sent_and_not_with_what_is_sent_again(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.send(peer.jid, "first")
    message = await home.until_message(peer.jid, "first", "sent")
    await home.execute("UPDATE message SET state = 'failed' WHERE id = ?", message.id)
    await set_typing(home, peer, True)
    await peer.until(lambda: states(peer)[-1:] == ["composing"])
    await home.call(names.MESSAGES, "retry", message.id, {})
    await peer.until(lambda: len(peer.bodies()) == 2)
    await set_typing(home, peer, False)  # still typing, so the peer hears of the end
    await peer.until(lambda: len(states(peer)) == 4)
    assert states(peer) == ["active", "composing", "active", "active"]
