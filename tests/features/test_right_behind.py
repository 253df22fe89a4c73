"""What another client of ours does right behind us counts: it is the last that was done.

Each time the server answers us, and tells in the same piece what came next.
"""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import BackendError
from backendd.core import pubsub, xml
from backendd.features.avatars import image
from backendd.session.feature import Feature
from backendd.session.part import Part
from tests.backendd.session.partial import PEER, Partial
from tests.features.test_avatars import INFO, JPEG, METADATA, PNG, set_avatar
from tests.features.test_bookmarks import NODE, STORAGE, listed

ROOMS, ROSTER, MESSAGES = names.ROOMS, names.ROSTER, names.MESSAGES
ROOM = "den@rooms.example.org"
COMPAT, CONVERSION = f"{NODE}#compat", "urn:xmpp:bookmarks-conversion:0"
OPTIONS = f"{pubsub.PUBSUB}#publish-options"
PUBLISH, RETRACT = f".//{{{pubsub.PUBSUB}}}publish", f".//{{{pubsub.PUBSUB}}}retract"
PICTURE = f"{PUBLISH}[@node='urn:xmpp:avatar:metadata']"
BLOCKING = "urn:xmpp:blocking"
BLOCKED = f".//{{{BLOCKING}}}item"


def told(node, item):
    """Return what tells of an item of our account."""
    items = f"<items node='{node}'>{item}</items>"
    event = f"<event xmlns='{pubsub.PUBSUB}#event'>{items}</event>"
    return f"<message from='user@s.localhost' type='headline'>{event}</message>"


def bookmark(kind, inside="", **attributes):
    """Return what tells of a bookmark that another client has saved."""
    said = "".join(f" {name}='{value}'" for name, value in attributes.items())
    if kind == COMPAT:
        conference = f"<conference xmlns='{NODE}'{said}>{inside}</conference>"
        return told(NODE, f"<item id='{ROOM}'>{conference}</item>")
    conference = f"<conference jid='{ROOM}'{said}>{inside}</conference>"
    storage = f"<storage xmlns='{STORAGE}'>{conference}</storage>"
    return told(STORAGE, f"<item id='current'>{storage}</item>")


def push(name, namespace, inside):
    return f"<iq type='set' id='p'><{name} xmlns='{namespace}'>{inside}</{name}></iq>"


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        server.server_can = (xml.CARBONS, BLOCKING)
        yield server


@pytest.fixture
def behind(partial):
    """Call it to have the server answer what `doing` asks, and send something right behind that."""

    async def answer(doing, path, *sent, payload=""):
        def asked():
            return [iq for _, iq in partial.asked if iq.find(path) is not None]

        before = len(asked())
        partial.leaves_open = lambda iq: iq.find(path) is not None
        task = asyncio.get_running_loop().create_task(doing)
        await partial.until(lambda: len(asked()) > before)
        partial.leaves_open = lambda _: False
        result = f"<iq type='result' id='{asked()[-1].get('id')}'>{payload}</iq>"
        partial.client.send(result + "".join(sent))
        return await task

    return answer


@pytest.fixture
def online(make_home, partial):
    """Call it for a home on a server that can more for the account."""

    async def make(*features):
        partial.account_can = (*partial.account_can, *features, OPTIONS)
        return await (await make_home("user", server=partial)).online()

    return make


# -- bookmarks


@pytest.mark.parametrize("kind", [COMPAT, CONVERSION])
async def test_what_another_client_saves_of_a_bookmark_behind_us_counts(online, behind, kind):
    home = await online(kind)
    saving = home.call(ROOMS, "bookmark", ROOM, {"name": "Ours"})
    await behind(saving, PUBLISH, bookmark(kind, name="Ours"), bookmark(kind, name="Theirs"))
    assert (await listed(home))[ROOM].name == "Theirs"


@pytest.mark.parametrize("kind", [COMPAT, CONVERSION])
async def test_a_bookmark_that_another_client_makes_behind_our_removal_stays(
    online, partial, behind, kind
):
    home = await online(kind)
    partial.client.send(bookmark(kind, name="Before"))

    async def is_there():
        return ROOM in await listed(home)

    await home.until(is_there)
    path = RETRACT if kind == COMPAT else PUBLISH
    await behind(home.call(ROOMS, "unbookmark", ROOM), path, bookmark(kind, name="Theirs"))
    assert (await listed(home))[ROOM].name == "Theirs"


async def test_how_a_room_notifies_by_another_client_behind_us_counts(online, behind):
    home = await online(COMPAT)
    await home.call(ROOMS, "bookmark", ROOM, {})
    await home.call(MESSAGES, "open", ROOM)

    def saved(word):
        notify = f"<notify xmlns='urn:xmpp:notification-settings:1'><{word}/></notify>"
        return bookmark(COMPAT, f"<extensions>{notify}</extensions>")

    setting = home.call(MESSAGES, "set_conversation", ROOM, {"notify": "none"})
    await behind(setting, PUBLISH, saved("never"), saved("always"))

    async def is_so():
        return (await home.conversation(ROOM)).notify == "all"

    await home.until(is_so)
    assert await home.count("bookmark_wish") == 0


