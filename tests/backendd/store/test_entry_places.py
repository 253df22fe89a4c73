"""Where entries of one second stand: no two of a profile at one place."""

import random

import pytest

from backendd.store import entry_places
from tests.backendd.store.test_entries_found import FEEDS, feed_of, filled

COUNT = 60


@pytest.mark.parametrize("seed", range(5))
async def test_what_is_put_in_order_takes_no_place_of_another_blog(tmp_path, seed):
    numbers = [*range(1, COUNT + 1)]
    chance = random.Random(seed)

    def ask(ledger):
        for feed in range(1, FEEDS + 1):
            wanted = [str(each) for each in numbers if feed_of(each) == feed]
            chance.shuffle(wanted)
            entry_places.arrange(ledger, feed, wanted)
            listed = ledger.db.execute(
                "SELECT item FROM entry WHERE feed = ? ORDER BY place DESC", (feed,)
            )
            assert [item for (item,) in listed] == wanted
        (places,) = ledger.db.execute("SELECT count(DISTINCT place) FROM entry").fetchone()
        assert places == COUNT

    await filled(tmp_path / "places.db", numbers, ask)
