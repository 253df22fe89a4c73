"""Reactions (XEP-0444): whose count, in which order, and how they reach each other."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, NotAllowed, NotSupported, UnknownMessage
from backendd.core import clock, xml
from backendd.core.messages import MessagesChanged
from backendd.features.reactions import model
from backendd.session.missing import PATIENCE
from tests.backendd.session.stages import STAGE, Stage

THUMB, HEART, TURTLE = "👍", "❤️", "🐢"
NAMESPACE = "urn:xmpp:reactions:0"
STORE = "<store xmlns='urn:xmpp:hints'/>"


def stanza(to, target, *emojis, more="", type="chat"):
    said = "".join(f"<reaction>{each}</reaction>" for each in emojis)
    return (
        f"<message to='{to}' type='{type}'>"
        f"<reactions xmlns='urn:xmpp:reactions:0' id='{target}'>{said}</reactions>"
        f"{STORE}{more}</message>"
    )


def reacts(who, to, target, *emojis, **more):
    who.write(stanza(to, target, *emojis, **more))


async def reactions(home, peer, body):
    for message in await home.messages(peer.jid):
        if message.body == body:
            return message.more.get("reactions", {})
    return None


async def until_reactions(home, peer, body, expected):
    async def are_there():
        return await reactions(home, peer, body) == expected

    await home.until(are_there)


async def pending(home, peer):
    return (await home.messages(peer.jid))[-1].more.get("reactions_pending", [])


async def is_arrived(home, peer):
    return not await pending(home, peer)


async def react(home, message_id, *emojis):
    await home.call(names.MESSAGES, "react", message_id, list(emojis), {})


async def talking(make_home, make_peer, **options):
    """Return a home and a peer, and the message `hello` that the peer wrote."""
    peer = await make_peer()
    home = await (await make_home(**options)).online()
    peer.chat(home.jid, "hello", id="hello-id")
    message = await home.until_message(peer.jid, "hello")
    await home.until(lambda: not home.inside.is_syncing)
    return home, peer, message


def is_reaction(message):
    return xml.child(message, NAMESPACE, "reactions") is not None


def heard(peer):
    """Return what the peer was told of reactions: pairs of target and emojis."""
    found = []
    for message in peer.messages():
        element = xml.child(message, NAMESPACE, "reactions")
        if element is not None:
            found.append((element.get("id"), [each.text for each in element]))
    return found


# -- ours


@pytest.mark.every_server
async def test_ours_is_shown_at_once_and_reaches_the_peer(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await react(home, message.id, THUMB, TURTLE)
    expected = {THUMB: [home.jid], TURTLE: [home.jid]}
    assert await reactions(home, peer, "hello") == expected

    def told():
        events = home.hub.of(MessagesChanged)
        return [each for event in events for each in event.messages if each.more]

    ours = {"reactions": expected, "reactions_own": {THUMB: home.jid, TURTLE: home.jid}}
    assert told()[0].more == {**ours, "reactions_pending": [THUMB, TURTLE]}
    assert told()[0].revision > message.revision
    await peer.until(lambda: heard(peer) == [("hello-id", [THUMB, TURTLE])])
    await home.until(lambda: told()[-1].more == ours)
    (said,) = [each for each in peer.messages() if is_reaction(each)]
    assert said.get("type") == "chat"
    assert xml.child(said, xml.HINTS, "store") is not None
    # Nobody is asked to say that they have it, or have seen it.
    by_servers = {"stanza-id", "archived"}
    assert {child.tag.rpartition("}")[2] for child in said} - by_servers == {
        "reactions", "store", "origin-id",
    }  # fmt: skip


@pytest.mark.every_server
async def test_a_new_set_replaces_ours_and_an_empty_one_takes_it_back(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await react(home, message.id, THUMB)
    await peer.until(lambda: len(heard(peer)) == 1)
    await react(home, message.id, HEART)
    assert await reactions(home, peer, "hello") == {HEART: [home.jid]}
    await peer.until(lambda: len(heard(peer)) == 2)
    await react(home, message.id)
    assert await reactions(home, peer, "hello") == {}
    await peer.until(lambda: [said for _, said in heard(peer)] == [[THUMB], [HEART], []])


async def test_the_same_set_again_is_not_sent_again(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await react(home, message.id, THUMB)
    await peer.until(lambda: len(heard(peer)) == 1)
    await react(home, message.id, THUMB)
    await home.send(peer.jid, "after")
    await peer.until(lambda: "after" in peer.bodies())
    assert len(heard(peer)) == 1


async def test_what_was_said_offline_goes_out_later_and_only_the_last_of_it(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await home.session.disconnect()
    for emoji in (THUMB, HEART, TURTLE):
        await react(home, message.id, emoji)
    assert await reactions(home, peer, "hello") == {TURTLE: [home.jid]}
    assert await pending(home, peer) == [TURTLE]
    await home.online()
    await home.until(lambda: is_arrived(home, peer))
    await home.send(peer.jid, "after")
    await peer.until(lambda: "after" in peer.bodies())
    assert heard(peer) == [("hello-id", [TURTLE])]


async def test_of_a_set_that_waits_only_what_nobody_was_told_yet_is_pending(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await react(home, message.id, THUMB)
    await home.until(lambda: is_arrived(home, peer))
    await home.session.disconnect()
    await react(home, message.id, THUMB, HEART)
    assert await pending(home, peer) == [HEART]
    await react(home, message.id)
    assert await pending(home, peer) == []


async def test_what_was_taken_back_before_it_went_out_is_never_sent(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await home.session.disconnect()
    await react(home, message.id, THUMB)
    await react(home, message.id)
    assert await home.count("outbox") == 0
    assert await reactions(home, peer, "hello") == {}


async def test_ours_survives_a_crash_before_it_was_sent(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await home.session.disconnect()
    await react(home, message.id, THUMB)
    await home.crash()
    await home.come_back()
    await home.online()
    await peer.until(lambda: heard(peer) == [("hello-id", [THUMB])])
    assert await reactions(home, peer, "hello") == {THUMB: [home.jid]}


async def test_ours_to_our_own_message_names_it_as_the_peer_knows_it(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    message_id = await home.send(peer.jid, "mine")
    message = await home.until_message(peer.jid, "mine", "sent")
    await react(home, message_id, THUMB)
    await peer.until(lambda: heard(peer) == [(message.origin_id, [THUMB])])


@pytest.mark.parametrize(
    "emojis", [["x" * 10_000], ["ok"], [""], ["👍👍"], ["+1"], ["👍\x1b"], [THUMB] * 21, ["1"]]
)
async def test_what_is_no_emoji_or_too_many_is_refused(make_home, make_peer, emojis):
    home, _, message = await talking(make_home, make_peer)
    with pytest.raises(InvalidArgument):
        await react(home, message.id, *emojis)


async def test_there_must_be_a_message_that_both_sides_know(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    with pytest.raises(UnknownMessage):
        await react(home, 999_999, THUMB)
    peer.write(f"<message to='{home.jid}' type='chat'><body>nameless</body></message>")
    nameless = await home.until_message(peer.jid, "nameless")
    with pytest.raises(NotSupported):
        await react(home, nameless.id, THUMB)
    await home.session.disconnect()
    pending = await home.send(peer.jid, "waiting")
    with pytest.raises(NotAllowed, match="not sent yet"):
        await react(home, pending, THUMB)
    await home.execute("UPDATE message SET state = 'failed' WHERE id = ?", pending)
    with pytest.raises(NotAllowed, match="failed"):
        await react(home, pending, THUMB)


async def test_where_ours_is_refused_the_set_before_counts_again(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await react(home, message.id, THUMB)
    await peer.until(lambda: len(heard(peer)) == 1)
    await home.send(peer.jid, "acknowledged after it")
    await home.until_message(peer.jid, "acknowledged after it", "sent")
    await react(home, message.id, THUMB, TURTLE)
    await peer.until(lambda: len(heard(peer)) == 2)
    refused = [each for each in peer.messages() if is_reaction(each)][-1]
    peer.write(
        f"<message to='{home.inside.stream.full_jid}' type='error' id='{refused.get('id')}'>"
        "<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>only one at a time</text>"
        "</error></message>"
    )
    await until_reactions(home, peer, "hello", {THUMB: [home.jid]})
    (warning,) = home.inside.warnings
    assert (warning.word, warning.subject) == ("reaction", peer.jid)
    assert "only one at a time" in warning.text
    await react(home, message.id, TURTLE)
    assert not list(home.inside.warnings)


async def test_where_ours_cannot_be_sent_the_set_before_counts_again(make_home, make_peer):
    peer = await make_peer()
    home = await make_home()
    await home.restart_with(PATIENCE, more=[STAGE])
    await home.online()
    peer.chat(home.jid, "hello", id="hello-id")
    message = await home.until_message(peer.jid, "hello")
    await react(home, message.id, THUMB)
    await peer.until(lambda: heard(peer) == [("hello-id", [THUMB])])
    (stage,) = [part for part in home.session.parts if isinstance(part, Stage)]
    stage.errors[""] = NotAllowed("there is no key for this peer")
    await react(home, message.id, TURTLE)
    await until_reactions(home, peer, "hello", {THUMB: [home.jid]})
    await home.until(lambda: [each.word for each in home.inside.warnings] == ["reaction"])
    assert await home.count("outbox") == 0


# -- theirs


async def test_theirs_is_shown_and_replaced_and_taken_back(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    reacts(peer, home.jid, "hello-id", THUMB, HEART)
    await until_reactions(home, peer, "hello", {THUMB: [peer.jid], HEART: [peer.jid]})
    await react(home, message.id, THUMB)
    assert await reactions(home, peer, "hello") == {
        THUMB: [peer.jid, home.jid], HEART: [peer.jid],
    }  # fmt: skip
    reacts(peer, home.jid, "hello-id", TURTLE)
    await until_reactions(home, peer, "hello", {THUMB: [home.jid], TURTLE: [peer.jid]})
    reacts(peer, home.jid, "hello-id")
    await until_reactions(home, peer, "hello", {THUMB: [home.jid]})


async def test_theirs_is_no_message_and_makes_nothing_unread(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await home.call(names.MESSAGES, "mark_read", peer.jid, message.id, {})
    reacts(peer, home.jid, "hello-id", THUMB)
    await until_reactions(home, peer, "hello", {THUMB: [peer.jid]})
    assert await home.bodies(peer.jid) == ["hello"]
    conversation = await home.conversation(peer.jid)
    assert (conversation.unread, conversation.last.body) == (0, "hello")
    assert conversation.last.more == {"reactions": {THUMB: [peer.jid]}}


async def test_a_text_that_stands_in_for_a_reaction_is_not_shown(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    fallback = "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reactions:0'>{}</fallback>"
    reacts(peer, home.jid, "hello-id", THUMB, more="<body>👍</body>" + fallback.format(""))
    reacts(
        peer, home.jid, "hello-id", THUMB,
        more="<body>&gt; hello\n👍</body>" + fallback.format("<body/>"),
    )  # fmt: skip
    reacts(
        peer, home.jid, "hello-id", TURTLE,
        more="<body>reacted, and this</body>" + fallback.format("<body start='0' end='13'/>"),
    )  # fmt: skip
    await until_reactions(home, peer, "hello", {TURTLE: [peer.jid]})
    assert await home.bodies(peer.jid) == ["hello", "this"]


async def test_theirs_to_a_message_of_ours_is_found_by_its_id(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    await home.send(peer.jid, "mine")
    message = await home.until_message(peer.jid, "mine", "sent")
    reacts(peer, home.jid, message.message_id, THUMB)
    await until_reactions(home, peer, "mine", {THUMB: [peer.jid]})


async def test_nobody_reacts_in_a_conversation_that_is_not_theirs(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    other = await make_peer(resource="other")
    other.chat(home.jid, "me too")
    await home.until_message(other.jid, "me too")
    reacts(other, home.jid, "hello-id", THUMB)
    other.chat(home.jid, "after")
    await home.until_message(other.jid, "after")
    assert await reactions(home, peer, "hello") == {}


async def test_of_what_is_bad_only_the_rest_is_taken(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    many = [chr(0x1F600 + number) for number in range(50)]
    reacts(
        peer, home.jid, "hello-id", "x" * 10_000, "word", "", THUMB, THUMB + "\ufe0f", THUMB, *many
    )
    await until_reactions(
        home, peer, "hello", {each: [peer.jid] for each in (THUMB, *many[: model.MOST - 1])}
    )
    reacts(peer, home.jid, "hello-id", *["spam"] * 3000, HEART)
    await until_reactions(home, peer, "hello", {})


# -- our other clients, the archive, and what comes too early


@pytest.mark.every_server
async def test_what_another_client_of_ours_said_is_ours(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    other = await make_peer(home.account, resource="other")
    reacts(other, peer.jid, "hello-id", HEART)
    await until_reactions(home, peer, "hello", {HEART: [home.jid]})
    await react(home, message.id)
    await until_reactions(home, peer, "hello", {})
    await peer.until(lambda: [said for _, said in heard(peer)] == [[HEART], []])


async def test_one_that_comes_before_its_message_waits_for_it(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    reacts(peer, home.jid, "later", THUMB)
    reacts(peer, home.jid, "later", TURTLE)
    await peer.sync()
    other = await make_peer(home.account, resource="other")
    other.chat(peer.jid, "mine", id="later")
    await until_reactions(home, peer, "mine", {TURTLE: [peer.jid]})
    assert await home.count("reference") == 0


@pytest.mark.every_server
async def test_what_came_while_away_is_caught_up_in_order(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer, archive_page=10)
    reacts(peer, home.jid, "hello-id", THUMB)
    await until_reactions(home, peer, "hello", {THUMB: [peer.jid]})
    await home.session.disconnect()
    peer.chat(home.jid, "second", id="second-id")
    for emoji in (HEART, TURTLE, THUMB, HEART):
        reacts(peer, home.jid, "hello-id", emoji)
        reacts(peer, home.jid, "second-id", emoji)
    reacts(peer, home.jid, "hello-id")
    await peer.sync()
    await home.online()
    await until_reactions(home, peer, "second", {HEART: [peer.jid]})
    await until_reactions(home, peer, "hello", {})


@pytest.mark.parametrize("clock_s", [-3600, 3600])
async def test_a_wrong_clock_here_lets_no_old_set_count(make_home, make_peer, monkeypatch, clock_s):
    real = clock.now_us
    monkeypatch.setattr("backendd.core.clock.now_us", lambda: real() + clock_s * 1_000_000)
    home, peer, _ = await talking(make_home, make_peer)
    reacts(peer, home.jid, "hello-id", THUMB)
    await until_reactions(home, peer, "hello", {THUMB: [peer.jid]})
    await home.session.disconnect()
    reacts(peer, home.jid, "hello-id", TURTLE)
    await peer.sync()
    await home.online()
    await until_reactions(home, peer, "hello", {TURTLE: [peer.jid]})


async def test_the_past_takes_nothing_from_what_is_newer(make_home, make_peer):
    peer = await make_peer()
    home = await make_home(archive_page=10)
    peer.chat(home.jid, "hello", id="hello-id")
    for emoji in (THUMB, HEART):
        reacts(peer, home.jid, "hello-id", emoji)
    for number in range(12):
        peer.chat(home.jid, f"m{number}", id=f"id-{number}")
    await peer.sync()
    await home.online()
    await home.until_message(peer.jid, "m11")
    assert "hello" not in await home.bodies(peer.jid)
    reacts(peer, home.jid, "hello-id", TURTLE)
    peer.chat(home.jid, "now")
    await home.until_message(peer.jid, "now")
    assert (await home.page(peer.jid))[1] == "server"
    await until_reactions(home, peer, "hello", {TURTLE: [peer.jid]})


async def test_of_the_past_alone_the_newest_counts_read_from_either_end(make_home, make_peer):
    peer = await make_peer()
    home = await make_home(archive_page=10)
    peer.chat(home.jid, "hello", id="hello-id")
    for emoji in (THUMB, HEART, TURTLE):
        reacts(peer, home.jid, "hello-id", emoji)
    for number in range(7):
        peer.chat(home.jid, f"m{number}", id=f"id-{number}")
    for emoji in (THUMB, HEART):
        reacts(peer, home.jid, "id-6", emoji)
    await peer.sync()
    await home.online()
    await until_reactions(home, peer, "m6", {HEART: [peer.jid]})
    assert (await home.page(peer.jid))[1] == "server"
    await until_reactions(home, peer, "hello", {TURTLE: [peer.jid]})


async def test_reactions_go_with_their_message(make_home, make_peer):
    home, _, message = await talking(make_home, make_peer)
    await react(home, message.id, THUMB)
    await home.execute("DELETE FROM message WHERE id = ?", message.id)
    assert await home.count("reaction") == 0


async def test_that_we_understand_reactions_is_announced(make_home, make_peer):
    home, _, _ = await talking(make_home, make_peer)
    assert "urn:xmpp:reactions:0" in home.inside.stream.current.features


EMOJIS = "👍 👍🏽 ❤ ❤️ 1️⃣ #️⃣ 🇩🇪 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏳️‍🌈 👩🏻‍❤️‍💋‍👩🏿 ‼️ ©️ ↔️ 🧑‍🦰 ☺️"
OTHERS = ("", "a", "1", "+", "👍👍", "👍a", "🇩", "\u200d", "👍\u200d", "\ufe0f", "é", "\u20e3", "<")


@pytest.mark.parametrize("emoji", EMOJIS.split())
def test_whatever_unicode_builds_of_one_emoji_is_one(emoji):
    assert model.is_emoji(emoji)


@pytest.mark.parametrize("text", OTHERS)
def test_nothing_else_is_an_emoji(text):
    assert not model.is_emoji(text)
