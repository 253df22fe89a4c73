"""Notifications of the desktop, over the bus and a real server."""

import time

import pytest

from backendd.api import names, records
from backendd.api.errors import InvalidArgument
from backendd.core import uris
from backendd.core.entries import COMMENTS, MICROBLOG
from backendd.core.uris import ItemAddress
from backendd.features.notifications import model
from tests.backendd.session.home import new_account
from tests.backendd.session.rooms import make_room
from tests.features.test_blog_readers import Library
from tests.features.test_blog_readers import asked as asked_to_read
from tests.features.test_blogs import entry, item
from tests.features.test_messages import Frontend, make_profile, options
from tests.lab import component
from tests.lab.desktop import Desktop
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN, free_ports

B = names.BLOG
M = names.MESSAGES
RETRACTED = "<retract xmlns='urn:xmpp:message-retract:1' id='m'/>"
P = names.PROFILE
R = names.ROOMS
RO = names.ROSTER
INVITATION = (
    "<message to='{to}'><x xmlns='jabber:x:conference' jid='{room}' reason='tea'/></message>"
)


@pytest.fixture
async def desktop(bus):
    """The desktop, before anything is shown."""
    server = await Desktop.open(bus.address)
    yield server
    await server.close()


async def begin(backend, bus, prosody, **options):
    """Return a frontend of a profile that is online, and says nothing of itself."""
    account = new_account(prosody)
    await make_profile(backend, bus, prosody, account, account, **options)
    us = await Frontend.open(bus.address, account)
    us.jid = prosody.jid(account)
    await us.call(P, "Connect")
    # What the archive has at the first look is history.
    await us.until(lambda: {"Syncing": False} in [told[1] for told in us.of("PropertiesChanged")])
    return us


@pytest.fixture
async def us(backend, bus, prosody):
    """A frontend of a profile without a password."""
    caller = await begin(backend, bus, prosody)
    yield caller
    await caller.close()


async def looks_at(us, *peers):
    focus = ("a(os)", [(us.path, peer) for peer in peers])
    await us.manage("SetFrontend", "a{sv}", options(focus=focus))


async def said(us, peer, body):
    """Have the peer say something; return the record of it."""
    peer.chat(us.jid, body)
    return await us.wait_for(peer.jid, lambda message: message["body"] == body)


async def read(us, peer, message):
    await us.call(M, "MarkRead", "sx", peer.jid, message["id"])


async def test_what_comes_while_nobody_looks_is_shown_as_text(desktop, us, make_peer):
    peer = await make_peer()
    peer.chat(us.jid, "&lt;b&gt;tea&lt;/b&gt; &amp; cake\u202e?")
    note = await desktop.until(lambda: desktop.told)
    assert note[0].summary == peer.jid
    assert note[0].body == "&lt;b&gt;tea&lt;/b&gt; &amp; cake?"
    assert note[0].hints["category"] == "im.received"


async def test_a_desktop_that_knows_no_markup_gets_none_and_no_actions(bus, us, make_peer):
    desktop = await Desktop.open(bus.address, can=["body"])
    (await make_peer()).chat(us.jid, "a &lt; b")
    (note,) = await desktop.until(lambda: desktop.told)
    assert (note.body, note.actions) == ("a < b", [])
    await desktop.close()


async def test_a_conversation_has_one_notification_which_goes_when_it_is_read(
    desktop, us, make_peer
):
    peer = await make_peer()
    await said(us, peer, "first")
    await desktop.until(lambda: desktop.told)
    message = await said(us, peer, "second")
    await desktop.until(lambda: len(desktop.told) == 2)
    ((number, note),) = desktop.shown.items()
    assert (note.summary, note.body) == (f"{peer.jid} (2)", "second")
    assert note.replaces == number
    await read(us, peer, message)
    await desktop.until(lambda: not desktop.shown)


