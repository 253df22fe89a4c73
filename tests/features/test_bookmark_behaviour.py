"""How rooms behave on all clients of an account: pinned (XEP-0469), what notifies (XEP-0492)."""

import asyncio
from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.core import xml
from backendd.features.bookmarks import extensions
from tests.backendd.session.rooms import configure, make_room
from tests.features.test_bookmarks import NODE, Items, Private, listed
from tests.lab.patience import PATIENCE_S
from tests.lab.prosody import Prosody

# An ejabberd of this version keeps bookmarks in private XML (XEP-0048), where nothing has a place
# beside them; what that means is shown below on a Prosody that does the same.
pytestmark = pytest.mark.every_server(but=["ejabberd"])

ROOMS, MESSAGES = names.ROOMS, names.MESSAGES
ADMINISTRATION = "http://jabber.org/protocol/muc#admin"
PINNED = f"<pinned xmlns='{extensions.PINNING}'/>"


def notify(inside):
    return f"<notify xmlns='{extensions.NOTIFYING}'>{inside}</notify>"


def extended(*inside):
    return f"<extensions>{''.join(inside)}</extensions>"


def conference(*inside):
    return fromstring(f"<conference xmlns='{NODE}'>{extended(*inside)}</conference>")


@pytest.fixture
async def room(make_peer):
    return await make_room(await make_peer(), "ann")


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


@pytest.fixture
async def other(make_peer, home):
    """Another client of our account."""
    return Items(await make_peer(home.account, resource="other"))


async def behave(home, room, **changes):
    await home.call(MESSAGES, "set_conversation", room, changes)


async def until_so(home, room, condition):
    async def is_so():
        return condition(await home.conversation(room))

    await home.until(is_so)


