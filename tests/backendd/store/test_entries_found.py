"""What is found of entries: newest first and each once, in whatever order they came."""

import random

import pytest

from backendd.core import words
from backendd.core.profiles import Profile, Settings
from backendd.features.blog import store
from backendd.store import entries, profiles
from backendd.store.database import Database
from backendd.store.ledger import Ledger
from backendd.store.view import Contributors
from tests.lab.effort import effort

COUNT, FEEDS = 500, 3
FEW, MANY = 2_000, 8_000
ME = Profile(
    id=0, uuid="me", name="me", jid="me@x", is_default=True, sealed=b"", settings=Settings(),
    xmpp_password=b"",
)  # fmt: skip

# Which of the entries say it, by when they were written.
SAY = {
    "all": lambda number: True,
    "most": lambda number: number % 3 > 0,
    "some": lambda number: number % 7 == 0,
    "few": lambda number: number % 90 == 0,
    "once": lambda number: number == COUNT // 2,
    "early": lambda number: number < COUNT // 2,
    "late": lambda number: number > COUNT - 100,
    "none": lambda number: False,
}
CAME = {
    "as they were written": lambda numbers: numbers,
    "backwards": lambda numbers: numbers[::-1],
    "in any order": lambda numbers: random.Random(1).sample(numbers, len(numbers)),
    "feed by feed": lambda numbers: sorted(numbers, key=feed_of),
    "the oldest last": lambda numbers: numbers[50:] + numbers[:50],
}


def feed_of(number):
    return number % FEEDS + 1


def fill(db, numbers):
    """Store entries, which were written at the times of these numbers, in this order."""
    profiles.add(db, ME)
    db.executemany(
        "INSERT INTO feed (id, profile, service, node, revision) VALUES (?1, 1, 'x', ?1, 1)",
        [(feed + 1,) for feed in range(FEEDS)],
    )
    db.executemany(
        """INSERT INTO entry (profile, feed, item, title, body, xhtml, author, author_name,
              verified, publisher, published, updated, received, place, tags, links, enclosures,
              answers, comments_service, comments_node, listed, unread, revision)
           VALUES (1, ?2, ?1, 'number ' || ?1, ?3, '', 'you@x', '', 1, 'you@x', ?1, ?1, ?1, ?1,
              '[]', '[]', '[]', '[]', '', '', 1, 0, 1)""",
        [
            (number, feed_of(number), " ".join(word for word, says in SAY.items() if says(number)))
            for number in numbers
        ],
    )


async def filled(path, numbers, ask):
    """Return what `ask` returns of a database in which these entries are."""
    database = await Database.open(path)

    def work(transaction):
        fill(transaction.db, numbers)
        return ask(Ledger(transaction, 1, Contributors()))

    try:
        return await database.write(work)
    finally:
        await database.close()


def pages(view, word, feeds, limit):
    """Return the numbers of all that is found, page by page."""
    found, before, terms = [], 0, words.parse(word)
    while places := store.find(view, terms, (), feeds, before=before, limit=limit):
        page = store.hits(view, places, terms, has_markup=True)
        assert len(page) <= limit
        found += [int(each.id) for each in page]
        before = page[-1].order
    return found


@pytest.mark.parametrize("came", CAME)
async def test_all_pages_together_have_each_once_and_the_newest_first(tmp_path, came):
    numbers = range(1, COUNT + 1)

    def ask(view):
        for word, says in SAY.items():
            for feeds in (None, [1, 3]):
                wanted = [
                    each
                    for each in reversed(numbers)
                    if says(each) and (feeds is None or feed_of(each) in feeds)
                ]
                for limit in (50, 2 * COUNT) if len(wanted) > 99 else (5, 50):
                    assert pages(view, word, feeds, limit) == wanted, (word, feeds, limit)

    await filled(tmp_path / "found.db", CAME[came]([*numbers]), ask)


@pytest.mark.parametrize("query", ["all", "most", '"all most"', "a*", "all once"])
async def test_the_first_are_found_with_no_more_effort_among_many_than_among_few(tmp_path, query):
    async def effort_among(count):
        def ask(view):
            return effort(
                view.db,
                lambda: store.find(view, words.parse(query), (), None, before=0, limit=20),
            )

        return await filled(tmp_path / f"{count}.db", range(1, count + 1), ask)

    assert 0 < await effort_among(MANY) < 1.5 * await effort_among(FEW)


async def test_what_is_unread_costs_no_more_where_much_was_read(tmp_path):
    async def effort_among(count):
        def ask(view):
            view.db.execute("UPDATE entry SET unread = 1 WHERE item IN ('7', '9')")
            first, second = entries.listed(view, None, 50, is_unread=True)
            assert first.place == 9
            assert entries.listed(view, first, 50, is_unread=True) == [second]
            return effort(view.db, lambda: entries.listed(view, None, 50, is_unread=True))

        return await filled(tmp_path / f"{count}.db", range(1, count + 1), ask)

    assert 0 < await effort_among(MANY) < 1.5 * await effort_among(FEW)
