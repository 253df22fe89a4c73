"""Archives that don't do as they should: reading them ends, and what may be missing is told."""

import pytest

from backendd.core.messages import CaughtUp
from backendd.store import pages
from tests.backendd.session.partial import PEER, Kept, Page, Partial


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


def kept(first, last):
    return [Kept(str(n), f"m{n}") for n in range(first, last)]


def numbered(first, last):
    return [f"m{n}" for n in range(first, last)]


async def known_up_to(make_home, partial, count, **options):
    """Return a home that knows the first `count` messages, and is away."""
    partial.archive = kept(0, count)
    home = await make_home("user", server=partial, **options)
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    await home.session.disconnect()
    home.hub.events.clear()
    partial.queries.clear()
    return home


@pytest.mark.parametrize("ring", [{"11": "11"}, {"11": "12", "12": "11"}])
async def test_a_catch_up_ends_with_a_gap_where_the_archive_repeats_itself(
    make_home, partial, ring
):
    home = await known_up_to(make_home, partial, 5, archive_page=10)
    partial.archive = kept(0, 60)

    def page(asked):
        if asked.before is not None:
            return partial.honest_page(asked)
        # One leads to the other, and there is always one more.
        number = int(ring.get(asked.after, "11"))
        return Page(kept(number, number + 1))

    partial.page = page
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert not home.session.is_syncing
    assert len(partial.queries) < 20
    assert [w.word for w in home.session.warnings] == ["archive"]
    # The newest page is here, and it is said that something before it may be missing.
    assert (await home.bodies(PEER))[-10:] == numbered(50, 60)
    assert (await home.page(PEER))[2]


async def test_a_catch_up_ends_where_the_archive_answers_each_question_with_the_same_page(
    make_home, partial
):
    home = await known_up_to(make_home, partial, 5)
    partial.page = lambda asked: Page(kept(0, 5))
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert len(partial.queries) < 10
    assert await home.bodies(PEER) == numbered(0, 5)


async def test_a_catch_up_ends_where_a_cursor_is_forgotten_as_soon_as_it_is_given(
    make_home, partial
):
    home = await known_up_to(make_home, partial, 5)
    partial.page = lambda asked: Page(kept(3, 8)) if not asked.after else None
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert len(partial.queries) < 10
    assert await home.bodies(PEER) == numbered(0, 8)


async def test_scrolling_back_ends_with_a_gap_where_the_archive_repeats_itself(make_home, partial):
    home = await known_up_to(make_home, partial, 30, archive_page=10)
    partial.page = lambda asked: Page(kept(20, 30), is_complete=asked.before is None)
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    partial.queries.clear()
    assert await home.page(PEER) == (numbered(20, 30), "server", False)

    async def has_gap():
        return await home.database.read(lambda db: pages.page(db, 1, PEER, {}, 50).has_gap)

    await home.until(has_gap)
    assert len(partial.queries) < 10
