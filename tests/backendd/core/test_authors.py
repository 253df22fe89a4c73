"""By what the author of a message is known again: who is whom in a room, and who can be nobody."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.core import inbound, jid
from backendd.core.authors import Held, Occupancy
from backendd.core.inbound import Arrival, Context
from backendd.core.rooms import Rooms

OWN = jid.parse("me@x/here")
ROOM = "cave@rooms.x"
PLAIN = Occupancy("me")
WITH_IDS = Occupancy("me", "ours", gives_ids=True)
NOT_YET = Occupancy("me", gives_ids=True)
NOTE = "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='{}'/>"
OLD = f"<delay xmlns='urn:xmpp:delay' from='{ROOM}' stamp='1970-01-01T00:00:05Z'/>"
ANN, US = f"from='{ROOM}/ann' type='groupchat'", f"from='{ROOM}/me' type='groupchat'"
PRIVATE = f"from='{ROOM}/ann' type='chat'"
NOW = 9_000_000


def resolved(attributes, content="", *, us=PLAIN, way="live"):
    stanza = fromstring(f"<message xmlns='jabber:client' {attributes}>{content}</message>")
    context = Context(OWN, NOW, rooms=Rooms(joined={ROOM: us} if us else {}))
    return inbound.resolve(context, Arrival(stanza, way, NOW))


@pytest.mark.parametrize(
    ("attributes", "occupant_id", "us", "way", "direction", "key"),
    [
        # people and rooms themselves are known by their address
        ("from='a@x/1'", "", PLAIN, "live", "in", "a@x"),
        ("from='me@x/2' to='a@x'", "", PLAIN, "carbon", "out", "me@x"),
        (f"from='{ROOM}' type='groupchat'", "abc", WITH_IDS, "live", "in", ROOM),
        # in a chat an id is something that the sender writes
        ("from='a@x/1'", "abc", WITH_IDS, "live", "in", "a@x"),
        # occupants by the id that a room gives, whenever
        (ANN, "abc", WITH_IDS, "live", "in", "occupant abc"),
        (ANN, "abc", WITH_IDS, "past", "in", "occupant abc"),
        (ANN, "abc", NOT_YET, "live", "in", "occupant abc"),
        (PRIVATE, "abc", WITH_IDS, "live", "in", "occupant abc"),
        # where it gives none anybody can write one, or one that is too long
        (ANN, "abc", PLAIN, "live", "in", ""),
        (ANN, "a" * 129, WITH_IDS, "live", "in", ""),
        (ANN, "abc", None, "live", "in", ""),
        # ourselves by our account: by id, whatever the nick; by nick only of what is said now
        (US, "", PLAIN, "live", "out", "me@x"),
        (US, "", PLAIN, "catch_up", "out", ""),
        (US, "ours", NOT_YET, "live", "out", "me@x"),
        (US, "ours", WITH_IDS, "past", "out", "me@x"),
        (ANN, "ours", WITH_IDS, "live", "out", "me@x"),
        (US, "theirs", WITH_IDS, "past", "in", "occupant theirs"),
        (f"from='me@x/2' to='{ROOM}/ann' type='chat'", "", PLAIN, "carbon", "out", "me@x"),
    ],
)  # fmt: skip
def test_who_wrote_a_message(attributes, occupant_id, us, way, direction, key):
    content = NOTE.format(occupant_id) if occupant_id else ""
    envelope = resolved(attributes, content, us=us, way=way)
    assert (envelope.direction, envelope.author.key) == (direction, key)


MINUTE = 60_000_000
RENAMED = Occupancy("now", held=(Held(10 * MINUTE, "first"), Held(20 * MINUTE, "now")))


@pytest.mark.parametrize(
    ("minute", "nicks"),
    [(0, ["first"]), (15, ["first"]), (19.5, ["first", "now"]), (20.5, ["first", "now"]),
     (30, ["now"])],
)  # fmt: skip
def test_what_was_said_speaks_to_us_by_the_nick_that_we_had_then(minute, nicks):
    assert list(RENAMED.nicks_at(int(minute * MINUTE))) == nicks


def test_of_a_nick_that_is_new_is_known_since_when():
    us = Occupancy("me").called("me", 5).called("me", 6).called("mole", 7)
    assert (us.nick, us.held) == ("mole", (Held(5, "me"), Held(7, "mole")))
    assert Occupancy("me").nicks_at(0) == ("me",)


@pytest.mark.parametrize(
    ("content", "way", "us", "key"),
    [
        ("", "live", PLAIN, "stay 5"),
        (OLD, "live", PLAIN, ""),
        ("", "catch_up", PLAIN, ""),
        ("", "past", PLAIN, ""),
        ("", "live", None, ""),
        (NOTE.format("abc"), "live", WITH_IDS, "occupant abc"),
    ],
)
def test_without_an_id_a_stay_tells_who_says_something_now_and_never_whose_history_it_is(
    content, way, us, key
):
    assert resolved(ANN, content, us=us, way=way).author.staying("5").key == key
