"""A message on its way in: its direction, its time, and the ids that may be believed."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.core import inbound, jid
from backendd.core.authors import Occupancy
from backendd.core.inbound import Arrival, Context
from backendd.core.rooms import Rooms

OWN = jid.parse("me@x/here")
ROOMS = Rooms(
    joined={"cave@rooms.x": Occupancy("me")},
    known=frozenset({"left@rooms.x", "gone@rooms.x/bob"}),
)


def stanza(text):
    return fromstring(f"<message xmlns='jabber:client' {text}")


def resolved(text, way="live", **context):
    return inbound.resolve(Context(OWN, 0, **context), Arrival(stanza(text), way, 0))


@pytest.mark.parametrize(
    ("attributes", "direction", "peer"),
    [
        ("from='a@x/1' to='me@x'", "in", "a@x"),
        ("from='me@x/other' to='A@x/1'", "out", "a@x"),
        ("to='me@x/here'", "out", "me@x"),
        ("from='x'", "in", "x"),
    ],
)
def test_whose_message_it_is(attributes, direction, peer):
    envelope = resolved(f"{attributes}/>")
    assert (envelope.direction, envelope.peer) == (direction, peer)


@pytest.mark.parametrize(
    ("attributes", "kind", "direction", "peer", "author"),
    [
        ("from='a@x/1' to='me@x' type='chat'", "chat", "in", "a@x", "a@x"),
        ("from='x' to='me@x'", "system", "in", "x", "x"),
        ("from='cave@rooms.x/ann' type='groupchat'", "room", "in", "cave@rooms.x",
         "cave@rooms.x/ann"),
        ("from='cave@rooms.x/me' type='groupchat'", "room", "out", "cave@rooms.x",
         "cave@rooms.x/me"),
        ("from='cave@rooms.x' type='groupchat'", "room", "in", "cave@rooms.x", "cave@rooms.x"),
        ("from='cave@rooms.x/ann' type='chat'", "private", "in", "cave@rooms.x/ann",
         "cave@rooms.x/ann"),
        ("from='me@x/2' to='cave@rooms.x/ann' type='chat'", "private", "out",
         "cave@rooms.x/ann", "me@x"),
        ("from='cave@rooms.x/ann' type='error'", "private", "in", "cave@rooms.x/ann",
         "cave@rooms.x/ann"),
        ("from='cave@rooms.x' type='normal'", "room", "in", "cave@rooms.x", "cave@rooms.x"),
        # of a room that was left, or one of whose occupants is known, occupants may still write
        ("from='left@rooms.x/ann' type='chat'", "private", "in", "left@rooms.x/ann",
         "left@rooms.x/ann"),
        ("from='left@rooms.x' type='normal'", "room", "in", "left@rooms.x", "left@rooms.x"),
        ("from='gone@rooms.x/bob' type='error'", "private", "in", "gone@rooms.x/bob",
         "gone@rooms.x/bob"),
        ("from='gone@rooms.x/ann' type='chat'", "chat", "in", "gone@rooms.x", "gone@rooms.x"),
        # of a room that isn't joined nobody knows who is who in it
        ("from='other@rooms.x/me' type='groupchat'", "room", "in", "other@rooms.x",
         "other@rooms.x/me"),
    ],
)  # fmt: skip
def test_what_a_message_is_to_us(attributes, kind, direction, peer, author):
    envelope = resolved(f"{attributes}/>", rooms=ROOMS)
    assert (envelope.kind, envelope.direction, envelope.peer) == (kind, direction, peer)
    assert envelope.author.address == author


@pytest.mark.parametrize("is_ours", [True, False])
def test_what_is_marked_as_said_to_one_occupant_alone_is_private_in_any_room(is_ours):
    mark = "<x xmlns='http://jabber.org/protocol/muc#user'/>"
    ends = "from='me@x/2' to='other@rooms.x/ann'" if is_ours else "from='other@rooms.x/ann'"
    envelope = resolved(f"{ends} type='chat'>{mark}</message>")
    assert (envelope.kind, envelope.peer) == ("private", "other@rooms.x/ann")
    # an invitation is no such mark
    filled = mark.replace("/>", "><invite/></x>")
    assert resolved(f"{ends} type='chat'>{filled}</message>").kind == "chat"


def test_only_ids_of_an_archive_that_is_trusted_count_and_a_room_has_its_own():
    mine, theirs = IDS.format("me@x", "1"), IDS.format("cave@rooms.x", "2")
    chat = f"from='a@x/1'>{mine}{theirs}</message>"
    room = f"from='cave@rooms.x/ann' type='groupchat'>{mine}{theirs}</message>"
    assert resolved(chat).archive_ids == ()
    both = {"archives": frozenset({"me@x", "cave@rooms.x"}), "rooms": ROOMS}
    assert resolved(chat, **both).archive_ids == (("me@x", "1"),)
    envelope = resolved(room, **both)
    assert (envelope.archive, envelope.archive_ids) == ("cave@rooms.x", (("cave@rooms.x", "2"),))


IDS = "<stanza-id xmlns='urn:xmpp:sid:0' by='{}' id='{}'/>"


def test_only_the_one_id_of_the_archive_counts():
    mine, other = IDS.format("me@x", "1"), IDS.format("evil@x", "2")
    assert inbound.stanza_ids(stanza(f">{other}{mine}</message>"), "me@x") == (("me@x", "1"),)
    twice = stanza(f">{mine}{IDS.format('me@x', '3')}</message>")
    assert inbound.stanza_ids(twice, "me@x") == ()
    assert inbound.stanza_ids(stanza(f">{IDS.format('me@x', '')}</message>"), "me@x") == ()


NOW = 9_000_000


NOW = 9_000_000


@pytest.mark.parametrize(
    ("stamp", "by", "came", "claimed"),
    [
        # what our own server held up came when it says
        ("1970-01-01T00:00:05Z", "x", 5_000_000, 0),
        ("1970-01-01T00:00:05Z", "me@x", 5_000_000, 0),
        ("1900-01-01T00:00:00Z", "x", 0, 0),
        # what others held up may have been written then, but it came now
        ("1970-01-01T00:00:05Z", "", NOW, 5_000_000),
        ("1970-01-01T00:00:05Z", "a@y", NOW, 5_000_000),
        # nothing comes from the future
        ("2100-01-01T00:00:00Z", "x", NOW, 0),
        ("2100-01-01T00:00:00Z", "", NOW, 0),
        ("1900-01-01T00:00:00Z", "", NOW, 0),
        ("x", "x", NOW, 0),
    ],
)
def test_when_a_message_came_is_told_by_our_server_alone(stamp, by, came, claimed):
    late = stanza(f"><delay xmlns='urn:xmpp:delay' from='{by}' stamp='{stamp}'/></message>")
    assert inbound.held_up_since(late, OWN, NOW) == came
    assert inbound.claimed_time(late, OWN, came) == claimed


OLD = "<x xmlns='jabber:x:delay' from='x' stamp='19700101T00:00:05'/>"
NEW = "<delay xmlns='urn:xmpp:delay' from='x' stamp='{}'/>"


@pytest.mark.parametrize(
    ("notes", "came"),
    [
        (OLD, 5_000_000),
        (OLD + NEW.format("1970-01-01T00:00:06Z"), 6_000_000),
        (OLD + NEW.format("never"), 5_000_000),
        (NEW.format("1970-01-01T00:00:07Z") + NEW.format("1970-01-01T00:00:06Z"), 6_000_000),
        ("<x xmlns='jabber:x:delay' from='x'/>", NOW),
    ],
)
def test_the_old_form_of_a_delay_counts_where_there_is_no_other(notes, came):
    assert inbound.held_up_since(stanza(f">{notes}</message>"), OWN, NOW) == came
