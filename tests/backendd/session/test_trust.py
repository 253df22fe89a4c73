"""Who may say what: forged and hostile stanzas cost nothing but themselves."""

from dataclasses import replace

import pytest

from backendd.core.messages import BODY_LIMIT
from backendd.features.archive.results import Results
from backendd.features.archive.service import Archive
from backendd.features.archive.stanza import Query
from backendd.inbound import INBOUND
from backendd.session.stages import MessageStage
from backendd.xmpp.parser import ELEMENT_BYTES, STANZA_BYTES

pytestmark = pytest.mark.every_server

CARBON = (
    "<{kind} xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
    "<message xmlns='jabber:client' from='{sender}' to='{to}' type='chat' id='forged'>"
    "<body>forged</body></message></forwarded></{kind}>"
)
RESULT = (
    "<result xmlns='urn:xmpp:mam:2' queryid='{query}' id='1'>"
    "<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' "
    "stamp='2024-01-01T00:00:00Z'/><message xmlns='jabber:client' from='{sender}' to='{to}' "
    "type='chat' id='forged'><body>forged</body></message></forwarded></result>"
)


async def told_after(home, peer, text="after"):
    """Return all bodies of all conversations once a later message of the peer is here."""
    peer.chat(home.jid, text)
    await home.until_message(peer.jid, text)
    return await home.database.read(
        lambda db: [body for (body,) in db.execute("SELECT body FROM message ORDER BY id")]
    )


@pytest.mark.parametrize("kind", ["received", "sent"])
async def test_carbons_of_others_are_dropped(make_home, make_peer, kind):
    peer = await make_peer()
    home = await (await make_home()).online()
    carbon = CARBON.format(kind=kind, sender=home.jid, to="victim@x.localhost")
    peer.write(f"<message to='{home.jid}' type='chat'>{carbon}</message>")
    assert await told_after(home, peer) == ["after"]


async def test_real_carbons_count_in_both_directions(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    other = await make_peer(home.account, resource="other")
    other.chat(peer.jid, "from my phone", id="c1")
    message = await home.until_message(peer.jid, "from my phone", "sent")
    assert (message.direction, message.source) == ("out", "live")
    peer.chat(other.stream.full_jid, "to my phone", id="c2")
    message = await home.until_message(peer.jid, "to my phone", "unread")
    assert message.direction == "in"


@pytest.mark.parametrize("query", ["", "known"])
async def test_archive_results_of_others_are_dropped(make_home, make_peer, query):
    peer = await make_peer()
    home = await (await make_home()).online()
    (open,) = [part._queries.open for part in home.session.parts if isinstance(part, Archive)]
    answer = open["known"] = Results(home.inside.account_jid, Query("known", 10))
    result = RESULT.format(query=query, sender="boss@x.localhost", to=home.jid)
    peer.write(f"<message to='{home.jid}'>{result}</message>")
    assert await told_after(home, peer) == ["after"]
    assert answer.count == 0


async def test_forged_stanza_ids_make_no_duplicate_of_another_message(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    peer.chat(home.jid, "first", id="a")
    first = await home.until_message(peer.jid, "first")
    forged = f"<stanza-id xmlns='urn:xmpp:sid:0' by='{home.jid}' id='{first.stanza_id}'/>"
    peer.chat(home.jid, "second", id="b", more=forged)
    second = await home.until_message(peer.jid, "second")
    assert second.stanza_id != first.stanza_id
    await home.session.disconnect()
    await home.online()
    peer.chat(home.jid, "third")
    await home.until_bodies(peer.jid, ["first", "second", "third"])


async def test_the_same_id_with_another_text_is_another_message(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    origin = "<origin-id xmlns='urn:xmpp:sid:0' id='same'/>"
    for body in ("one", "two"):
        peer.chat(home.jid, body, id="same", more=origin)
    await home.until_bodies(peer.jid, ["one", "two"])


async def test_a_roster_push_of_somebody_else_is_refused(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    with pytest.raises(Exception, match="forbidden"):
        await peer.ask(
            "set",
            home.inside.stream.full_jid,
            "<query xmlns='jabber:iq:roster'><item jid='evil@x.localhost' name='Mum'/></query>",
        )
    assert await home.count("contact") == 0


async def test_text_is_stripped_of_what_could_deceive_a_terminal(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    peer.chat(home.jid, "a\u202eb\u009bc\u2066d\n\te")
    await home.until_message(peer.jid, "abcd\n\te")


@pytest.mark.every_server(but=["ejabberd"])  # it ends a stream with so much
async def test_an_enormous_text_is_cut_and_says_so(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    peer.stream._sender.max_bytes = 4 * 1024 * 1024
    peer.chat(home.jid, "x" * (BODY_LIMIT + 1), id="large")
    await told_after(home, peer)
    message = (await home.messages(peer.jid))[0]
    assert (len(message.body), message.truncated) == (BODY_LIMIT, True)


async def test_a_stamp_from_the_future_counts_as_now(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    late = "<delay xmlns='urn:xmpp:delay' stamp='2100-01-01T00:00:00Z'/>"
    peer.chat(home.jid, "from the future", more=late)
    message = await home.until_message(peer.jid, "from the future")
    peer.chat(home.jid, "now")
    now = await home.until_message(peer.jid, "now")
    assert message.time <= now.time


@pytest.mark.parametrize(
    "stamp", ["", "never", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59"]
)
async def test_an_odd_stamp_costs_nothing(make_home, make_peer, stamp):
    peer = await make_peer()
    home = await (await make_home()).online()
    note = f"<delay xmlns='urn:xmpp:delay' stamp='{stamp}'/>"
    peer.chat(home.jid, "odd", more=note)
    assert await told_after(home, peer) == ["odd", "after"]


def refuse(ledger, context, envelope, new):
    if new.body == "poison":
        raise ValueError("poison")
    return envelope


async def test_a_stage_that_fails_costs_only_its_stanza(make_home, make_peer, caplog):
    peer = await make_peer()
    home = await make_home()
    last = MessageStage("poison", lambda context, envelope: envelope.new, refuse)
    home.inbound = replace(INBOUND, messages=(*INBOUND.messages, last))
    await home.restart_with(home.patience)
    await home.online()
    for body in ("one", "poison", "two"):
        peer.chat(home.jid, body)
    await home.until_bodies(peer.jid, ["one", "two"])
    assert "dropped what a stanza asked for" in caplog.text


async def test_a_receipt_or_marker_of_somebody_else_changes_nothing(make_home, make_peer):
    peer, stranger = await make_peer(), await make_peer()
    home = await (await make_home()).online()
    await home.send(peer.jid, "hello")
    message = await home.until_message(peer.jid, "hello", "sent")
    for notice in (
        "received xmlns='urn:xmpp:receipts'",
        "displayed xmlns='urn:xmpp:chat-markers:0'",
    ):
        stranger.write(
            f"<message to='{home.jid}' type='chat'><{notice} id='{message.message_id}'/></message>"
        )
    await told_after(home, stranger)
    assert (await home.until_message(peer.jid, "hello")).state == "sent"
    assert await home.count("reference") == 0


async def test_a_stanza_too_large_to_keep_is_told(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    crowd = "<b/>" * (STANZA_BYTES // (ELEMENT_BYTES + len("{urn:x}b")) + 1)
    peer.write(f"<message to='{home.jid}'><a xmlns='urn:x'>{crowd}</a></message>")
    assert await told_after(home, peer) == ["after"]
    (warning,) = home.inside.warnings
    assert (warning.word, warning.subject) == ("dropped", peer.stream.full_jid)
    assert "too large" in warning.text