async def test_a_room_that_another_client_wants_us_in_behind_our_bookmark_is_entered(
    online, partial, behind
):
    home = await online(COMPAT)
    saving = home.call(ROOMS, "bookmark", ROOM, {"nick": "me", "autojoin": False})
    wanted = bookmark(COMPAT, "<nick>me</nick>", autojoin="true")
    await behind(saving, PUBLISH, bookmark(COMPAT, "<nick>me</nick>"), wanted)
    await partial.until(
        lambda: any(each.get("to") == f"{ROOM}/me" for each in partial.client.elements)
    )


async def test_a_room_that_we_want_to_be_in_is_not_entered_for_that_alone(online, partial, behind):
    home = await online(COMPAT)
    saving = home.call(ROOMS, "bookmark", ROOM, {"nick": "me", "autojoin": True})
    await behind(saving, PUBLISH, bookmark(COMPAT, "<nick>me</nick>", autojoin="true"))
    await home.send(PEER, "behind")
    await partial.until(lambda: "behind" in partial.messages)
    assert not [each for each in partial.client.elements if each.get("to") == f"{ROOM}/me"]


# -- who is blocked, and who is a contact


async def blocked(home):
    return list(await home.call(ROSTER, "blocked", {}))


async def test_whom_another_client_unblocks_behind_our_block_is_not_blocked(online, behind):
    home = await online()
    unblock = push("unblock", BLOCKING, f"<item jid='{PEER}'/>")
    await behind(home.call(ROSTER, "block", PEER, {}), BLOCKED, unblock)
    assert await blocked(home) == []


async def test_whom_another_client_blocks_behind_our_unblock_is_blocked(online, behind):
    home = await online()
    await home.call(ROSTER, "block", PEER, {})
    block = push("block", BLOCKING, f"<item jid='{PEER}'/>")
    await behind(home.call(ROSTER, "unblock", PEER, {}), BLOCKED, block)
    assert await blocked(home) == [PEER]


async def test_who_is_blocked_behind_the_list_of_the_blocked_is_blocked(online, behind):
    block = push("block", BLOCKING, f"<item jid='{PEER}'/>")
    empty = f"<blocklist xmlns='{BLOCKING}'/>"
    home = await behind(online(), f".//{{{BLOCKING}}}blocklist", block, payload=empty)
    assert await blocked(home) == [PEER]


async def test_who_becomes_a_contact_behind_the_roster_is_one(online, behind):
    new = push("query", xml.ROSTER, "<item jid='new@example.org'/>")
    roster = f"<query xmlns='{xml.ROSTER}' ver='1'><item jid='{PEER}'/></query>"
    home = await behind(online(), f".//{{{xml.ROSTER}}}query", new, payload=roster)
    contacts = await home.call(ROSTER, "list", {})
    assert [each.jid for each in contacts] == ["new@example.org", PEER]


# -- our picture


def photos(partial):
    """Return which pictures our presence has told of."""
    return [
        photo.text
        for each in partial.client.elements
        if each.tag == xml.PRESENCE
        for photo in each.iter("{vcard-temp:x:update}photo")
    ]


async def test_a_picture_that_another_client_sets_behind_ours_is_ours(
    online, partial, behind, tmp_path
):
    home, theirs = await online(), image.hash_of(JPEG)
    info = METADATA.format(INFO.format(id=theirs, size=len(JPEG)))
    setting = set_avatar(home, PNG, tmp_path)
    item = f"<item id='{theirs}'>{info}</item>"
    await behind(setting, PICTURE, told("urn:xmpp:avatar:metadata", item))
    await partial.until(lambda: photos(partial)[-1:] == [theirs])


# -- what can't be stored


class Keeper(Part):
    """Asks something whose answer it has no way to store."""

    def __init__(self, home):
        self._home = home

    async def ask(self):
        def settle(ledger, answer):
            ledger.db.execute("INSERT INTO kept VALUES (1)")
            raise ValueError("no")

        question = xml.element("urn:example", "question")
        await self._home.stream.request("get", None, question, settle=settle)


async def test_who_asks_is_told_where_the_answer_can_not_be_stored_and_nothing_else_is_lost(
    make_home, partial, behind
):
    home = await make_home("user", server=partial)
    await home.execute("CREATE TABLE kept (number INTEGER)")
    await home.restart_with(more=[Feature("keeper", Keeper)])
    await home.online()
    (keeper,) = (part for part in home.session.parts if isinstance(part, Keeper))
    message = f"<message from='{PEER}/x' type='chat'><body>behind</body></message>"
    with pytest.raises(BackendError, match="can't be stored"):
        await behind(keeper.ask(), ".//{urn:example}question", message)
    await home.until_message(PEER, "behind")
    assert await home.count("kept") == 0
