"""`jp roster` and `jp presence`: contacts from a shell."""

import pytest

from tests.lab.correspondent import Correspondent


@pytest.fixture
async def bob(server, user, meet) -> Correspondent:
    """A contact of the user, alice, who is there."""
    await user(server, "alice")
    return await meet(server, "bob")


async def contact(jp, who):
    """Return what is told of a contact, None if there is none."""
    listed = await jp.ok("roster", "list", "--json")
    return next((each for each in listed.records if each["jid"] == who), None)


async def test_a_contact_is_listed_named_grouped_and_found_by_the_name(jp, bob):
    await jp.ok("roster", "add", bob.jid, "--name", "Bob Exampl", "--group", "Work")
    await jp.ok("roster", "set", "bob exampl", "--group", "Work", "--group", "Friends")
    found = await contact(jp, bob.jid)
    assert (found["name"], set(found["groups"])) == ("Bob Exampl", {"Work", "Friends"})
    await jp.ok("roster", "set", "Bob Exampl", "--name", "Bobby")
    assert set((await contact(jp, bob.jid))["groups"]) == {"Work", "Friends"}
    assert bob.jid in (await jp.ok("roster", "list", "--group", "Work")).output
    assert (await jp.ok("roster", "list", "--group", "Nobody")).output == ""
    sent = await jp.ok("message", "send", "bobby", "by your name")
    assert sent.output.strip().isdecimal()
    await bob.wait_for("by your name")
    await jp.ok("message", "send", "bob", "by what stands before the @")
    await bob.wait_for("by what stands before the @")
    await jp.ok("roster", "remove", "Bobby")
    assert await contact(jp, bob.jid) is None


async def test_who_is_no_contact_can_not_be_changed(jp, bob, server):
    for name in ("set", "remove"):
        ended = await jp("roster", name, server.jid("nobody"))
        assert (ended.code, ended.output) == (1, "")
        assert "is no contact" in ended.errors
    ended = await jp("roster", "remove", "somebody else")
    assert ended.code == 2
    assert "no contact or room is called so" in ended.errors


async def test_who_is_blocked_is_listed_until_that_ends(jp, bob):
    await jp.ok("roster", "block", bob.jid)
    assert (await jp.ok("roster", "blocked", "--json")).records == [{"jid": bob.jid}]
    assert (await jp("message", "send", bob.jid, "can you hear me?")).code == 1
    await jp.ok("roster", "unblock", bob.jid)
    assert (await jp.ok("roster", "blocked")).output == ""


async def test_who_can_not_be_reported_is_not_blocked_either(jp, bob):
    ended = await jp("roster", "block", bob.jid, "--report", "spam")
    assert (ended.code, "report" in ended.errors) == (1, True), ended
    assert (await jp.ok("roster", "blocked")).output == ""


async def test_an_avatar_that_is_not_there_leaves_no_file(jp, bob):
    assert (await jp("roster", "avatar", bob.jid, "bob.png")).code == 1
    assert not list(jp.directory.glob("bob.png"))


async def test_the_presence_that_is_set_is_shown_and_kept(jp, bob, backend):
    await jp.ok("presence", "set", "away", "gone fishing")
    assert (await jp.ok("presence", "get", "--json")).record == {
        "State": "online", "Show": "away", "Status": "gone fishing",
    }  # fmt: skip
    await backend.stop()
    assert "gone fishing" in (await jp.ok("presence", "get")).output
    await jp.ok("presence", "set", "online")
    assert (await jp.ok("presence", "get", "--fields", "Show,Status")).output == "online\t\n"
    assert (await jp("presence", "set", "invisible")).code == 2


async def requested(jp, who):
    """Return who asks to see the presence of somebody, once anybody does."""
    while not (found := (await jp.ok("-p", who, "roster", "requests", "--json")).records):
        await jp("-p", who, "watch", "Roster", "--count", "1", "--limit", "200ms")
    return found


async def test_who_asks_to_see_presence_is_let_or_not(jp, server, user):
    await user(server, "alice")
    await user(server, "carol")
    alice, carol = server.jid("alice"), server.jid("carol")
    await jp.ok("roster", "subscribe", carol, "--text", "it is me")
    (asked,) = await requested(jp, "carol")
    assert asked["jid"] == alice
    await jp.ok("-p", "carol", "roster", "approve", alice)
    assert (await jp.ok("-p", "carol", "roster", "requests")).output == ""
    while (await contact(jp, carol))["subscription"] != "to":
        await jp("watch", "Roster", "--count", "1", "--limit", "200ms")
    await jp.ok("-p", "carol", "roster", "deny", alice)
    while (await contact(jp, carol))["subscription"] != "none":
        await jp("watch", "Roster", "--count", "1", "--limit", "200ms")
    await jp.ok("roster", "subscribe", carol)
    await requested(jp, "carol")
    await jp.ok("roster", "unsubscribe", carol)