async def test_nothing_is_shown_of_what_a_frontend_shows(desktop, us, make_peer):
    peer, other = await make_peer(), await make_peer()
    await said(us, peer, "before")
    await desktop.until(lambda: desktop.shown)
    await looks_at(us, peer.jid)
    await desktop.until(lambda: not desktop.shown)
    await said(us, peer, "seen")
    await said(us, other, "unseen")
    await desktop.until(lambda: len(desktop.told) == 2)
    assert [note.body for note in desktop.told] == ["before", "unseen"]
    await looks_at(us)
    await said(us, peer, "unseen again")
    await desktop.until(lambda: desktop.told[-1].body == "unseen again")


async def test_who_shall_not_be_noticed_is_not(desktop, us, make_peer):
    muted, other = await make_peer(), await make_peer()
    await us.call(M, "Open", "s", muted.jid)
    await us.call(M, "SetConversation", "sa{sv}", muted.jid, options(notify="none"))
    await said(us, muted, "never mind")
    await said(us, other, "hello")
    await desktop.until(lambda: desktop.told)
    assert [note.summary for note in desktop.told] == [other.jid]


async def test_where_only_mentions_are_wanted_only_they_are_shown(desktop, us, make_peer):
    peer = await make_peer()
    await us.call(P, "SetSettings", "a{sv}", options(highlight=("as", ["urgent"])))
    await us.call(M, "Open", "s", peer.jid)
    await us.call(M, "SetConversation", "sa{sv}", peer.jid, options(notify="mentions"))
    await said(us, peer, "small talk")
    await said(us, peer, "this is urgent")
    await desktop.until(lambda: desktop.told)
    assert [note.body for note in desktop.told] == ["this is urgent"]


async def test_what_speaks_to_us_is_shown_though_others_go_on_talking(desktop, us, make_peer):
    peer = await make_peer()
    await us.call(P, "SetSettings", "a{sv}", options(highlight=("as", ["urgent"])))
    await us.call(M, "Open", "s", peer.jid)
    await us.call(M, "SetConversation", "sa{sv}", peer.jid, options(notify="mentions"))
    # While the first is stored the others come together.
    for body in (*["small talk"] * 10, "this is urgent", *["small talk"] * 20):
        peer.chat(us.jid, body)
    await desktop.until(lambda: desktop.told)
    assert {note.body for note in desktop.told} == {"this is urgent"}


async def test_what_is_retracted_is_shown_no_more(desktop, us, make_peer):
    peer = await make_peer()
    await said(us, peer, "first")
    peer.chat(us.jid, "a secret", id="m")
    await desktop.until(lambda: desktop.told and desktop.told[-1].body == "a secret")
    peer.chat(us.jid, "/me retracted it", id="r", more=RETRACTED)
    await desktop.until(lambda: not desktop.shown)


async def test_a_notification_marks_as_read_and_answers(desktop, us, make_peer):
    peer = await make_peer()
    message = await said(us, peer, "how are you?")
    (note,) = await desktop.until(lambda: desktop.told)
    assert note.actions[::2] == ["mark-read", "inline-reply"]
    desktop.emit("ActionInvoked", "us", note.number, "mark-read")
    await desktop.until(lambda: not desktop.shown)
    read_now = await us.wait_for(peer.jid, lambda each: each["id"] == message["id"])
    assert read_now["state"] == "read"
    await said(us, peer, "well?")
    await desktop.until(lambda: len(desktop.told) == 2)
    desktop.emit("NotificationReplied", "us", desktop.told[1].number, "fine")
    await peer.until(lambda: peer.bodies() == ["fine"])
    await desktop.until(lambda: not desktop.shown)


async def test_what_somebody_else_signals_in_its_name_does_nothing(bus, desktop, us, make_peer):
    peer = await make_peer()
    await said(us, peer, "how are you?")
    (note,) = await desktop.until(lambda: desktop.told)
    impostor = await Frontend.open(bus.address, "anybody")
    forged = Desktop(impostor._link, ())
    forged.emit("NotificationReplied", "us", note.number, "forged")
    await impostor.manage("SetFrontend")  # behind it on the bus
    desktop.emit("NotificationReplied", "us", note.number, "ours")
    await peer.until(lambda: peer.bodies())
    assert peer.bodies() == ["ours"]
    await impostor.close()


