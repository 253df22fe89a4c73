"""Small rules of the model: conversations, roster, chats, banners, fuzzy names."""

import pytest

from backendd.api.records import Contact, Conversation, Message, Request
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.link import Attachment, Backend
from primitivus.model.accounts.profile import Profile, update
from primitivus.model.area import Area
from primitivus.model.attention import unread
from primitivus.model.messages.conversations import Conversations
from primitivus.model.state import State
from primitivus.model.telling.banner import banner


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


def test_what_is_told_while_a_snapshot_is_on_its_way_wins_over_it():
    known = Conversations()
    known.merge([conversation("old"), conversation("closed")])
    known.expect()
    known.merge([conversation("new")])
    known.remove(["closed"])
    known.reset([conversation("old"), conversation("closed")])
    assert set(known.peers()) == {"old", "new"}
    known.reset([conversation("old")])
    assert known.peers() == ["old"]


def test_people_who_come_and_go_while_they_are_being_listed_are_not_forgotten():
    roster = Account().roster
    roster.expect()
    roster.merge([Contact(jid="new@b")])
    roster.merge_requests([Request(jid="asks@b")], ["answered@b"])
    roster.remove(["gone@b"])
    roster.reset([Contact(jid="gone@b")], [Request(jid="answered@b")])
    assert roster.jids() == ["new@b"]
    assert list(roster.requests) == ["asks@b"]


def opened(profile):
    """Return the account of a profile whose owner is here."""
    account = Account()
    account.profile, account.is_open = profile, True
    return account


@pytest.fixture
def state():
    """Two accounts."""
    state = State(lambda: 5)
    for name in ("home", "work"):
        state.set_profile(Profile(name=name, jid=f"{name}@example.org"))
        state.accounts[name].is_open = True
    return state


def test_the_next_unread_goes_round_all_accounts_and_mentions_come_first(state):
    home, work = state.accounts["home"], state.accounts["work"]
    home.conversations.merge([conversation("a", 4, unread=1), conversation("d", 3)])
    work.conversations.merge(
        [conversation("a", 4, unread=1), conversation("c", 2, unread=1, more={"mentions": 1})]
    )
    assert state.accounts.next_unread(home.place("a")) == work.place("c")
    work.conversations.merge([conversation("c", 2, unread=1, more={"mentions": 1}, notify="none")])
    assert state.accounts.next_unread(home.place("a")) == work.place("a")
    work.conversations.merge([conversation("c", 2)])
    assert state.accounts.next_unread(home.place("a")) == work.place("a")
    assert state.accounts.next_unread(work.place("a")) == home.place("a")


def test_what_is_counted_is_gone_to_before_what_isnt_and_what_is_muted_never(state):
    home = state.accounts["home"]
    home.conversations.merge(
        [
            conversation("muted", 4, unread=1, notify="none"),
            conversation("room", 3, unread=1, notify="mentions"),
            conversation("friend", 2, unread=1),
        ]
    )
    assert state.accounts.next_unread(home.place("")) == home.place("friend")
    home.conversations.merge([conversation("friend", 2)])
    assert state.accounts.next_unread(home.place("")) == home.place("room")
    assert home.conversations.waiting().conversations == 1
    home.conversations.merge([conversation("room", 3)])
    assert not state.accounts.next_unread(home.place("")).peer
    assert state.accounts.has_muted_unread()


def test_of_a_conversation_only_what_one_wants_to_notice_counts(state):
    state.accounts["home"].conversations.merge(
        [
            conversation("a", unread=4, notify="all"),
            conversation("b", unread=3, more={"mentions": 1}, notify="mentions"),
            conversation("c", unread=2, more={"mentions": 2}, notify="none"),
        ]
    )
    assert unread(state) == 5


def test_what_is_unread_of_all_accounts_is_counted_but_for_what_is_being_seen(state):
    home, work = state.accounts["home"], state.accounts["work"]
    for account in (home, work):
        account.conversations.merge([conversation("a", unread=2)])
    assert unread(state) == 4
    state.showing.open(work.place("a"))
    assert unread(state) == 4
    state.show(is_terminal_focused=True)
    assert unread(state) == 2


def test_the_conversation_below_the_last_of_an_account_is_the_first_of_the_next(state):
    home, work = state.accounts["home"], state.accounts["work"]
    home.conversations.merge([conversation("a")])
    work.conversations.merge([conversation("a")])
    assert state.accounts.beside(home.place("a"), 1) == work.place("a")
    assert state.accounts.beside(work.place("a"), 1) == home.place("a")
    work.conversations.remove(["a"])
    assert state.accounts.beside(work.place("a"), -1) == home.place("a")


def test_muted_conversations_are_not_counted():
    known = Conversations()
    known.merge([conversation("a", unread=2), conversation("b", unread=3, notify="none")])
    assert known.waiting().unread == 2
    known.merge([conversation("b", unread=3, notify="all")])
    assert (known.waiting().unread, known.waiting(but=["a", "c"]).unread) == (5, 3)
    known.remove(["b"])
    assert known.waiting().unread == 2


def test_contacts_are_called_as_the_roster_says():
    roster = Account().roster
    roster.merge([Contact(jid="a@b", name="Anna"), Contact(jid="c@d")])
    assert [roster.name(jid) for jid in ("a@b", "c@d", "example.org")] == [
        "Anna",
        "c",
        "example.org",
    ]


def test_only_requests_that_are_new_are_told():
    roster = Account().roster
    assert roster.merge_requests([Request(jid="a@b")], [])
    assert not roster.merge_requests([Request(jid="a@b")], [])
    roster.merge_requests([], ["a@b"])
    assert not roster.requests


@pytest.mark.parametrize(
    ("backend", "profile", "expected"),
    [
        (Backend(Attachment.LOST), Profile(), "No backend since"),
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
    assert expected in banner(backend, opened(profile)).text


def test_there_is_no_banner_where_all_is_well():
    account = opened(Profile(name="a", state="online"))
    assert banner(Backend(Attachment.ATTACHED), account) is None


def test_properties_of_later_versions_are_left_alone():
    profile = update(Profile(), {"State": "online", "Colour": "green", "LastError": ["A", "b"]})
    assert (profile.state, profile.last_error) == ("online", ("A", "b"))


def test_watchers_hear_what_changed_until_they_stop():
    state = State(lambda: 5)
    heard = []
    undo = state.changes.watch(heard.append)
    state.complain("no")
    state.show(mode="insert")
    state.show(mode="insert")
    undo()
    state.notices.clear()
    assert heard == [Area.NOTICES, Area.VIEW]


def test_what_was_shown_before_an_account_was_entered_is_gone_back_to(state):
    home, work = state.accounts["home"], state.accounts["work"]
    state.showing.open(home.place("a"))
    state.showing.enter(work)
    assert state.layout.place == work.place("")
    assert state.layout.trail.back().pane.place == home.place("a")


def test_when_a_conversation_goes_the_nearest_of_its_account_is_shown_and_never_another(state):
    home, work = state.accounts["home"], state.accounts["work"]
    home.conversations.merge([conversation("a")])
    work.conversations.merge([conversation("b"), conversation("c")])
    state.showing.open(work.place("c"))
    state.showing.drop(work, ["c"])
    assert state.layout.place == work.place("b")
    state.showing.drop(work, ["b"])
    assert state.layout.place == work.place("")
