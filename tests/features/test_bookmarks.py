"""Bookmarks of rooms (XEP-0402, XEP-0048): on the server, and followed."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.api.errors import NotConnected, NotSupported, UnknownRoom
from backendd.core import pubsub, xml
from tests.backendd.session.rooms import make_room
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN

ROOMS = names.ROOMS
NODE, STORAGE = "urn:xmpp:bookmarks:1", "storage:bookmarks"
OPTIONS = (
    "<publish-options><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'>"
    "<value>http://jabber.org/protocol/pubsub#publish-options</value></field>"
    "<field var='pubsub#persist_items'><value>true</value></field>"
    "<field var='pubsub#access_model'><value>whitelist</value></field>{more}</x></publish-options>"
)
MANY = "<field var='pubsub#max_items'><value>max</value></field>"


async def listed(home):
    return {each.room: each for each in await home.call(ROOMS, "list")}


async def until_listed(home, room, condition):
    async def is_so():
        found = (await listed(home)).get(room)
        return found if found is not None and condition(found) else None

    return await home.until(is_so)


async def until_gone(home, room):
    async def is_gone():
        return room not in await listed(home)

    await home.until(is_gone)


class Items:
    """Another client of the account, which keeps each bookmark as an item (XEP-0402)."""

    namespace = NODE

    def __init__(self, peer):
        self.peer = peer

    async def save(self, room, inside="", **attributes):
        said = "".join(f" {name}='{value}'" for name, value in attributes.items())
        element = f"<conference xmlns='{NODE}'{said}>{inside}</conference>"
        item = f"<publish node='{NODE}'><item id='{room}'>{element}</item></publish>"
        payload = f"<pubsub xmlns='{pubsub.PUBSUB}'>{item}{OPTIONS.format(more=MANY)}</pubsub>"
        await self.peer.ask("set", None, payload)

    async def remove(self, room):
        item = f"<retract node='{NODE}' notify='true'><item id='{room}'/></retract>"
        await self.peer.ask("set", None, f"<pubsub xmlns='{pubsub.PUBSUB}'>{item}</pubsub>")

    async def find(self, room):
        """Return the element of a bookmark."""
        asked = f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{NODE}'/></pubsub>"
        found = pubsub.decode_items(await self.peer.ask("get", None, asked)).items
        return next((each.payload for each in found if each.id == room), None)


class InElement:
    """Another client of the account, which keeps all bookmarks in one item (XEP-0048)."""

    namespace = STORAGE

    def __init__(self, peer):
        self.peer = peer
        self.kept = {}

    async def save(self, room, inside="", **attributes):
        said = "".join(f" {name}='{value}'" for name, value in attributes.items())
        self.kept[room] = f"<conference jid='{room}'{said}>{inside}</conference>"
        await self._write()

    async def remove(self, room):
        del self.kept[room]
        await self._write()

    async def _write(self):
        storage = f"<storage xmlns='{STORAGE}'>{''.join(self.kept.values())}</storage>"
        item = f"<publish node='{STORAGE}'><item id='current'>{storage}</item></publish>"
        payload = f"<pubsub xmlns='{pubsub.PUBSUB}'>{item}{OPTIONS.format(more='')}</pubsub>"
        await self.peer.ask("set", None, payload)

    async def find(self, room):
        asked = f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{STORAGE}'/></pubsub>"
        found = pubsub.decode_items(await self.peer.ask("get", None, asked)).items
        elements = [each for item in found for each in item.payload]
        return next((each for each in elements if each.get("jid") == room), None)


class Private:
    """Another client of the account, which uses private XML storage (XEP-0049)."""

    namespace = STORAGE

    def __init__(self, peer):
        self.peer = peer

    async def write(self, inside):
        storage = f"<storage xmlns='{STORAGE}'>{inside}</storage>"
        await self.peer.ask("set", None, f"<query xmlns='jabber:iq:private'>{storage}</query>")

    async def read(self):
        asked = f"<query xmlns='jabber:iq:private'><storage xmlns='{STORAGE}'/></query>"
        return (await self.peer.ask("get", None, asked))[0][0]

    async def find(self, room):
        return next((each for each in await self.read() if each.get("jid") == room), None)


@pytest.fixture
def make_other(make_peer, server):
    """Call it for another client of the account of a home."""

    async def make(home):
        peer = await make_peer(home.account, resource="other")
        return Items(peer) if isinstance(server, Prosody) else InElement(peer)

    return make


@pytest.fixture
async def there(make_peer):
    """A room, and somebody in it."""
    peer = await make_peer()
    return await make_room(peer, "ann"), peer


# -- ours


@pytest.mark.every_server
async def test_a_bookmark_is_kept_on_the_server_as_other_clients_read_it(
    make_home, make_other, there
):
    room, _ = there
    home = await (await make_home()).online()
    other = await make_other(home)
    options = {"name": "The Den", "autojoin": True, "nick": "me", "password": "sesame"}
    await home.call(ROOMS, "bookmark", room, options)
    kept = await other.find(room)
    assert (kept.get("name"), kept.get("autojoin")) == ("The Den", "true")
    assert xml.child_text(kept, other.namespace, "nick") == "me"
    assert xml.child_text(kept, other.namespace, "password") == "sesame"
    found = (await listed(home))[room]
    assert (found.name, found.state, found.nick) == ("The Den", "out", "me")
    assert (found.bookmarked, found.autojoin) == (True, True)
    await home.call(ROOMS, "bookmark", room, {"autojoin": False})
    kept = await other.find(room)
    assert (kept.get("name"), kept.get("autojoin", "false")) == ("The Den", "false")
    await home.call(ROOMS, "unbookmark", room)
    assert await other.find(room) is None
    assert room not in await listed(home)
    with pytest.raises(UnknownRoom, match="not bookmarked"):
        await home.call(ROOMS, "unbookmark", room)


@pytest.mark.every_server
async def test_nobody_else_sees_our_bookmarks(make_home, make_peer, there):
    room, _ = there
    home = await (await make_home()).online()
    await home.call(ROOMS, "bookmark", room, {})
    stranger = await make_peer()
    for node in (NODE, STORAGE):
        asked = f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{node}'/></pubsub>"
        with pytest.raises(Exception, match="refuses"):
            await stranger.ask("get", home.jid, asked)


async def test_a_room_is_bookmarked_as_it_is_joined(make_home, make_other, there):
    room, _ = there
    home = await (await make_home()).online()
    other = await make_other(home)
    await home.call(ROOMS, "join", room, "myself", {"bookmark": True})
    await until_listed(home, room, lambda each: each.autojoin)
    kept = await other.find(room)
    assert kept.get("autojoin") == "true"
    assert xml.child_text(kept, other.namespace, "nick") == "myself"


@pytest.mark.every_server
async def test_a_room_that_is_left_stays_as_long_as_it_has_a_bookmark(make_home, there):
    room, _ = there
    home = await (await make_home()).online()
    await home.call(ROOMS, "join", room, "me")
    await home.call(ROOMS, "bookmark", room, {"autojoin": True})
    assert (await listed(home))[room].nick == "me"
    await home.call(ROOMS, "leave", room)
    assert (await listed(home))[room].state == "out"
    await home.call(ROOMS, "unbookmark", room)
    assert await listed(home) == {}


@pytest.mark.every_server
async def test_we_stay_where_we_are_when_we_change_the_bookmark(make_home, make_other, there):
    room, peer = there
    home = await (await make_home()).online()
    await home.call(ROOMS, "join", room, "me")
    for autojoin in (True, False, True):
        await home.call(ROOMS, "bookmark", room, {"autojoin": autojoin})
    await home.call(ROOMS, "unbookmark", room)
    peer.chat(home.jid, "behind")
    await home.until_message(peer.jid, "behind")
    found = (await listed(home))[room]
    assert (found.state, found.bookmarked) == ("in", False)


@pytest.mark.every_server
async def test_a_bookmarked_room_that_was_never_entered_is_opened_as_a_room(make_home, there):
    room, _ = there
    home = await (await make_home()).online()
    await home.call(ROOMS, "bookmark", room, {"name": "The Den"})
    with pytest.raises(UnknownRoom):
        await home.send(room, "anybody there?")
    assert await home.call(names.MESSAGES, "open", room) == room
    found = await home.conversation(room)
    assert (found.kind, found.name, found.joined) == ("room", "The Den", False)
    with pytest.raises(UnknownRoom):
        await home.send(room, "anybody there?")


@pytest.mark.every_server
async def test_who_is_bookmarked_by_mistake_is_opened_as_the_person_they_are(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await home.call(names.ROSTER, "set", peer.jid, "Ann", [])

    async def is_known():
        return [each for each in await home.call(names.ROSTER, "list", {}) if each.jid == peer.jid]

    await home.until(is_known)
    await home.call(ROOMS, "bookmark", peer.jid, {})
    await home.call(names.MESSAGES, "open", peer.jid)
    assert (await home.conversation(peer.jid)).kind == "chat"
    await home.send(peer.jid, "hello")
    await peer.until(lambda: peer.messages())


async def test_bookmarks_are_changed_on_a_connection_only(make_home, there):
    room, _ = there
    home = await (await make_home()).online()
    await home.call(ROOMS, "bookmark", room, {"name": "The Den"})
    await home.session.disconnect()
    with pytest.raises(NotConnected):
        await home.call(ROOMS, "bookmark", room, {"name": "Other"})
    with pytest.raises(NotConnected):
        await home.call(ROOMS, "unbookmark", room)
    assert (await listed(home))[room].name == "The Den"


# -- of other clients


@pytest.mark.every_server
async def test_we_are_where_other_clients_want_us_to_be(make_home, make_other, there):
    room, peer = there
    home = await (await make_home()).online()
    other = await make_other(home)
    await other.save(room, "<nick>myself</nick>", autojoin="1", name="The Den")
    found = await until_listed(home, room, lambda each: each.state == "in")
    assert (found.nick, found.name) == ("myself", "The Den")
    await other.save(room, "<nick>myself</nick>", name="The Den")
    await until_listed(home, room, lambda each: each.state == "out" and not each.autojoin)
    await peer.until(lambda: "unavailable" in peer.shows_of(room))
    await other.save(room, autojoin="true")
    await until_listed(home, room, lambda each: each.state == "in")
    await other.remove(room)
    await until_gone(home, room)


@pytest.mark.every_server
async def test_a_room_without_autojoin_is_neither_entered_nor_left(make_home, make_other, there):
    room, _ = there
    home = await (await make_home()).online()
    other = await make_other(home)
    await other.save(room, name="One")
    await until_listed(home, room, lambda each: each.name == "One")
    assert (await listed(home))[room].state == "out"
    await home.call(ROOMS, "join", room, "me")
    await other.save(room, name="Two")
    await until_listed(home, room, lambda each: each.name == "Two")
    assert (await listed(home))[room].state == "in"


@pytest.mark.every_server
async def test_what_is_bookmarked_is_entered_when_we_connect(make_home, make_other, there):
    room, _ = there
    home = await make_home()
    other = await make_other(home)
    await other.save(room, "<nick>myself</nick>", autojoin="true")
    await other.save(f"other-{room}", name="Not this")
    await home.online()
    found = await until_listed(home, room, lambda each: each.state == "in")
    assert found.nick == "myself"
    assert (await listed(home))[f"other-{room}"].state == "out"
    await home.session.disconnect()
    await other.remove(f"other-{room}")
    await home.online()
    await until_gone(home, f"other-{room}")
    await until_listed(home, room, lambda each: each.state == "in")


async def test_a_room_that_was_left_here_is_not_entered_again_on_the_next_stream(
    make_home, make_other, there
):
    room, _ = there
    home = await make_home()
    other = await make_other(home)
    await other.save(room, autojoin="true")
    await home.online()
    await until_listed(home, room, lambda each: each.state == "in")
    await home.call(ROOMS, "leave", room)
    await home.session.disconnect()
    await home.online()
    await other.save(f"other-{room}", name="behind")
    await until_listed(home, f"other-{room}", lambda each: each.name == "behind")
    assert (await listed(home))[room].state == "out"


async def test_a_bookmark_that_leads_nowhere_is_told_and_kept(make_home, make_other, there):
    room, peer = there
    home = await make_home()
    ban = f"<item jid='{home.jid}' affiliation='outcast'/>"
    await peer.ask(
        "set", room, f"<query xmlns='http://jabber.org/protocol/muc#admin'>{ban}</query>"
    )
    other = await make_other(home)
    await other.save(room, autojoin="true")
    await home.online()
    (warning,) = await home.until(
        lambda: [each for each in home.inside.warnings if each.word == "bookmark"]
    )
    assert warning.subject == room
    assert "banned" in warning.text
    assert (await listed(home))[room].bookmarked


# -- what is in them


@pytest.mark.every_server
async def test_what_we_do_not_know_in_a_bookmark_stays(make_home, make_other, there):
    room, _ = there
    home = await (await make_home()).online()
    other = await make_other(home)
    state = "<state xmlns='urn:example:state' minimized='true'>  two <b/> </state>"
    inside = f"<nick>me</nick><extensions>{state}</extensions><more xmlns='urn:example:more'/>"
    await other.save(room, inside, name=" The  Den", colour="red")
    await until_listed(home, room, lambda each: each.name == "The Den")
    await home.call(ROOMS, "bookmark", room, {"nick": "myself", "autojoin": True})
    kept = await other.find(room)
    assert (kept.get("name"), kept.get("colour")) == (" The  Den", "red")
    assert xml.child_text(kept, other.namespace, "nick") == "myself"
    (extension,) = kept.find(f"{{{other.namespace}}}extensions")
    assert xml.written(extension) == xml.written(fromstring(state))
    assert kept.find("{urn:example:more}more") is not None


async def test_a_bookmark_goes_by_the_name_that_the_server_has_for_it(make_home, make_other, there):
    room, _ = there
    written = room.upper()
    home = await (await make_home()).online()
    other = await make_other(home)
    await other.save(written, name="The Den")
    await until_listed(home, room, lambda each: each.name == "The Den")
    await home.call(ROOMS, "bookmark", room, {"name": "Our Den"})
    assert (await other.find(written)).get("name") == "Our Den"
    assert await other.find(room) is None
    await home.call(ROOMS, "unbookmark", room)
    assert await other.find(written) is None


@pytest.mark.parametrize("named", ["", "no room", "room@conference.example.org/nick"])
async def test_what_names_no_room_is_no_bookmark(make_home, make_other, there, named):
    room, _ = there
    home = await (await make_home()).online()
    other = await make_other(home)
    if named:
        await other.save(named, autojoin="true")
    await other.save(room, name="behind")
    await until_listed(home, room, lambda each: each.name == "behind")
    assert list(await listed(home)) == [room]


async def test_nobody_else_tells_us_where_to_be(make_home, make_peer, there):
    room, _ = there
    home = await (await make_home()).online()
    stranger = await make_peer()
    for node, element in (
        (NODE, f"<item id='{room}'><conference xmlns='{NODE}' autojoin='true'/></item>"),
        (
            STORAGE,
            f"<item id='current'><storage xmlns='{STORAGE}'>"
            f"<conference jid='{room}' autojoin='true'/></storage></item>",
        ),
    ):
        event = f"<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='{node}'>"
        for to in (home.jid, home.inside.stream.full_jid):
            stranger.write(
                f"<message to='{to}' type='headline'>{event}{element}</items></event></message>"
            )
    stranger.chat(home.jid, "sent")
    await home.until_message(stranger.jid, "sent")
    assert await listed(home) == {}


# -- servers that keep them otherwise


async def test_where_the_server_has_nothing_newer_all_are_in_private_storage(
    tmp_path, make_home, make_peer
):
    with Prosody(tmp_path / "plain", components=True, without=["bookmarks"]) as plain:
        home = await make_home("alice", server=plain)
        other = Private(await make_peer("alice", server=plain, resource="other"))
        peer = await make_peer("bob", server=plain)
        room = await make_room(peer, "ann")
        url = "<url name='Home' url='https://example.org/'/>"
        await other.write(
            f"{url}<conference jid='{room}' autojoin='1' colour='red'><nick>me</nick></conference>"
        )
        await home.online()
        await until_listed(home, room, lambda each: (each.state, each.nick) == ("in", "me"))
        await home.call(ROOMS, "bookmark", room, {"name": "The Den"})
        kept = await other.find(room)
        assert (kept.get("name"), kept.get("colour"), kept.get("autojoin")) == (
            "The Den", "red", "1",
        )  # fmt: skip
        assert (await other.read())[0].get("url") == "https://example.org/"
        await home.call(ROOMS, "unbookmark", room)
        assert [each.tag for each in await other.read()] == [f"{{{STORAGE}}}url"]


async def test_where_the_server_keeps_none_that_is_said(tmp_path, make_home):
    lacking = ["bookmarks", "private", "pep", "vcard4", "vcard_legacy"]
    with Prosody(tmp_path / "poor", components=True, without=lacking) as poor:
        home = await (await make_home("alice", server=poor)).online()
        with pytest.raises(NotSupported, match="bookmarks"):
            await home.call(ROOMS, "bookmark", f"room@conference.{DOMAIN}", {})
