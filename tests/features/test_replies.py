"""Replies (XEP-0461): what they answer is found, shown and quoted, and nobody forges it."""

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed, NotSupported, UnknownMessage
from backendd.core import xml
from backendd.core.messages import HistoryAnswered
from tests.backendd.session.rooms import NICK, say

REPLY, FALLBACK = "urn:xmpp:reply:0", "urn:xmpp:fallback:0"
REPLACE = "<replace xmlns='urn:xmpp:message-correct:0' id='r'/>"


def answers(name, *, end=0, to=""):
    """Return what an answer carries; its first `end` characters stand in for it."""
    whom = f" to='{to}'" if to else ""
    note = f"<fallback xmlns='{FALLBACK}' for='{REPLY}'><body start='0' end='{end}'/></fallback>"
    return f"<reply xmlns='{REPLY}' id='{name}'{whom}/>" + (note if end else "")


async def talking(make_home, make_peer, **options):
    """Return a home and a peer, and the message `hello` that the peer wrote."""
    peer = await make_peer()
    home = await (await make_home(**options)).online()
    peer.chat(home.jid, "hello", id="hello-id")
    message = await home.until_message(peer.jid, "hello")
    await home.until(lambda: not home.inside.is_syncing)
    return home, peer, message


async def until_answers(home, peer, body, expected):
    async def is_so():
        found = await home.until_message(peer, body)
        return found.more == expected

    await home.until(is_so)


def said_answers(peer):
    return [m for m in peer.messages() if xml.child(m, REPLY, "reply") is not None]


# -- ours


