"""What is not sent, of all conversations at once: listed, sent once more, and given up."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, InvalidJid, NotAllowed, ProfileLocked
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


async def send_three(frontend):
    """Return the ids of what is sent to nobody who can be reached, and fails with that."""
    sent = [(SOMEBODY, "one"), (OTHER, "two"), (SOMEBODY, "three")]
    ids = [await frontend.send(*each) for each in sent]
    await frontend.call(names.PROFILE, "Connect")
    await frontend.until(lambda: len(failed(frontend)) == len(ids))
    await frontend.call(names.PROFILE, "Disconnect")
    return ids


def failed(frontend):
    """Return the ids of what was told to have failed."""
    told = [each for _, some in frontend.of("Changed") for each in some]
    return {each["id"] for each in told if each["state"] == "failed"}


async def test_one_conversation_can_be_asked_for_and_what_has_failed_alone(frontend):
    await send_three(frontend)
    await frontend.send(SOMEBODY, "four")
    assert await listed(frontend, peer=("s", OTHER)) == [(OTHER, "two", "failed")]
    found = await listed(frontend, peer=("s", SOMEBODY), state=("s", "failed"))
    assert found == [(SOMEBODY, "one", "failed"), (SOMEBODY, "three", "failed")]
    assert await listed(frontend, state=("s", "pending")) == [(SOMEBODY, "four", "pending")]
    with pytest.raises(InvalidArgument):
        await listed(frontend, state=("s", "sent"))


async def test_all_that_failed_goes_out_once_more_of_one_conversation_or_of_all(frontend):
    await send_three(frontend)
    assert await frontend.both("RetryFailed", "s", SOMEBODY) == [2, []]
    waiting = [(SOMEBODY, "one", "pending"), (OTHER, "two", "failed")]
    assert await listed(frontend) == [*waiting, (SOMEBODY, "three", "pending")]
    assert await frontend.both("RetryFailed", "s", "") == [1, []]
    assert {state for *_, state in await listed(frontend)} == {"pending"}
    assert await frontend.both("RetryFailed", "s", "") == [0, []]


async def test_of_what_failed_those_alone_that_are_named(frontend):
    first, second, third = await send_three(frontend)
    some, others = options(ids=("ax", [third, 99])), options(ids=("ax", [first, third]))
    assert await frontend.both("RetryFailed", "sa{sv}", "", some) == [1, []]
    assert await frontend.call(M, "DiscardFailed", "sa{sv}", "", others) == 1
    assert await frontend.both("RetryFailed", "sa{sv}", "", options(ids=("ax", []))) == [0, []]
    expected = [(OTHER, "two", "failed"), (SOMEBODY, "three", "pending")]
    assert await listed(frontend) == expected
    assert second in failed(frontend)


async def test_what_cannot_go_out_again_stays_as_it_is_and_is_told(make_home):
    home = await make_home()
    ids = [await home.send(SOMEBODY, body) for body in ("one", "two", "three")]
    await home.execute("UPDATE message SET state = 'failed', error_text = 'before'")
    await home.execute("DELETE FROM outbox")
    await home.execute("UPDATE message SET type = 'system' WHERE id = ?", ids[1])
    retried, refused = await home.call(M, "retry_failed", SOMEBODY)
    ((id, name, why),) = refused
    assert (retried, id, name) == (2, ids[1], NotAllowed.name)
    assert "the backend wrote this one" in why
    found = {each.id: (each.state, each.error[1]) for each in await home.messages(SOMEBODY)}
    assert found == {ids[0]: ("pending", ""), ids[1]: ("failed", "before"), ids[2]: ("pending", "")}


async def test_all_that_failed_is_discarded_and_what_waits_stays(frontend):
    await send_three(frontend)
    await frontend.send(SOMEBODY, "four")
    assert await frontend.call(M, "DiscardFailed", "s", SOMEBODY) == 2
    assert await listed(frontend) == [(OTHER, "two", "failed"), (SOMEBODY, "four", "pending")]
    assert await frontend.call(M, "DiscardFailed", "s", "") == 1
    assert await frontend.call(M, "DiscardFailed", "s", "") == 0
    assert await listed(frontend) == [(SOMEBODY, "four", "pending")]


@pytest.mark.parametrize("member", ["RetryFailed", "DiscardFailed"])
async def test_whose_can_not_be_told_is_refused_and_so_is_what_is_locked(frontend, member):
    with pytest.raises(InvalidJid):
        await frontend.call(M, member, "s", "@")
    await frontend.call(names.PROFILE, "Lock")
    with pytest.raises(ProfileLocked):
        await frontend.call(M, member, "s", "")


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