async def test_a_desktop_that_comes_later_is_used(bus, us, make_peer):
    peer = await make_peer()
    await said(us, peer, "nobody sees that")
    desktop = await Desktop.open(bus.address)
    await said(us, peer, "but this")
    await desktop.until(lambda: desktop.told)
    again = await said(us, peer, "and this")
    await desktop.until(lambda: desktop.told[-1].body == "and this")
    await desktop.close()
    other = await Desktop.open(bus.address)
    await us.call(R, "List")  # by its answer the backend has heard that it is another one
    await said(us, peer, "elsewhere")
    (note,) = await other.until(lambda: other.told)
    assert (note.body, note.replaces) == ("elsewhere", 0)
    await read(us, peer, again)
    await other.close()


async def test_nothing_of_a_locked_profile_is_shown(desktop, backend, bus, prosody, make_peer):
    us = await begin(backend, bus, prosody, password="secret")
    await said(us, await make_peer(), "a secret")
    await desktop.until(lambda: desktop.shown)
    await us.call(P, "Lock")
    await desktop.until(lambda: not desktop.shown)
    await us.close()


async def test_in_the_quiet_time_nothing_is_shown(desktop, backend, bus, prosody, make_peer):
    await backend.stop()
    hour = time.localtime().tm_hour
    path = backend.scratch.config / "backendd.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"[notifications]\nquiet_from = {hour}\nquiet_to = {(hour + 2) % 24}\n")
    await backend.start()
    us = await begin(backend, bus, prosody)
    peer = await make_peer()
    for body in ("first", "second", "third"):
        await said(us, peer, body)
    assert desktop.told == []
    await us.manage("SetQuietTime", "uu", 0, 0)
    await said(us, peer, "fourth")
    await desktop.until(lambda: desktop.told)
    await us.close()


async def test_the_quiet_time_that_was_set_is_told_and_outlives_the_backend(backend, bus):
    caller = await Frontend.open(bus.address, "nobody")
    assert list(await caller.get_of_manager("QuietTime")) == [0, 0]
    await caller.manage("SetQuietTime", "uu", 22, 7)
    assert list(await caller.get_of_manager("QuietTime")) == [22, 7]
    await backend.kill()
    await backend.start()
    assert list(await caller.get_of_manager("QuietTime")) == [22, 7]
    await caller.close()


async def test_an_hour_is_one_of_a_day(backend, bus):
    caller = await Frontend.open(bus.address, "nobody")
    for hours in ((24, 7), (22, 24)):
        with pytest.raises(InvalidArgument, match="0 to 23"):
            await caller.manage("SetQuietTime", "uu", *hours)
    await caller.close()


async def test_who_asks_to_see_our_presence_is_shown_and_answered_there(desktop, us, make_peer):
    peer = await make_peer()
    peer.write(
        f"<presence to='{us.jid}' type='subscribe'><status>it &lt;is&gt; me</status></presence>"
    )
    (note,) = await desktop.until(lambda: desktop.told)
    assert note.summary == f"{peer.jid} asks to see when you are online"
    assert note.body == "it &lt;is&gt; me"
    assert note.actions == ["accept", "Accept", "deny", "Deny"]
    desktop.emit("ActionInvoked", "us", note.number, "accept")
    await peer.until(lambda: "subscribed" in [each.get("type") for each in peer.stanzas])
    await desktop.until(lambda: not desktop.shown)
    other = await make_peer()
    other.write(f"<presence to='{us.jid}' type='subscribe'/>")
    await desktop.until(lambda: len(desktop.told) == 2)
    desktop.emit("ActionInvoked", "us", desktop.told[1].number, "deny")
    await other.until(lambda: "unsubscribed" in [each.get("type") for each in other.stanzas])
    await desktop.until(lambda: not desktop.shown)


