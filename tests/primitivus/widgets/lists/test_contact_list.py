"""Which contacts are in view."""

import pytest

from backendd.api.records import Contact
from primitivus.model.accounts.link import Attachment
from primitivus.model.accounts.profile import Profile
from primitivus.model.place import Place
from primitivus.model.state import State
from primitivus.themes.symbols import symbols_for
from primitivus.widgets.lists import contact_list
from primitivus.widgets.scene import Scene


@pytest.fixture
def state():
    state = State(lambda: 0)
    contacts = [Contact(jid=f"c{n:03}@x", name=f"c{n:03}") for n in range(300)]
    contacts[5] = Contact(jid="c005@x", name="c005", status="busy")
    state.set_backend(Attachment.ATTACHED)
    state.set_profile(Profile(name="alice", state="online"))
    state.accounts["alice"].is_open = True
    state.accounts["alice"].roster.reset(contacts, [])
    return state


def shown(state, height):
    scene = Scene(state, symbols_for("utf-8", "utf-8"), lambda name: name)
    rows = contact_list.draw(scene, state.layout.contacts, 20, height)
    return ["".join(text for _, text in row).split()[-1] for row in rows[1:]]


def test_the_first_contacts_are_in_view(state):
    assert shown(state, 4) == ["c000", "c001", "c002"]


@pytest.mark.parametrize(
    ("jid", "seen"),
    [
        ("c002@x", ["c000", "c001", "c002"]),
        ("c003@x", ["c001", "c002", "c003"]),
        ("c005@x", ["c004", "c005", "busy"]),
        ("c006@x", ["c005", "busy", "c006"]),
        ("c299@x", ["c297", "c298", "c299"]),
        ("gone@x", ["c000", "c001", "c002"]),
    ],
)
def test_the_selected_contact_is_wholly_in_view(state, jid, seen):
    state.layout.contacts.marked = Place("alice", jid)
    assert shown(state, 4) == seen


def test_there_may_be_room_for_the_title_only(state):
    state.layout.contacts.marked = Place("alice", "c200@x")
    assert shown(state, 1) == []


def test_whose_contacts_are_in_view_is_told_above_them(state):
    state.set_profile(Profile(name="bob", state="online"))
    state.accounts["bob"].is_open = True
    state.accounts["bob"].roster.reset([Contact(jid=f"b{n}@x", name=f"b{n}") for n in range(9)], [])
    contacts = state.layout.contacts
    contacts.marked = Place("alice", "c005@x")
    assert shown(state, 6) == ["alice", "c003", "c004", "c005", "busy"]
    contacts.marked = Place("bob", "b0@x")
    assert shown(state, 6) == ["alice", "c298", "c299", "bob", "b0"]
    contacts.marked = Place("bob", "b3@x")
    assert shown(state, 6) == ["bob", "b0", "b1", "b2", "b3"]
    contacts.first = Place("alice", "c299@x")
    assert shown(state, 5) == ["bob", "b0", "b1", "b2"]
