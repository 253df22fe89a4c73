"""Rows in which a bit has flipped: each costs itself at most."""

import json

import pytest

from backendd.api import names, wire
from backendd.core.profiles import Settings
from backendd.store import profiles

PEER = "a@x.localhost"


async def flip(home, table, column, content, where="1"):
    await home.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE {where}", content)


async def test_a_damaged_text_is_shown_with_replacement_characters_beside_the_others(make_home):
    home = await make_home()
    for body in ("one", "two", "three"):
        await home.send(PEER, body)
    await flip(home, "message", "body", b"t\xf7o", "body = 'two'")
    shown = ["one", "t\ufffdo", "three"]
    assert (await home.page(PEER))[0] == shown
    found, _ = await home.call(names.MESSAGES, "changes", 0, {})
    assert [message.body for message in found] == shown
    last = await home.call(names.MESSAGES, "get", 2, {})
    assert last.body == "t\ufffdo"


async def test_a_draft_and_a_conversation_that_are_damaged_leave_the_list_readable(make_home):
    home = await make_home()
    for peer in (PEER, "b@x.localhost"):
        await home.send(peer, "hello")
    await flip(home, "conversation", "draft", b"dr\xe1ft", f"peer = '{PEER}'")
    await flip(home, "message", "body", b"\xff", "id = 2")
    found = await home.call(names.MESSAGES, "conversations", {})
    assert {each.peer: each.draft for each in found} == {PEER: "dr\ufffdft", "b@x.localhost": ""}


async def test_damaged_groups_cost_a_contact_its_groups_and_no_other_contact(make_home):
    home = await make_home()
    for jid in ("a@x", "b@x"):
        await home.execute(
            "INSERT INTO contact (profile, jid, name, groups, subscription, ask, revision) "
            "VALUES (1, ?, 'name', '[\"friends\"]', 'both', 0, 1)",
            jid,
        )
    await flip(home, "contact", "groups", b'["friends"M', "jid = 'a@x'")
    found = await home.call(names.ROSTER, "list", {})
    assert {each.jid: each.groups for each in found} == {"a@x": [], "b@x": ["friends"]}


async def test_damaged_settings_leave_the_profile_with_those_that_can_be_read(make_home):
    home = await make_home()
    kept = {"host": "example.org", "port": "5222", "colour": 7}
    await home.execute("UPDATE profile SET settings = ?", json.dumps(kept))
    (profile,) = await home.database.read(profiles.load_all)
    assert profile.settings == Settings(host="example.org")
    await flip(home, "profile", "settings", b'{"host": \xff')
    (profile,) = await home.database.read(profiles.load_all)
    assert profile.settings == Settings()


PEERS = ("a@x.localhost", "b@x.localhost")
FIRST = {  # of each table that a list reads: the row of the first of them
    "contact": "jid = 'a@x.localhost'",
    "presence": "jid = 'a@x.localhost'",
    "request": "jid = 'a@x.localhost'",
    "conversation": "id = 1",
    "message": "id = 1",
    "archived": "message = 1",
    "reaction": "message = 1",
    "outbox": "message = 1",
}


@pytest.fixture
async def furnished(make_home):
    """A home, not connected, with two rows of whatever its lists read."""
    home = await make_home()
    for number, peer in enumerate(PEERS):
        await home.send(peer, f"hello {number}")
        for table, values in (
            ("contact", (1, peer, "name", '["friends"]', "both", 0, 1, 0, "")),
            ("presence", (1, peer, "desk", "away", "lunch", 0, "", 0)),
            ("request", (1, peer, "let me", 1, 0, "Al")),
            ("reaction", (1, number + 1, peer, '["👍"]', 1, 1, "live", "", "", 0, "[]", peer)),
            ("archived", (1, home.jid, f"s{number}", number + 1)),
        ):
            places = ", ".join("?" * len(values))
            await home.execute(f"INSERT INTO {table} VALUES ({places})", *values)
    await home.execute("UPDATE conversation SET draft = 'begun'")
    return home


async def listed(home):
    """Return what each list says of the second row, as the bus carries it."""
    found = {
        "conversations": await home.call(names.MESSAGES, "conversations", {}),
        "changes": (await home.call(names.MESSAGES, "changes", 0, {}))[0],
        "page": (await home.call(names.MESSAGES, "list", PEERS[1], {}))[0],
        "search": await home.call(names.MESSAGES, "search", "hello", {}),
        "contacts": await home.call(names.ROSTER, "list", {}),
        "requests": await home.call(names.ROSTER, "requests", {}),
    }
    await home.call(names.MESSAGES, "list", PEERS[0], {})
    return {
        name: [each for each in carried(records) if is_second(each)]
        for name, records in found.items()
    }


def carried(records):
    return wire.decode("aa{sv}", bytes(wire.encode("aa{sv}", [records])))[0]


def is_second(record):
    return PEERS[1] in (record.get("peer"), record.get("jid")) or record.get("body") == "hello 1"


async def columns_of_text(home, table):
    return await home.database.read(
        lambda db: [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[2] == "TEXT"]
    )


@pytest.mark.parametrize("table", FIRST)
async def test_whatever_text_is_damaged_the_other_rows_are_listed_as_before(furnished, table):
    home, whole = furnished, await listed(furnished)
    assert all(whole.values())
    for column in await columns_of_text(home, table):
        await home.execute(
            f"UPDATE {table} SET {column} = CAST(x'ff' || {column} AS TEXT) WHERE {FIRST[table]}"
        )
        assert await listed(home) == whole, column


@pytest.mark.parametrize("column", ["ways", "dedupe", "sender", "body"])
async def test_a_damaged_message_costs_none_that_comes_after_it(make_home, make_peer, column):
    peer = await make_peer()
    home = await (await make_home()).online()
    peer.chat(home.jid, "hello", id="1")
    await home.until_message(peer.jid, "hello")
    await home.execute(f"UPDATE message SET {column} = CAST({column} || x'ff' AS TEXT)")
    peer.chat(home.jid, "hello", id="1")
    peer.chat(home.jid, "last", id="2")
    await home.until_message(peer.jid, "last")
    assert [each.removesuffix("\ufffd") for each in await home.bodies(peer.jid)] == [
        *("hello", "hello", "last")
    ]