async def test_an_invitation_is_shown_and_answered_there(desktop, us, make_peer):
    peer = await make_peer()
    room = await make_room(peer, "ann")
    peer.write(INVITATION.format(to=us.jid, room=room))
    (note,) = await desktop.until(lambda: desktop.told)
    assert note.summary == f"{peer.jid} invites you to {room}"
    assert (note.body, note.actions[::2]) == ("tea", ["join", "decline"])
    desktop.emit("ActionInvoked", "us", note.number, "join")
    await desktop.until(lambda: not desktop.shown)
    assert [each["state"] for each in await us.call(R, "List")] == ["in"]
    other = await make_room(await make_peer(), "ann")
    peer.write(INVITATION.format(to=us.jid, room=other))
    await desktop.until(lambda: len(desktop.told) == 2)
    desktop.emit("ActionInvoked", "us", desktop.told[1].number, "decline")
    await desktop.until(lambda: not desktop.shown)
    assert await us.call(R, "Invitations") == []


async def test_who_asks_to_read_a_blog_is_shown_and_answered_there(desktop, backend, bus, tmp_path):
    (port,) = free_ports(1)
    settings = component.settings(f"library.{DOMAIN}", port)
    with Prosody(tmp_path / "own", settings=settings) as server:
        us, service = await begin(backend, bus, server), await Library(server, port).connect()
        service.ask(us.jid, asked_to_read("news", "mia@x.localhost"))
        (note,) = await desktop.until(lambda: desktop.told)
        assert note.summary == f"mia@x.localhost asks to read the blog news at {service.address}"
        assert note.actions == ["accept", "Accept", "deny", "Deny"]
        service.ask(us.jid, asked_to_read(MICROBLOG, "zoe@x.localhost"), id="two")
        await desktop.until(lambda: len(desktop.told) == 2)
        ((number, note),) = desktop.shown.items()
        assert note.summary == "2 people ask to read what you write"
        assert note.body == "the last of them is zoe@x.localhost, for your blog"
        first, _ = await us.call(B, "ReaderRequests")
        await us.call(B, "DenyReader", "s", first["id"])
        await desktop.until(lambda: len(desktop.told) == 3)
        ((number, note),) = desktop.shown.items()
        assert note.summary == "zoe@x.localhost asks to read your blog"
        desktop.emit("ActionInvoked", "us", number, "accept")
        await desktop.until(lambda: not desktop.shown)
        assert await us.call(B, "ReaderRequests") == []
        await us.close()
        await service.close()


async def written_post(us):
    """Have the user write a post; return where it is."""
    entry = options(title="On tea")
    id = await us.call(B, "Publish", "ssa{sv}", "", "", entry)
    feed = f"{COMMENTS}{id}"

    def is_out():
        told = [each for each, *_ in us.of("Changed") if not isinstance(each, str)]
        return (id, "published") in [(one["id"], one["state"]) for each in told for one in each]

    await us.until(is_out)
    return id, feed


async def comment(us, peer, node, text):
    said = entry(text, author=peer.jid)
    await peer.ask("set", us.jid, item(text, said, node=node))


async def test_what_is_said_to_a_post_is_one_notification_which_goes_when_it_is_read(
    desktop, us, make_peer
):
    bob, mia = await make_peer(), await make_peer()
    _, node = await written_post(us)
    await comment(us, bob, node, "green it is")
    await desktop.until(lambda: len(desktop.told) == 1)
    await comment(us, mia, node, "black")
    await desktop.until(lambda: len(desktop.told) == 2)
    ((number, note),) = desktop.shown.items()
    assert note.summary == "On tea (2)"
    assert note.body.endswith(": black")
    desktop.emit("ActionInvoked", "us", number, model.MARK_READ)
    await desktop.until(lambda: not desktop.shown)


