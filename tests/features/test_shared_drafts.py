"""Drafts that several frontends share: none is sent twice, and none is lost."""

import asyncio

import pytest

from backendd.api.errors import UnknownMessage
from tests.features.test_messages import LIMIT, SOMEBODY, Frontend, M, frontend, options

__all__ = ["frontend"]

OTHER = "other@x.localhost"


@pytest.fixture
async def both(frontend, bus):
    """Two frontends of one profile."""
    other = await Frontend.open(bus.address, frontend.path.rpartition("/")[2])
    other.path = frontend.path
    yield frontend, other
    await other.close()


async def keep(frontend, text, peer=SOMEBODY, **given):
    """Keep a draft; return its id as it is told."""
    await frontend.call(M, "SetDraft", "ssa{sv}", peer, text, options(**given))
    return (await kept(frontend, peer))[1]


async def kept(frontend, peer=SOMEBODY):
    """Return the draft that is kept, and its id."""
    found = await frontend.call(M, "Conversations")
    of_peer = [each for each in found if each["peer"] == peer]
    return next(((each.get("draft", ""), each.get("draft_id", "")) for each in of_peer), ("", ""))


async def send(frontend, body, peer=SOMEBODY, **given):
    return await frontend.call(M, "Send", "ssa{sv}", peer, body, options(**given))


async def bodies(frontend, peer=SOMEBODY):
    return [each["body"] for each in await frontend.messages(peer)]


async def test_a_draft_that_two_frontends_send_at_the_same_moment_goes_out_once(both):
    one, other = both
    draft = await keep(one, "good morning")
    first, second = await asyncio.gather(
        send(one, "good morning", draft=draft, token="a"),
        send(other, "good morning", draft=draft, token="b"),
    )
    assert first == second
    assert await bodies(one) == ["good morning"]
    assert await kept(one) == ("", "")
    for token in "ab":  # an answer that was lost is asked for again
        assert await send(one, "good morning", draft=draft, token=token) == first


async def test_what_is_said_twice_goes_out_twice(frontend):
    first = await keep(frontend, "ok")
    await send(frontend, "ok", draft=first)
    second = await keep(frontend, "ok")
    assert first != second
    await send(frontend, "ok", draft=second)
    await send(frontend, "ok")
    assert await bodies(frontend) == ["ok"] * 3


async def test_what_two_made_of_one_draft_goes_out_both(both):
    one, other = both
    draft = await keep(one, "good")
    await asyncio.gather(
        send(one, "good morning", draft=draft), send(other, "good night", draft=draft)
    )
    assert sorted(await bodies(one)) == ["good morning", "good night"]


async def test_what_was_kept_since_stays_when_an_earlier_draft_is_sent(both):
    one, other = both
    earlier = await keep(one, "good")
    later = await keep(other, "good night")
    await send(one, "good", draft=earlier)
    assert await kept(one) == ("good night", later)
    await send(other, "good night", draft=later)
    assert await bodies(one) == ["good", "good night"]


async def test_a_draft_that_was_taken_away_is_sent_by_who_has_it_still(frontend):
    draft = await keep(frontend, "never mind")
    assert await keep(frontend, "") == ""
    await send(frontend, "never mind", draft=draft)
    assert await bodies(frontend) == ["never mind"]


async def test_a_draft_says_the_same_to_each_whom_it_is_sent_to(frontend):
    draft = await keep(frontend, "dinner is ready")
    await send(frontend, "dinner is ready", draft=draft)
    await send(frontend, "dinner is ready", OTHER, draft=draft)
    assert await bodies(frontend) == await bodies(frontend, OTHER) == ["dinner is ready"]


async def test_who_keeps_a_draft_by_an_id_may_send_it_at_once(frontend):
    assert await keep(frontend, "hello", id="of-mine\x1b") == "of-mine"
    sent = await send(frontend, "hello", draft="of-mine")
    # What is on its way still when it is sent is not kept behind it.
    assert await keep(frontend, "hello", id="of-mine") == ""
    assert await send(frontend, "hello", draft="of-mine") == sent
    assert await keep(frontend, "x" * LIMIT, id="another") == "another"


async def test_what_is_refused_is_a_draft_still(frontend):
    await frontend.call(M, "SetDraft", "ss", SOMEBODY, "hello")
    draft = (await kept(frontend))[1]
    with pytest.raises(UnknownMessage):
        await send(frontend, "hello", draft=draft, reply_to=12345)
    assert await kept(frontend) == ("hello", draft)
    await send(frontend, "hello", draft=draft)
    assert await bodies(frontend) == ["hello"]


async def test_a_draft_is_sent_once_though_the_backend_was_started_anew_between(both, backend):
    one, other = both
    draft = await keep(one, "good morning")
    sent = await send(one, "good morning", draft=draft)
    await backend.kill()
    await backend.start()
    assert await send(other, "good morning", draft=draft) == sent
    assert await bodies(one) == ["good morning"]


async def test_a_draft_that_was_sent_and_discarded_can_be_sent_again(frontend):
    draft = await keep(frontend, "hello")
    sent = await send(frontend, "hello", draft=draft)
    await frontend.call(M, "Discard", "x", sent)
    await send(frontend, "hello", draft=draft)
    assert await bodies(frontend) == ["hello"]