@pytest.mark.every_server
async def test_ours_names_what_it_answers_and_quotes_it_for_others(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    await home.send(peer.jid, "hi there", reply_to=message.id)
    await peer.until(lambda: said_answers(peer))
    (stanza,) = said_answers(peer)
    reply = xml.child(stanza, REPLY, "reply")
    assert (reply.get("id"), reply.get("to")) == ("hello-id", peer.jid)
    assert xml.child_text(stanza, xml.CLIENT, "body") == "> hello\nhi there"
    note = xml.child(stanza, FALLBACK, "fallback")
    assert note.get("for") == REPLY
    assert [(each.get("start"), each.get("end")) for each in note] == [("0", "8")]
    ours = await home.until_message(peer.jid, "hi there", "sent")
    assert ours.more == {"reply_to": message.id, "quote": "hello", "quote_sender": peer.jid}


async def test_what_failed_and_is_sent_again_still_answers(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    sent = await home.send(peer.jid, "hi", reply_to=message.id)
    await peer.until(lambda: len(said_answers(peer)) == 1)
    await home.until_message(peer.jid, "hi", "sent")
    await home.execute("UPDATE message SET state = 'failed' WHERE id = ?", sent)
    await home.call(names.MESSAGES, "retry", sent, {})
    await peer.until(lambda: len(said_answers(peer)) == 2)


async def test_an_answer_that_we_correct_still_answers_and_is_covered_if_it_was(
    make_home, make_peer
):
    home, peer, message = await talking(make_home, make_peer)
    sent = await home.send(peer.jid, "hi", reply_to=message.id, spoiler=True)
    await home.until_message(peer.jid, "hi", "sent")
    await home.call(names.MESSAGES, "correct", sent, "hi there", {})
    await peer.until(lambda: len(said_answers(peer)) == 2)
    correction = said_answers(peer)[-1]
    assert xml.child(correction, "urn:xmpp:message-correct:0", "replace") is not None
    assert xml.child_text(correction, xml.CLIENT, "body") == "> hello\nhi there"
    assert xml.child(correction, "urn:xmpp:spoiler:0", "spoiler") is not None
    ours = await home.until_message(peer.jid, "hi there")
    assert ours.more["quote"] == "hello"


async def test_the_copy_of_an_answer_that_we_corrected_is_no_text_more(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    say(peer, address, "hello", id="hello-id")
    message = await home.until_message(address, "hello")
    sent = await home.send(address, "hi", reply_to=message.id)
    await home.until_message(address, "hi", "sent")
    await home.call(names.MESSAGES, "correct", sent, "hi there", {})
    await peer.until(lambda: len(said_answers(peer)) == 2)
    say(peer, address, "behind")
    await home.until_bodies(address, ["hello", "hi there", "behind"])
    assert [each.body for each in await home.call(names.MESSAGES, "edits", sent, {})] == ["hi"]


async def test_a_long_message_is_quoted_by_its_beginning(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    peer.chat(home.jid, "x" * 100_000, id="long")
    message = await home.until_message(peer.jid, "x" * 100_000)
    await home.send(peer.jid, "too long", reply_to=message.id)
    await peer.until(lambda: said_answers(peer))
    quoted, _, body = xml.child_text(said_answers(peer)[0], xml.CLIENT, "body").partition("\n")
    assert (body, quoted) == ("too long", f"> {'x' * 300}…")
    ours = await home.until_message(peer.jid, "too long")
    assert ours.more["quote"] == "x" * 500


async def test_only_a_message_of_the_conversation_that_got_there_is_answered(make_home, make_peer):
    home, peer, message = await talking(make_home, make_peer)
    other = await make_peer()
    for whom, target in ((other.jid, message.id), (peer.jid, 999)):
        with pytest.raises(UnknownMessage):
            await home.send(whom, "hi", reply_to=target)
    await home.execute("UPDATE message SET dedupe = '' WHERE id = ?", message.id)
    with pytest.raises(NotSupported):
        await home.send(peer.jid, "hi", reply_to=message.id)
    await home.execute("UPDATE message SET state = 'failed' WHERE id = ?", message.id)
    with pytest.raises(NotAllowed):
        await home.send(peer.jid, "hi", reply_to=message.id)
    assert await home.bodies(peer.jid) == ["hello"]


async def test_in_a_room_ours_names_it_by_the_id_of_the_room_and_nobody_learns_our_address(
    make_inmate, room
):
    address, ann = room
    home = await make_inmate()
    say(ann, address, "hello", id="a")
    message = await home.until_message(address, "hello")
    await home.send(address, "hi", reply_to=message.id)
    ours = await home.until_message(address, "hi", "sent")
    assert ours.stanza_id
    await home.send(address, "hi again", reply_to=ours.id)
    await ann.until(lambda: len(said_answers(ann)) == 2)
    replies = [xml.child(each, REPLY, "reply").attrib for each in said_answers(ann)]
    assert replies == [
        {"id": message.stanza_id, "to": f"{address}/ann"},
        {"id": ours.stanza_id, "to": f"{address}/{NICK}"},
    ]


async def test_what_the_room_has_no_name_for_yet_is_not_answered(make_inmate, room):
    address, _ = room
    home = await make_inmate()
    await home.session.disconnect()
    pending = await home.send(address, "early")
    with pytest.raises(NotAllowed, match="not sent yet"):
        await home.send(address, "later", reply_to=pending)


# -- theirs


@pytest.mark.every_server
async def test_theirs_shows_what_it_answers_without_the_quotation(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    sent = await home.send(peer.jid, "shall we?")
    await peer.until(lambda: "shall we?" in peer.bodies())
    name = next(m.get("id") for m in peer.messages())
    body = "> shall we?\n"
    peer.chat(home.jid, f"{body}yes".replace(">", "&gt;"), more=answers(name, end=len(body)))
    theirs = await home.until_message(peer.jid, "yes")
    assert theirs.more == {
        "reply_to": sent, "quote": "shall we?", "quote_sender": home.jid, "quote_own": True,
    }  # fmt: skip
    hits = await home.call(names.MESSAGES, "search", "shall", {})
    assert [hit.body for hit in hits] == ["shall we?"]


async def test_copies_of_an_answer_are_one_message(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    peer.chat(home.jid, "&gt; hello\nme again", id="r", more=answers("hello-id", end=8))
    await home.until_message(peer.jid, "me again")
    await home.session.disconnect()
    await home.execute("UPDATE archive SET cursor = '', cursor_time = 1")
    peer.chat(home.jid, "last")
    await peer.sync()
    await home.online()
    await home.until_message(peer.jid, "last")
    assert await home.bodies(peer.jid) == ["hello", "me again", "last"]


async def test_what_it_answers_is_found_when_that_comes_later(make_home, make_peer):
    peer, account = await make_peer(), await make_peer()
    peer.chat(account.jid, "the first", id="first")
    for number in range(8):
        peer.chat(account.jid, f"m{number}")
    quotation = "&gt; the first\n"
    peer.chat(account.jid, f"{quotation}late", more=answers("first", end=12))
    await peer.sync()
    home = await (await make_home(account.jid.partition("@")[0], archive_page=5)).online()
    await until_answers(home, peer.jid, "late", {"quote": "the first"})
    while "the first" not in await home.bodies(peer.jid):
        home.hub.events.clear()
        await home.page(peer.jid)
        await home.until(lambda: home.hub.of(HistoryAnswered))
    first = await home.until_message(peer.jid, "the first")
    expected = {"reply_to": first.id, "quote": "the first", "quote_sender": peer.jid}
    await until_answers(home, peer.jid, "late", expected)
    assert await home.count("reference") == 0


async def test_in_a_room_it_is_found_by_the_id_of_the_room_alone(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    say(ann, address, "hello", id="a")
    message = await home.until_message(address, "hello")
    say(ann, address, "by another's id", more=answers("a"))
    say(ann, address, "by the room's id", more=answers(message.stanza_id))
    found = await home.until_message(address, "by the room's id")
    assert found.more["reply_to"] == message.id
    assert (await home.until_message(address, "by another's id")).more == {}


# -- theirs, corrected


@pytest.mark.parametrize("first", ["", "hello-id", "never-there"])
async def test_a_correction_that_answers_another_message_is_an_answer_to_that(
    make_home, make_peer, first
):
    home, peer, _ = await talking(make_home, make_peer)
    peer.chat(home.jid, "second", id="second-id")
    peer.chat(home.jid, "me again", id="r", more=answers(first) if first else "")
    correction = f"{answers('second-id')}{REPLACE}"
    peer.chat(home.jid, "me, me", more=correction)
    second = await home.until_message(peer.jid, "second")
    theirs = await home.until_message(peer.jid, "me, me")
    assert theirs.more["reply_to"] == second.id
    assert await home.bodies(peer.jid) == ["hello", "second", "me, me"]


async def test_a_correction_that_names_none_leaves_what_is_answered(make_home, make_peer):
    home, peer, hello = await talking(make_home, make_peer)
    peer.chat(home.jid, "me again", id="r", more=answers("hello-id"))
    peer.chat(home.jid, "me, me", more=REPLACE)
    assert (await home.until_message(peer.jid, "me, me")).more["reply_to"] == hello.id


async def test_a_correction_may_answer_what_comes_later_and_the_first_target_counts_no_more(
    make_home, make_peer
):
    home, peer, _ = await talking(make_home, make_peer)
    peer.chat(home.jid, "me again", id="r", more=answers("first-later"))
    peer.chat(home.jid, "me, me", more=f"{answers('second-later')}{REPLACE}")
    peer.chat(home.jid, "the first", id="first-later")
    peer.chat(home.jid, "the second", id="second-later")
    second = await home.until_message(peer.jid, "the second")
    theirs = await home.until_message(peer.jid, "me, me")
    assert theirs.more["reply_to"] == second.id
    assert await home.count("reference") == 0


async def test_a_correction_never_has_a_message_answer_itself(make_home, make_peer):
    home, peer, hello = await talking(make_home, make_peer)
    peer.chat(home.jid, "me again", id="r", more=answers("hello-id"))
    peer.chat(home.jid, "me, me", more=f"{answers('r')}{REPLACE}")
    assert (await home.until_message(peer.jid, "me, me")).more["reply_to"] == hello.id


# -- what others would like us to believe


@pytest.mark.parametrize(
    ("body", "end"),
    [("&gt; hello\nyou fool", 18), ("pay me", 3), ("&gt; hello", 7), ("no\n&gt; hello\nwell", 11)],
)
async def test_a_fallback_hides_nothing_but_a_quotation_before_a_text(
    make_home, make_peer, body, end
):
    home, peer, _ = await talking(make_home, make_peer)
    peer.chat(home.jid, body, more=answers("hello-id", end=end))
    shown = body.replace("&gt;", ">")
    assert (await home.until_message(peer.jid, shown)).more["quote"] == "hello"


async def test_what_is_here_is_quoted_as_it_is_and_not_as_an_answer_claims(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    forged = "&gt; I owe you 1000\n"
    more = answers("hello-id", end=17, to=home.jid)
    peer.chat(home.jid, f"{forged}right", more=more)
    theirs = await home.until_message(peer.jid, "right")
    assert (theirs.more["quote"], theirs.more["quote_sender"]) == ("hello", peer.jid)


async def test_what_is_not_here_is_never_said_to_be_of_anybody(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    more = answers("never-there", end=17, to=home.jid)
    peer.chat(home.jid, "&gt; I owe you 1000\nright", more=more)
    assert (await home.until_message(peer.jid, "right")).more == {"quote": "I owe you 1000"}


async def test_no_answer_reaches_into_another_conversation(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    other = await make_peer()
    other.chat(home.jid, "mine", more=answers("hello-id"))
    assert (await home.until_message(other.jid, "mine")).more == {}
    assert peer.jid != other.jid


async def test_an_answer_to_itself_and_a_name_too_long_answer_nothing(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    peer.chat(home.jid, "self", id="s", more=answers("s"))
    peer.chat(home.jid, "long", more=answers("x" * 2000))
    for body in ("self", "long"):
        assert (await home.until_message(peer.jid, body)).more == {}


async def test_a_huge_quotation_is_cut(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    quotation = "&gt; " + "q" * 100_000 + "\n"
    more = answers("never-there", end=100_003)
    peer.chat(home.jid, f"{quotation}short", more=more)
    theirs = await home.until_message(peer.jid, "short")
    assert theirs.more == {"quote": "q" * 500}
