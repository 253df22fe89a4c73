"""What is not sent, of all conversations at once."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument
from backendd.features.messages import unsent
from tests.features.test_messages import SOMEBODY, frontend, options

__all__ = ["frontend"]

M = names.MESSAGES
OTHER = "other@x.localhost"


async def listed(frontend, **wanted):
    found = await frontend.call(M, "Unsent", "a{sv}", options(**wanted))
    return [(each["peer"], each["body"], each["state"]) for each in found]


async def test_what_waits_is_listed_oldest_first_until_it_is_out_or_has_failed(frontend):
    assert await listed(frontend) == []
    for peer, body in ((SOMEBODY, "one"), (OTHER, "two"), (SOMEBODY, "three")):
        await frontend.send(peer, body)
    waiting = [(SOMEBODY, "one"), (OTHER, "two"), (SOMEBODY, "three")]
    assert await listed(frontend) == [(*each, "pending") for each in waiting]
    assert await listed(frontend, limit=("u", 1)) == [(SOMEBODY, "three", "pending")]
    # Nobody can reach that server: what was sent there comes back.
    await frontend.call(names.PROFILE, "Connect")
    await frontend.until(
        lambda: (
            sum(each["state"] == "failed" for _, some in frontend.of("Changed") for each in some)
            >= len(waiting)
        )
    )
    found = await listed(frontend)
    assert found == [(*each, "failed") for each in waiting]


async def test_what_is_discarded_is_listed_no_more(frontend):
    first = await frontend.send(SOMEBODY, "one")
    await frontend.send(SOMEBODY, "two")
    await frontend.call(M, "Discard", "x", first)
    assert await listed(frontend) == [(SOMEBODY, "two", "pending")]


async def test_what_waits_with_somebody_whose_conversation_is_closed_is_listed(frontend):
    await frontend.send(SOMEBODY, "one")
    await frontend.call(M, "Close", "s", SOMEBODY)
    assert await listed(frontend) == [(SOMEBODY, "one", "pending")]


@pytest.mark.parametrize("limit", [0, 501])
async def test_a_limit_that_is_none_is_refused(frontend, limit):
    with pytest.raises(InvalidArgument):
        await listed(frontend, limit=("u", limit))


async def test_it_is_found_without_looking_through_all_messages(make_home):
    home = await make_home()
    steps = []

    def look(view):
        run, view.db = view.db, _Explaining(view.db, steps)
        try:
            return unsent.load(view, 5)
        finally:
            view.db = run

    await home.session.home.store.read(look)
    assert any("message_unsent" in each for each in steps)


class _Explaining:
    def __init__(self, db, steps):
        self._db, self._steps = db, steps

    def execute(self, query, arguments=()):
        plan = self._db.execute(f"EXPLAIN QUERY PLAN {query}", arguments)
        self._steps += [row[3] for row in plan]
        return self._db.execute(query, arguments)
