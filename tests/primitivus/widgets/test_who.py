"""How it stands with whom one talks, by the kind of the conversation."""

from dataclasses import replace

import pytest

from backendd.api.records import Contact, Conversation, Resource, Room
from primitivus.model.accounts.link import Attachment
from primitivus.model.accounts.profile import Profile
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.state import State
from primitivus.model.wording.times import clock, short_moment
from primitivus.themes.symbols import UTF8
from primitivus.widgets import who
from primitivus.widgets.scene import Scene
from primitivus.widgets.who import Standing


@pytest.fixture
def scene():
    state = State(lambda: 0)
    state.set_backend(Attachment.ATTACHED)
    state.set_profile(Profile(name="alice", state="online"))
    account = state.accounts["alice"]
    account.is_open = True
    contacts = [Contact(jid=jid, show="away", status="out") for jid in ("bob@b", "garden@rooms")]
    account.roster.reset(contacts, [])
    kinds = {"bob@b": "chat", "garden@rooms": "room"}
    account.conversations.reset(
        Conversation(peer=peer, kind=kind, revision=1) for peer, kind in kinds.items()
    )
    return Scene(state, UTF8, lambda jid: "message.nick")


def place(scene, peer):
    return scene.state.accounts["alice"].place(peer)


def test_of_a_contact_presence_and_status_are_told(scene):
    bob = place(scene, "bob@b")
    assert who.standing(scene, bob) == Standing("away", "out", "away")
    assert who.sign(scene, bob) == ("presence.away", UTF8.away)


def test_somebody_is_idle_since_the_last_of_their_clients_is_and_only_then(scene, monkeypatch):
    bob, day = place(scene, "bob@b"), 86_400_000_000
    monkeypatch.setattr(who, "now_us", lambda: 10 * day)

    def stands(*idle):
        clients = [Resource(resource=str(n), idle_since=since) for n, since in enumerate(idle)]
        contact = Contact(jid="bob@b", show="away", resources=clients)
        scene.state.accounts["alice"].roster.reset([contact], [])
        return who.standing(scene, bob).word

    assert stands(9 * day, 8 * day) == f"away (idle since {short_moment(9 * day, 10 * day)})"
    assert stands(9 * day + 1, 8 * day) == f"away (idle since {clock(9 * day)})"
    assert stands(9 * day, 0) == "away"


def test_a_room_is_no_contact_though_the_roster_has_its_address(scene):
    garden = place(scene, "garden@rooms")
    assert who.standing(scene, garden) == Standing(symbol="room_left")
    assert who.sign(scene, garden) == ("presence.offline", UTF8.room_left)


def test_a_feature_tells_how_it_stands_in_conversations_of_its_kind(scene, monkeypatch):
    def room(account, peer):
        return Standing("2 here", "about gardens", "online")

    monkeypatch.setattr(who, "KINDS", {**who.KINDS, "room": room})
    garden = place(scene, "garden@rooms")
    assert who.standing(scene, garden).word == "2 here"
    assert who.sign(scene, garden) == ("presence.online", UTF8.online)


def test_a_room_tells_how_many_are_there_its_topic_and_with_its_sign_how_near_it_is(scene):
    garden, rooms = place(scene, "garden@rooms"), scene.state.accounts["alice"].of(Rooms)
    rooms.reset([Room(room="garden@rooms", state="in", occupants=2, subject="beans")])
    assert who.standing(scene, garden)[:2] == ("2 here", "beans")
    assert who.sign(scene, garden) == ("presence.online", "#")
    scene.state.use_settings(replace(scene.settings, topic="hidden"))
    assert who.standing(scene, garden).said == ""
    rooms.reset([Room(room="garden@rooms", state="waiting", revision=2)])
    assert who.standing(scene, garden).word == "waiting"
    assert who.sign(scene, garden) == ("presence.xa", UTF8.room_waiting)
    rooms.reset([])
    assert who.standing(scene, garden).word == "not joined"


def test_who_is_offline_knows_of_nobody(scene):
    scene.state.set_profile(Profile(name="alice", state="offline"))
    assert who.standing(scene, place(scene, "bob@b")) == Standing()
