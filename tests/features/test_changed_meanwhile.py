"""Changes of entries that waited, while those were changed or taken back by somebody else."""

import pytest

from backendd.api import names
from backendd.api.errors import UnknownItem
from tests.features.test_blogs import entry, item, retract
from tests.features.test_publishing import (
    got,
    items_of,
    publish,
    published,
    read,
    until_state,
)

BLOG = names.BLOG


async def waiting(home, make_peer, **given):
    """Return an entry of which a change waits, and another client of the account."""
    mine = await published(home, {"title": "Tea", "markdown": "green"})
    source, _ = await home.call(BLOG, "source", "", "", mine.id, {})
    await home.session.disconnect()
    await publish(home, {**source, "title": "Tea of mine", **given})
    return mine, await make_peer(home.account, resource="other")


async def failed(home, id):
    """Return a change once it has failed for what was done meanwhile."""
    found = await until_state(home, id, "failed")
    assert found.error[0] == "EntryChanged"
    return found


async def titles(peer, home):
    return [each.title for each in (await read(peer, home.jid)).values()]


@pytest.mark.every_server
async def test_a_change_that_waited_takes_the_place_of_no_other(make_home, make_peer):
    home = await (await make_home()).online()
    mine, other = await waiting(home, make_peer)
    await other.ask("set", None, item(mine.id, entry("Tea of others")))
    await home.online()
    found = await failed(home, mine.id)
    assert (found.title, found.error[1]) == (
        "Tea of mine",
        "it was changed elsewhere while this change of it waited",
    )
    assert await titles(other, home) == ["Tea of others"]
    theirs = await home.call(BLOG, "get", "", "", mine.id, {"published": True})
    assert (theirs.title, theirs.state) == ("Tea of others", "published")
    # To try it again tells the same; nothing is overwritten that one hasn't seen.
    await home.call(BLOG, "retry", "", "", mine.id, {})
    await failed(home, mine.id)
    await home.call(BLOG, "retry", "", "", mine.id, {"anyway": True})
    assert (await until_state(home, mine.id, "published")).title == "Tea of mine"
    assert await titles(other, home) == ["Tea of mine"]


@pytest.mark.every_server
async def test_what_another_has_changed_is_there_where_the_own_change_is_discarded(
    make_home, make_peer
):
    home = await (await make_home()).online()
    mine, other = await waiting(home, make_peer)
    # Later than what waits, or so it says.
    await other.ask("set", None, item(mine.id, entry("Tea of others", hours=24 * 365 * 50)))
    await home.online()
    assert (await failed(home, mine.id)).title == "Tea of mine"
    await home.call(BLOG, "discard", "", "", mine.id, {})
    found = await got(home, mine.id)
    assert (found.title, found.state, found.error[0]) == ("Tea of others", "published", "")


async def test_what_is_published_anyway_is_still_held_to_what_one_has_seen(make_home, make_peer):
    home = await (await make_home()).online()
    mine, other = await waiting(home, make_peer)
    await other.ask("set", None, item(mine.id, entry("Tea of others")))
    await home.online()
    await failed(home, mine.id)
    await home.session.disconnect()
    await home.call(BLOG, "retry", "", "", mine.id, {"anyway": True})
    await other.ask("set", None, item(mine.id, entry("Tea of third parties")))
    await home.online()
    await failed(home, mine.id)
    assert await titles(other, home) == ["Tea of third parties"]


@pytest.mark.every_server
async def test_what_was_taken_back_meanwhile_is_no_entry_again_unasked(make_home, make_peer):
    home = await (await make_home()).online()
    mine, other = await waiting(home, make_peer)
    await other.ask("set", None, retract(mine.id))
    await home.online()
    assert "taken back" in (await failed(home, mine.id)).error[1]
    assert not await items_of(other, home.jid)
    with pytest.raises(UnknownItem):
        await home.call(BLOG, "get", "", "", mine.id, {"published": True})
    await home.call(BLOG, "retry", "", "", mine.id, {"anyway": True})
    assert (await until_state(home, mine.id, "published")).title == "Tea of mine"
    assert await titles(other, home) == ["Tea of mine"]


async def test_a_change_of_a_change_that_waits_goes_out_where_nobody_else_changed_it(
    make_home, make_peer
):
    home = await (await make_home()).online()
    mine, other = await waiting(home, make_peer)
    source, _ = await home.call(BLOG, "source", "", "", mine.id, {})
    await publish(home, {**source, "title": "Tea at last"})
    await home.online()
    assert (await until_state(home, mine.id, "published")).title == "Tea at last"
    assert await titles(other, home) == ["Tea at last"]
