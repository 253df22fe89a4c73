"""Rows in which a bit has flipped: each costs itself at most."""

import json

from backendd.api import names
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