async def until_kept(other, room, condition):
    """Return a bookmark as another client reads it, once it is as wanted."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            found = await other.find(room)
            if found is not None and condition(found):
                return found
            await other.peer.sync()


async def until_bookmarked(home, room, name):
    async def is_so():
        found = (await listed(home)).get(room)
        return found is not None and found.name == name

    await home.until(is_so)


async def test_a_room_that_is_pinned_here_is_pinned_on_all_clients(home, other, room):
    state = "<state xmlns='urn:example:state'/>"
    await home.call(ROOMS, "join", room, "me")
    await other.save(room, extended(state), name="The Den")
    await until_bookmarked(home, room, "The Den")
    await behave(home, room, pinned=True)
    kept = await until_kept(other, room, extensions.is_pinned)
    assert (kept.get("name"), len(kept.findall(f"{{{NODE}}}extensions/*"))) == ("The Den", 2)
    await behave(home, room, pinned=False)
    kept = await until_kept(other, room, lambda found: not extensions.is_pinned(found))
    assert [xml.written(each) for each in kept[0]] == [xml.written(fromstring(state))]


async def test_what_another_client_pins_is_pinned_here_as_long_as_it_is(home, other, room):
    await home.call(ROOMS, "join", room, "me")
    await other.save(room, extended(PINNED))
    await until_so(home, room, lambda now: now.pinned)
    await other.save(room)
    await until_so(home, room, lambda now: not now.pinned)


async def test_what_notifies_of_a_room_is_the_same_on_all_clients(home, other, room):
    await home.call(ROOMS, "join", room, "me")
    await home.call(ROOMS, "bookmark", room, {})
    await behave(home, room, notify="none")
    await until_kept(other, room, lambda found: extensions.notify(found) == "none")
    await other.save(room, extended(notify("<always/>")))
    await until_so(home, room, lambda now: now.notify == "all")
    await other.save(room)
    await until_so(home, room, lambda now: now.notify == "mentions")


async def test_what_is_usual_in_a_room_goes_by_what_it_is_until_it_is_set(home, other, make_peer):
    owner = await make_peer()
    room = await make_room(owner, "ann")
    await home.call(ROOMS, "join", room, "me")
    assert (await home.conversation(room)).notify == "mentions"
    await home.call(ROOMS, "bookmark", room, {})
    grant = f"<item jid='{home.jid}' affiliation='member'/>"
    await owner.ask("set", room, f"<query xmlns='{ADMINISTRATION}'>{grant}</query>")
    await configure(owner, room, membersonly="1", whois="anyone")
    await until_so(home, room, lambda now: now.notify == "all")
    await behave(home, room, notify="mentions")
    await until_kept(other, room, lambda found: extensions.notify(found) == "mentions")
    assert (await home.conversation(room)).notify == "mentions"
    await behave(home, room, notify="")
    await until_kept(other, room, lambda found: extensions.notify(found) == "all")
    await other.save(room)
    await configure(owner, room, membersonly="0", whois="moderators")
    await until_so(home, room, lambda now: now.notify == "mentions")


async def test_what_is_set_while_away_counts_on_all_clients_whatever_they_say(home, other, room):
    await home.call(ROOMS, "join", room, "me")
    await home.call(ROOMS, "bookmark", room, {"pinned": True})
    await home.session.disconnect()
    await behave(home, room, notify="none")
    await other.save(room, extended(notify("<always/>")))
    await home.online()
    await until_kept(other, room, lambda found: extensions.notify(found) == "none")
    # Of what was not set here the others decide.
    await until_so(home, room, lambda now: (now.pinned, now.notify) == (False, "none"))


async def test_what_was_set_before_there_was_a_bookmark_goes_with_it(home, other, room):
    await home.call(ROOMS, "join", room, "me")
    await behave(home, room, pinned=True, notify="all")
    await home.call(ROOMS, "bookmark", room, {})
    kept = await until_kept(other, room, extensions.is_pinned)
    kept = await until_kept(other, room, lambda found: extensions.notify(found) == "all")
    await home.call(ROOMS, "unbookmark", room)
    assert (await home.conversation(room)).pinned
    # And with one that another client makes.
    await other.save(room, name="The Den")
    kept = await until_kept(other, room, lambda found: extensions.notify(found) == "all")
    assert kept.get("name") == "The Den"
    await until_kept(other, room, extensions.is_pinned)


async def test_a_room_that_was_never_open_behaves_as_its_bookmark_says_once_it_is(
    home, other, room
):
    await other.save(room, extended(PINNED, notify("<never/>")), name="The Den")
    await until_bookmarked(home, room, "The Den")
    assert await home.call(MESSAGES, "conversations") == []
    await home.call(MESSAGES, "open", room)
    now = await home.conversation(room)
    assert (now.pinned, now.notify) == (True, "none")


async def test_a_bookmark_can_be_made_pinned(home, other, room):
    await home.call(ROOMS, "join", room, "me")
    await home.call(ROOMS, "bookmark", room, {"pinned": True})
    assert extensions.is_pinned(await other.find(room))
    assert (await home.conversation(room)).pinned
    await home.call(ROOMS, "bookmark", room, {"pinned": False})
    assert not extensions.is_pinned(await other.find(room))
    assert not (await home.conversation(room)).pinned


async def test_nobody_else_pins_our_rooms(home, other, room, make_peer):
    await home.call(ROOMS, "join", room, "me")
    await other.save(room, name="The Den")
    await until_bookmarked(home, room, "The Den")
    stranger = await make_peer()
    item = f"<item id='{room}'><conference xmlns='{NODE}'>{extended(PINNED)}</conference></item>"
    event = f"<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='{NODE}'>{item}"
    for to in (home.jid, home.inside.stream.full_jid):
        stranger.write(f"<message to='{to}' type='headline'>{event}</items></event></message>")
    stranger.chat(home.jid, "behind")
    await home.until_message(stranger.jid, "behind")
    assert not (await home.conversation(room)).pinned


async def test_where_the_server_has_no_place_for_it_it_stays_as_it_is_set_here(
    tmp_path, make_home, make_peer
):
    with Prosody(tmp_path / "plain", components=True, without=["bookmarks"]) as plain:
        home = await (await make_home("alice", server=plain)).online()
        other = Private(await make_peer("alice", server=plain, resource="other"))
        room = await make_room(await make_peer("bob", server=plain), "ann")
        await home.call(ROOMS, "join", room, "me")
        await home.call(ROOMS, "bookmark", room, {"pinned": True})
        await behave(home, room, notify="none")
        await home.session.disconnect()
        await home.online()
        await other.write(f"<conference jid='{room}' name='The Den'/>")
        await home.session.disconnect()
        await home.online()
        await until_bookmarked(home, room, "The Den")
        now = await home.conversation(room)
        assert (now.pinned, now.notify) == (True, "none")


# -- what bookmarks say


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("", None),
        ("<always/>", "all"),
        ("<on-mention/>", "mentions"),
        ("<never/>", "none"),
        ("<sometimes/><never xmlns='urn:example:other'/>", None),
        ("<never identity-category='gateway'/>", None),
        ("<always/><never identity-category='client' identity-type='phone'/>", "all"),
        ("<always/><never identity-category='client'/>", "none"),
        (
            "<always/><never identity-category='client'/>"
            "<on-mention identity-category='client' identity-type='console'/>",
            "mentions",
        ),
        ("<never/><always/>", "none"),
    ],
)
def test_what_is_said_most_closely_of_clients_like_this_one_counts(said, word):
    assert extensions.notify(conference(notify(said))) == word


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "<never/>"),
        ("<always/>", "<never/>"),
        (
            "<always><advanced><when xmlns='urn:example'/></advanced></always>",
            "<never><advanced><when xmlns='urn:example'/></advanced></never>",
        ),
        (
            "<always identity-category='client' identity-type='phone'/>",
            "<always identity-category='client' identity-type='phone'/><never/>",
        ),
        (
            "<always identity-category='client'/><on-mention/>",
            "<never identity-category='client'/><on-mention/>",
        ),
        ("<always identity-category='client'/>", "<never identity-category='client'/><never/>"),
        ("<always/><never/>", "<never/>"),
        ("<x xmlns='urn:example'/>", "<x xmlns='urn:example'/><never/>"),
    ],
)
def test_what_is_set_is_said_where_it_counts_and_leaves_the_rest(before, after):
    bookmark = conference(notify(before))
    extensions.set_notify(bookmark, "none")
    assert xml.written(bookmark) == xml.written(conference(notify(after)))
    assert extensions.notify(bookmark) == "none"
