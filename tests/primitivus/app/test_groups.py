"""Groups of contacts: headings that fold, and moving who is in them."""

import pytest

from tests.primitivus.fake import BOB, MIA

JULIET = "juliet@example.org"


@pytest.fixture
async def contacts(pilot, account):
    """The contacts, of whom some are in groups."""
    account.know(JULIET, name="Juliet", groups=["Verona", "friends"])
    account.know(MIA, groups=["friends"])
    await pilot.press("Esc", "F2")
    await pilot.see("friends 1/2")
    return pilot


def listed(pilot):
    entries = pilot.state.layout.contacts.entries()
    return [(each.group, each.peer) for each in entries]


async def test_contacts_stand_under_the_groups_that_they_are_in(contacts):
    assert listed(contacts) == [
        ("", BOB),
        ("friends", ""),
        ("friends", MIA),
        ("friends", JULIET),
        ("Verona", ""),
        ("Verona", JULIET),
    ]
    await contacts.command("groups off")
    assert listed(contacts) == [("", BOB), ("", MIA), ("", JULIET)]
    assert "friends" in contacts.screen
    await contacts.command("groups on")
    await contacts.see("Verona 0/1")


@pytest.mark.parametrize("key", ["f", "Enter"])
async def test_a_group_folds_and_unfolds_by_key(contacts, key):
    await contacts.press("Home", "j")
    await contacts.press(key)
    assert listed(contacts) == [("", BOB), ("friends", ""), ("Verona", ""), ("Verona", JULIET)]
    assert contacts.state.layout.contacts.marked.group == "friends"
    await contacts.see("friends 1/2")
    await contacts.press(key)
    assert ("friends", MIA) in listed(contacts)


async def test_a_contact_in_a_group_is_talked_with(contacts):
    await contacts.press("End", "Enter")
    await contacts.until(lambda: contacts.state.layout.place.peer == JULIET)


async def test_a_group_is_renamed_for_all_who_are_in_it(contacts, account):
    await contacts.press("Home", "j", "r")
    await contacts.type("Old friends\n")
    await contacts.see("friends is now called Old friends")
    assert account.contacts[JULIET].groups == ["Old friends", "Verona"]
    assert account.contacts[JULIET].name == "Juliet"
    assert account.contacts[MIA].groups == ["Old friends"]
    assert contacts.state.layout.contacts.marked.group == "Old friends"
    await contacts.command("rename ''")
    await contacts.see("Old friends is no longer a group")
    assert account.contacts[MIA].groups == []


async def test_a_contact_is_moved_to_another_group_by_key(contacts, account):
    await contacts.press("End", "m")
    await contacts.type("exes\n")
    await contacts.see("exes 0/1")
    assert account.contacts[JULIET].groups == ["exes"]
    marked = contacts.state.layout.contacts.marked
    assert (marked.group, marked.peer) == ("exes", JULIET)


async def test_each_client_of_a_contact_in_a_group_shows_by_key(contacts, account):
    from backendd.api.records import Resource

    account.know(MIA, resources=[Resource(resource="phone", show="away", priority=3)])
    await contacts.press("M-r")
    await contacts.see("phone away 3")
