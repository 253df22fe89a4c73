"""`jp room`: rooms from a shell."""

import pytest

pytestmark = pytest.mark.components


@pytest.fixture
async def room(server, user, jp):
    """A room of the user, alice."""
    await user(server, "alice")
    address = f"garden@conference.{server.domain}"
    await jp.ok("room", "join", "garden", "--nick", "ally", "--bookmark")
    return address


async def known(jp, room):
    found = (await jp.ok("room", "list", "--json")).records
    return next((each for each in found if each["room"] == room), None)


@pytest.mark.every_server
async def test_a_room_is_entered_named_written_to_and_left(jp, room):
    found = await known(jp, room)
    assert (found["nick"], found["state"], found["autojoin"]) == ("ally", "in", True)
    await jp.ok("room", "topic", "garden", "what grows")
    assert (await jp.ok("room", "topic", room)).output == "what grows\n"
    people = (await jp.ok("room", "occupants", room, "--json")).records
    assert [(each["nick"], each["role"]) for each in people] == [("ally", "moderator")]
    await jp.ok("room", "bookmark", room, "--name", "The Garden", "--autojoin", "no")
    sent = await jp.ok("message", "send", room, "watered", "--wait=20s", "--json")
    assert sent.record["id"]
    for name in ("the garden", "garden"):
        again = await jp.ok("message", "list", name, "--json")
        assert [each["id"] for each in again.records] == [sent.record["id"]]
    await jp.ok("room", "unbookmark", "the garden")
    await jp.ok("room", "leave", room)
    assert await known(jp, room) is None
    assert (await jp("room", "leave", room)).code == 1


@pytest.mark.every_server
async def test_another_nick_is_taken(jp, room):
    await jp.ok("room", "nick", room, "gardener")
    people = (await jp.ok("room", "occupants", room, "--json")).records
    assert [(each["nick"], each["role"]) for each in people] == [("gardener", "moderator")]


# The rooms of Debian's ejabberd have no way to retract what others said (XEP-0425).
async def test_somebody_is_made_a_member_moderated_and_invited(jp, room, server, user):
    await user(server, "bob")
    bob = server.jid("bob")
    await jp.ok("room", "configure", room, "--set", "muc#roomconfig_membersonly=no")
    await jp.ok("-p", "bob", "room", "join", room, "--nick", "bobby")
    await jp.ok("room", "affiliation", room, bob, "member")
    listed = (await jp.ok("room", "affiliations", room, "member", "--json")).records
    assert [each["jid"] for each in listed] == [bob]
    await jp.ok("-p", "bob", "message", "send", room, "weeds everywhere")
    heard = await jp.ok("message", "wait", room, "--after", "0", "--limit", "20s", "--json")
    assert heard.record["body"] == "weeds everywhere"
    await jp.ok("room", "moderate", room, str(heard.record["id"]), "--reason", "no weeds")
    await jp.ok("room", "role", room, "bobby", "none", "--reason", "out")
    people = (await jp.ok("room", "occupants", room, "--json")).records
    assert [each["nick"] for each in people] == ["ally"]
    await jp.ok("room", "invite", room, bob, "--reason", "come back", "--method", "mediated")
    await jp.ok("-p", "bob", "room", "accept", await invitation(jp), "--nick", "bobby")
    await jp.ok("-p", "bob", "message", "send", room, "here again")
    after = ("--after", str(heard.record["id"]), "--limit", "20s", "--fields", "body")
    assert (await jp.ok("message", "wait", room, *after)).output == "here again\n"
    await jp.ok("room", "ignore", room, "bobby")
    assert "bobby" in (await jp.ok("room", "ignored", room)).output
    await jp.ok("room", "unignore", room, "bobby")
    assert (await jp.ok("room", "ignored", room)).output == ""


async def invitation(jp):
    """Return the id of the only invitation that bob has, once it has come."""
    while not (found := (await jp.ok("-p", "bob", "room", "invitations", "--json")).records):
        await jp("-p", "bob", "watch", "Rooms", "--count", "1", "--limit", "200ms")
    return str(found[0]["id"])


