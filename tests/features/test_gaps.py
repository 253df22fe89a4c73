"""Gaps in what is stored of a conversation: told where they are, and filled from its archive."""

import pytest

from tests.backendd.session.rooms import say

pytestmark = pytest.mark.every_server


def numbered(first, last):
    return [f"m{n}" for n in range(first, last)]


async def talk(peer, home_jid, bodies):
    for body in bodies:
        peer.chat(home_jid, body, id=f"id-{body}")
    await peer.sync()


async def come_online(home):
    """Return when nothing is caught up any more."""
    await home.online()
    await home.until(lambda: not home.inside.is_syncing)
    return home


async def lose(home, first, last):
    """Lose messages as with a part of the database that can't be read any more."""
    marks = ",".join("?" * (last - first))
    await home.execute(f"DELETE FROM message WHERE body IN ({marks})", *numbered(first, last))
    await home.execute("UPDATE message SET gap = 1 WHERE body = ?", f"m{last}")


async def gaps(home, peer):
    """Return the messages before which some may be missing."""
    return [message.body for message in await home.messages(peer) if message.gap]


async def test_a_gap_that_is_looked_at_is_filled_from_the_archive(make_home, make_peer):
    peer = await make_peer()
    home = await come_online(await make_home(archive_page=5))
    await talk(peer, home.jid, numbered(0, 20))
    await home.until_bodies(peer.jid, numbered(0, 20))
    await lose(home, 3, 17)
    assert await gaps(home, peer.jid) == ["m17"]
    found, _, has_gap = await home.page(peer.jid, limit=2)
    assert (found, has_gap) == (numbered(18, 20), False)
    assert await home.bodies(peer.jid) == [*numbered(0, 3), *numbered(17, 20)]
    assert (await home.page(peer.jid))[2]
    await home.until_bodies(peer.jid, numbered(0, 20))

    async def is_whole():
        return not await gaps(home, peer.jid)

    await home.until(is_whole)
    assert not (await home.page(peer.jid))[2]
    # It was here before, and nobody waits for it.
    states = {m.body: m.state for m in await home.messages(peer.jid)}
    assert {states[body] for body in numbered(3, 17)} == {"read"}


async def test_a_gap_that_is_looked_at_offline_is_filled_once_the_archive_is_there(
    make_home, make_peer
):
    peer = await make_peer()
    home = await come_online(await make_home())
    await talk(peer, home.jid, numbered(0, 9))
    await home.until_bodies(peer.jid, numbered(0, 9))
    await home.session.disconnect()
    await lose(home, 3, 6)
    assert (await home.page(peer.jid))[2]
    await home.online()
    await home.until_bodies(peer.jid, numbered(0, 9))


async def test_where_the_archive_lacks_what_was_before_a_gap_it_stays_one_and_is_asked_for_once(
    make_home, make_peer
):
    peer = await make_peer()
    home = await come_online(await make_home())
    await talk(peer, home.jid, numbered(0, 9))
    await home.until_bodies(peer.jid, numbered(0, 9))
    await lose(home, 3, 6)
    # As if the archive had other messages of that time, and not this one.
    await home.execute(
        "DELETE FROM archived WHERE message <= (SELECT id FROM message WHERE body = 'm2')"
    )
    await home.execute(
        "UPDATE message SET dedupe = 'gone', message_id = 'gone' WHERE body IN ('m0', 'm1', 'm2')"
    )
    await home.execute("UPDATE conversation SET archive_done = 1")  # nothing else is asked for
    asked = []
    request = home.inside.stream.request

    async def counted(kind, to, payload, **options):
        asked.append(payload.tag)
        return await request(kind, to, payload, **options)

    home.inside.stream.request = counted

    async def is_settled():
        (row,) = await home.database.read(
            lambda db: db.execute("SELECT gap FROM message WHERE body = 'm6'").fetchone()
        )
        return row != 1

    assert (await home.page(peer.jid))[2]
    await home.until(is_settled)
    count = len(asked)
    assert count
    assert (await home.page(peer.jid))[2]
    home.hub.events.clear()
    await talk(peer, home.jid, ["after"])
    await home.until_message(peer.jid, "after")
    assert len(asked) == count
    assert await gaps(home, peer.jid) == ["m6"]


async def test_a_gap_of_a_room_is_filled_from_the_archive_of_the_room(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    for body in numbered(0, 12):
        say(peer, address, body)
    await home.until_bodies(address, numbered(0, 12))
    await lose(home, 2, 8)
    assert (await home.page(address))[2]
    await home.until_bodies(address, numbered(0, 12))
