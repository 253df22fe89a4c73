"""`jp room`: rooms that are closed, moderated or gone, from both sides of them."""

import asyncio

import pytest

from tests.lab.patience import PATIENCE_S
from tests.stories.test_jp_room import invitation, known

pytestmark = pytest.mark.components


@pytest.fixture
async def both(server, user):
    """Alice and bob, both users here."""
    for each in ("alice", "bob"):
        await user(server, each)


@pytest.fixture
async def room(server, jp, both):
    """A room of alice's that anybody may enter."""
    await jp.ok("room", "join", "garden", "--nick", "ally", "--public")
    return f"garden@conference.{server.domain}"


async def until(jp, who, words, is_so):
    """Return what `jp` prints for somebody once it is so."""
    said = ""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not is_so(said := (await jp.ok("-p", who, *words)).output):
                await jp("-p", who, "watch", "--count", "1", "--limit", "200ms")
    except TimeoutError:
        raise AssertionError(f"{words} still prints {said!r}") from None


async def told(jp, who, room, *texts):
    """Return once the conversation of somebody with a room tells all of this."""
    words = ("message", "list", room, "--fields", "body")
    await until(jp, who, words, lambda said: all(each in said for each in texts))


def role_of(nick, room):
    """Return the words by which the role is printed that a nick has in a room."""
    return ("room", "occupants", room, "--prefix", nick, "--fields", "role")


async def protect(jp, room):
    """Have a room take a password: beans."""
    shown = (await jp.ok("room", "configure", room)).output
    protected = ("--set", "muc#roomconfig_passwordprotectedroom=yes")
    await jp.ok(
        *("room", "configure", room, *protected * ("protectedroom" in shown)),
        *("--set", "muc#roomconfig_roomsecret="),
        given="beans\n",
    )


@pytest.mark.every_server
async def test_who_may_only_read_asks_to_speak_and_is_let(jp, room):
    await jp.ok("room", "configure", room, "--set", "muc#roomconfig_moderatedroom=yes")
    await jp.ok("-p", "bob", "room", "join", room, "--nick", "bobby")
    await jp.ok("room", "role", room, "bobby", "visitor")
    unheard = await jp("-p", "bob", "message", "send", room, "may I?", "--wait=20s")
    assert (unheard.code, "no voice" in unheard.errors) == (1, True), unheard
    await jp.ok("-p", "bob", "room", "voice", room)
    await told(jp, "alice", room, "bobby asks to speak")
    await jp.ok("room", "role", room, "bobby", "participant")
    await jp.ok("-p", "bob", "message", "send", room, "thank you", "--wait=20s")
    await told(jp, "alice", room, "thank you")
    assert (await jp("-p", "bob", "room", "voice", "nowhere")).code == 1


@pytest.mark.every_server
async def test_who_is_in_a_room_is_told_also_where_nobody_has_looked_for_long(jp, room):
    listed = ("room", "occupants", room, "--fields", "nick,role")
    assert (await jp.ok(*listed)).output == "ally\tmoderator\n"
    await jp.ok("-p", "bob", "room", "join", room, "--nick", "bobby")
    assert "bobby\tparticipant\n" in (await jp.ok(*listed)).output
    await jp.ok("room", "role", room, "bobby", "moderator")
    assert "bobby\tmoderator\n" in (await jp.ok("-p", "bob", *listed)).output
    await jp.ok("-p", "bob", "room", "leave", room)
    assert (await jp.ok(*listed)).output == "ally\tmoderator\n"


@pytest.mark.every_server
async def test_who_declines_an_invitation_says_why_and_stays_out(jp, server, room):
    await jp.ok("room", "invite", room, server.jid("bob"), "--method", "mediated")
    id = await invitation(jp)
    await jp.ok("-p", "bob", "room", "decline", id, "--reason", "my own garden calls")
    assert (await jp.ok("-p", "bob", "room", "invitations")).output == ""
    await told(jp, "alice", room, f"{server.jid('bob')} declines", "my own garden calls")
    assert (await jp("-p", "bob", "room", "decline", id)).code == 1
    listed = (await jp.ok("room", "occupants", room, "--fields", "nick")).output
    assert listed == "ally\n"


@pytest.mark.every_server
async def test_a_room_with_a_password_is_entered_by_who_knows_it(jp, room):
    await protect(jp, room)
    join = ("-p", "bob", "room", "join", room, "--nick", "bobby")
    without = await jp(*join)
    assert (without.code, "password" in without.errors) == (1, True), without
    wrong = await jp(*join, "--password", given="peas\n")
    assert (wrong.code, "peas" in wrong.errors) == (1, False), wrong
    await jp.ok(*join, "--password", "--bookmark", given="beans\n")
    assert (await jp.ok("-p", "bob", *role_of("bobby", room))).output == "participant\n"
    assert (await jp.ok("-p", "bob", *role_of("nobody", room))).output == ""
    # It is kept: who comes back is not asked for it.
    await jp.ok("-p", "bob", "profile", "disconnect")
    await jp.ok("-p", "bob", "profile", "connect")
    await until(jp, "bob", ("room", "list", "--fields", "state"), "in\n".__eq__)
    found = (await jp.ok("-p", "bob", "room", "list", "--json")).record
    assert (found["room"], found["nick"], found["autojoin"]) == (room, "bobby", True)


@pytest.mark.every_server
async def test_a_bookmark_brings_the_password_of_its_room(jp, room):
    await protect(jp, room)
    kept = ("-p", "bob", "room", "bookmark", room, "--name", "Beans", "--pinned", "yes")
    await jp.ok(*kept, "--password", given="beans\n")
    found = (await jp.ok("-p", "bob", "room", "list", "--json")).record
    assert (found["name"], found.get("state")) == ("Beans", "out"), found
    await jp.ok("-p", "bob", "room", "join", "Beans", "--nick", "bobby")
    assert (await jp.ok("-p", "bob", *role_of("bobby", room))).output == "participant\n"


# ejabberd tells of it once somebody looks, or says something there (XEP-0352).
async def test_a_room_that_is_destroyed_says_why_and_where_it_goes_on(jp, server, room):
    await jp.ok("-p", "bob", "room", "join", room, "--nick", "bobby")
    other = f"meadow@conference.{server.domain}"
    words = ("--reason", "too many weeds", "--alternate", "meadow", "--yes")
    await jp.ok("room", "destroy", room, *words)
    found = await known(jp, room) or {}
    assert found.get("state") != "in"
    listed = ("room", "list", "--fields", "error")
    await until(jp, "bob", listed, lambda said: all(each in said for each in ("many weeds", other)))
    shown = await jp.in_terminal("-p", "bob", "room", "list", columns=200)
    await shown.wait_for("out .*was")
    assert await shown.wait_exit() == 0
    await shown.close()