@pytest.mark.every_server
async def test_what_a_room_can_be_set_to_is_shown_and_refused(jp, room):
    shown = (await jp.ok("room", "configure", room)).output
    assert "muc#roomconfig_persistentroom" in shown
    secret = "muc#roomconfig_roomsecret"
    ended = await jp("room", "configure", room, "--set", f"{secret}=beans")
    assert (ended.code, "it is asked for" in ended.errors) == (1, True)
    # ejabberd keeps no password of a room that is not protected by one.
    protected = ("--set", "muc#roomconfig_passwordprotectedroom=yes")[
        : 2 * ("protectedroom" in shown)
    ]
    await jp.ok("room", "configure", room, *protected, "--set", f"{secret}=", given="beans\n")
    assert "beans" in (await jp.ok("room", "configure", room, "--json")).output
    ended = await jp("room", "configure", room, "--set", "muc#roomconfig_persistentroom=perhaps")
    assert (ended.code, "yes or no" in ended.errors) == (1, True)
    ended = await jp("room", "destroy", room, given="y\n")
    assert (ended.code, "--yes" in ended.errors) == (1, True)
    await jp.ok("room", "destroy", room, "--yes")
    assert (await known(jp, room) or {}).get("state") != "in"


@pytest.mark.every_server
async def test_who_waits_is_told_that_a_room_was_never_entered(jp, server, user):
    await user(server, "alice")
    room = f"garden@conference.{server.domain}"
    ended = await jp("message", "send", room, "hello", "--wait=20s")
    said = f'you are not in "{room}"; join it first: `jp room join {room}`'
    assert (ended.code, said in ended.errors) == (1, True), ended


@pytest.mark.every_server
async def test_who_writes_to_a_room_that_was_never_entered_is_told_how_to(
    jp, server, user, tmp_path
):
    await user(server, "alice")
    room = f"garden@conference.{server.domain}"
    await jp.ok("call", "Rooms.Service")  # by now it is known where the server has its rooms
    (tmp_path / "a.txt").write_text("roses")
    for words in (
        ("message", "send", room, "hello"),
        ("message", "send", f"{room}/ann", "hello"),
        ("file", "send", room, str(tmp_path / "a.txt")),
    ):
        ended = await jp(*words)
        assert ended.code == 1, ended
        said = f'jp: you are not in "{room}"; join it first: `jp room join {room}`\n'
        assert ended.errors == said
    assert (await jp.ok("message", "conversations")).output == ""
    await jp.ok("room", "join", room)
    await jp.ok("message", "send", room, "hello", "--wait=20s")


@pytest.mark.every_server
async def test_whatever_is_said_where_one_is_no_more_is_refused_with_what_enters(
    jp, server, user, room
):
    mine = (await jp.ok("message", "send", room, "hello", "--wait=20s")).output.strip()
    await jp.ok("room", "leave", room)
    for words in (
        ("message", "edit", mine, "hullo"),
        ("message", "react", mine, "\N{PARTY POPPER}"),
        ("message", "retract", mine),
        ("message", "reply", mine, "and you?"),
        ("message", "attention", f"{room}/ann"),
        ("room", "topic", room, "tea"),
    ):
        ended = await jp(*words)
        assert ended.code == 1, ended
        assert ended.errors.endswith(f"join it first: `jp room join {room}`\n"), ended


@pytest.mark.every_server
async def test_a_room_that_is_not_known_is_told_of(jp, room):
    assert (await jp("room", "topic", "nowhere")).code == 1
    assert (await jp("room", "occupants", "no room at all")).code == 2
    assert (await jp("room", "accept", "nothing")).code == 1
    assert (await jp.ok("room", "invitations")).output == ""
    assert (await jp("room", "ignore", room, "nobody")).code == 1


async def test_a_list_of_what_is_said_in_a_room_shows_who_said_what_to_whom(jp, room, server, user):
    await user(server, "bob")
    await jp.ok("room", "configure", room, "--set", "muc#roomconfig_membersonly=no")
    await jp.ok("-p", "bob", "room", "join", room, "--nick", "bobby")
    await jp.ok("-p", "bob", "message", "send", room, "ally: are they up?", "--wait=20s")
    (came,) = (await jp.ok("message", "list", room, "--json")).records
    await jp.ok("message", "reply", str(came["id"]), "/me nods", "--wait=20s")
    ids = [each["id"] for each in (await jp.ok("message", "list", room, "--json")).records]
    await jp.ok("message", "react", str(came["id"]), "👍")
    async with await jp.in_terminal("message", "list", room, columns=100) as terminal:
        await terminal.wait_for("nods")
        assert await terminal.wait_exit() == 0
        rows = [each.split() for each in terminal.rows if each]
    assert rows[0] == ["ID", "TIME", "FROM", "TO", "STATE", "TEXT"]
    first, *others = rows[1:]
    assert first[0] == str(came["id"])
    assert first[3:] == ["bobby", "you", "unread", "ally:", "are", "they", "up?"]
    answer = next(each for each in others if each[0] == str(ids[1]))
    assert answer[3:] == ["ally", "sent", ">", "bobby:", "ally:", "are", "they", "up?"]
    assert ["*", "ally", "nods"] in others
    assert any(each[0] == "👍" and each[1] == "you" for each in others)
