"""Small rules of the model: conversations, roster, chats, banners, fuzzy names."""

import pytest

from backendd.api.records import Contact, Conversation, Message, Request
from primitivus.model.area import Area
from primitivus.model.banner import banner
from primitivus.model.conversations import Conversations
from primitivus.model.fuzzy import rank, score
from primitivus.model.link import Attachment, Backend
from primitivus.model.profile import Profile, update
from primitivus.model.roster import Roster
from primitivus.model.state import State


def conversation(peer, time=0, **more):
    return Conversation(peer=peer, last=Message(time=time), **more)


def test_conversations_are_listed_pinned_first_then_the_most_recent():
    known = Conversations()
    known.merge([conversation("a", 1), conversation("b", 3), conversation("c", 2, pinned=True)])
    assert known.peers() == ["c", "b", "a"]


def test_the_higher_revision_of_a_conversation_wins_over_a_snapshot():
    known = Conversations()
    known.merge([conversation("a", revision=5, draft="new")])
    known.reset([conversation("a", revision=4, draft="old"), conversation("b")])
    assert known.get("a").draft == "new"
    known.reset([conversation("b")])
    assert "a" not in known


def test_the_next_unread_goes_round_and_mentions_come_first():
    known = Conversations()
    known.merge(
        [
            conversation("a", 4, unread=1),
            conversation("b", 3, unread=1),
            conversation("c", 2, unread=1, mentions=1),
            conversation("d", 1),
        ]
    )
    assert known.next_unread("a") == "c"
    known.merge([conversation("c", 2)])
    assert known.next_unread("a") == "b"
    assert known.next_unread("b") == "a"


def test_muted_conversations_are_not_counted():
    known = Conversations()
    known.merge([conversation("a", unread=2), conversation("b", unread=3, notify="none")])
    assert known.unread() == 2


def test_contacts_are_called_as_the_roster_says():
    roster = Roster()
    roster.merge([Contact(jid="a@b", name="Anna"), Contact(jid="c@d")])
    assert [roster.name(jid) for jid in ("a@b", "c@d", "example.org")] == [
        "Anna",
        "c",
        "example.org",
    ]


def test_only_requests_that_are_new_are_told():
    roster = Roster()
    assert roster.merge_requests([Request(jid="a@b")], [])
    assert not roster.merge_requests([Request(jid="a@b")], [])
    roster.merge_requests([], ["a@b"])
    assert not roster.requests


@pytest.mark.parametrize(
    ("backend", "profile", "expected"),
    [
        (Backend(Attachment.LOST), Profile(), "The backend is gone since"),
        (Backend(Attachment.ATTACHED), Profile(name="a", state="locked"), ":unlock"),
        (Backend(Attachment.ATTACHED), Profile(name="a", state="offline"), ":connect"),
        (
            Backend(Attachment.ATTACHED),
            Profile(name="a", state="waiting", last_error=("X", "no such host.")),
            "Not connected: no such host; next attempt soon",
        ),
        (Backend(Attachment.ATTACHED), Profile(name="a", state="online", syncing=True), "archive"),
    ],
)
def test_a_banner_says_what_is_wrong_and_what_to_do(backend, profile, expected):
    assert expected in banner(backend, profile).text


def test_there_is_no_banner_where_all_is_well():
    assert banner(Backend(Attachment.ATTACHED), Profile(name="a", state="online")) is None


def test_properties_of_later_versions_are_left_alone():
    profile = update(Profile(), {"State": "online", "Colour": "green", "LastError": ["A", "b"]})
    assert (profile.state, profile.last_error) == ("online", ("A", "b"))


def test_letters_at_the_start_of_words_fit_best():
    names = [("1", "embassy"), ("2", "mia wallace"), ("3", "maria")]
    assert rank("ma", names)[0] == "3"
    assert rank("mw", names) == ["2"]
    assert score("xyz", "mia") is None
    assert rank("", names) == ["1", "2", "3"]


def test_watchers_hear_what_changed_until_they_stop():
    state = State(lambda: 5)
    heard = []
    undo = state.changes.watch(heard.append)
    state.complain("no")
    state.show(mode="insert")
    state.show(mode="insert")
    undo()
    state.hush()
    assert heard == [Area.NOTICES, Area.VIEW]