async def test_nothing_is_noted_of_a_post_that_is_looked_at_or_muted(desktop, us, make_peer):
    bob = await make_peer()
    id, node = await written_post(us)
    await looks_at(us, uris.encode(ItemAddress(us.jid, MICROBLOG, id)))
    await comment(us, bob, node, "seen")
    await us.until(lambda: us.of("DiscussionsChanged"))
    await us.call(B, "SetDiscussion", "sssa{sv}", "", "", id, options(notify="none"))
    await looks_at(us)
    await comment(us, bob, node, "muted")
    await us.until(lambda: us.of("DiscussionsChanged")[-1][0][0]["unread"] == 2)
    await us.call(B, "SetDiscussion", "sssa{sv}", "", "", id, options(notify="all"))
    await comment(us, bob, node, "heard")
    await desktop.until(lambda: desktop.told)
    assert [note.body.partition(": ")[2] for note in desktop.told] == ["heard"]


async def test_many_who_ask_are_one_notification(desktop, us, make_peer):
    peers = [await make_peer() for _ in range(3)]
    for number, peer in enumerate(peers, 1):
        peer.write(f"<presence to='{us.jid}' type='subscribe'/>")
        await desktop.until(lambda number=number: len(desktop.told) == number)
    ((_, note),) = desktop.shown.items()
    assert note.summary == "3 people ask to see when you are online"
    assert (note.body, note.actions) == (f"the last of them is {peers[2].jid}", [])
    for peer in peers[:2]:
        await us.call(RO, "Deny", "s", peer.jid)
    await desktop.until(lambda: [each.actions for each in desktop.shown.values()] != [[]])
    ((_, note),) = desktop.shown.items()
    assert note.summary == f"{peers[2].jid} asks to see when you are online"
    await us.call(RO, "Deny", "s", peers[2].jid)
    await desktop.until(lambda: not desktop.shown)


async def test_what_is_asked_is_not_shown_where_a_frontend_tells_it(desktop, us, make_peer):
    asking, peer = await make_peer(), await make_peer()
    asking.write(f"<presence to='{us.jid}' type='subscribe'/>")
    await desktop.until(lambda: desktop.shown)
    await looks_at(us, peer.jid)
    await desktop.until(lambda: not desktop.shown)
    peer.write(f"<presence to='{us.jid}' type='subscribe'/>")
    await us.until(lambda: len(us.of("RequestsChanged")) == 2)
    await said(us, asking, "hello")
    await desktop.until(lambda: len(desktop.told) == 2)
    assert [note.summary for note in desktop.shown.values()] == [asking.jid]


async def test_of_many_conversations_the_newest_are_shown(desktop, us, make_peer):
    peers = [await make_peer() for _ in range(22)]
    for peer in peers:
        await said(us, peer, "me too")
    await desktop.until(lambda: len(desktop.told) == len(peers) and len(desktop.shown) == 20)
    assert {note.summary for note in desktop.shown.values()} == {peer.jid for peer in peers[2:]}


def test_what_a_message_says_can_be_left_out():
    message = records.Message(id=1, sender="room@example.org/ann", body="the password is")
    room = records.Conversation(peer="room@example.org", kind="room", unread=1)
    note = model.note("/a", room, message, shows_text=False)
    assert (note.summary, note.body) == ("room@example.org", "ann: a new message")


def test_what_is_covered_as_a_spoiler_is_not_shown():
    message = records.Message(id=1, body="the butler did it", more={"spoiler": True})
    conversation = records.Conversation(peer="ann@example.org", kind="chat", unread=1)
    assert model.note("/a", conversation, message, shows_text=True).body == "(spoiler)"


def test_a_long_message_is_shown_by_its_beginning():
    message = records.Message(id=1, body="line\n" * 10_000)
    conversation = records.Conversation(peer="ann@example.org", kind="chat", unread=1)
    note = model.note("/a", conversation, message, shows_text=True)
    assert note.body == "line\n" * 4 + "line…"
