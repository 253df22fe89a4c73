"""Removing what is older than the user wants to keep."""

import pytest

from backendd.api import names
from backendd.core.messages import ConversationsChanged, MessagesRemoved
from backendd.features.history.service import DAY_US, History

PEER = "a@x.localhost"


async def filled(home, count, *, old):
    """Store `count` messages, the first `old` of them two days old."""
    for number in range(count):
        await home.send(PEER, f"m{number}")
    await home.execute("DELETE FROM outbox")
    await home.execute("UPDATE message SET state = 'sent'")
    await home.execute("UPDATE message SET time = time - ? WHERE id <= ?", 2 * DAY_US, old)


async def prune(home):
    object.__setattr__(home.config.history, "keep_days", 1)
    (part,) = [each for each in home.session.parts if isinstance(each, History)]
    return await part.prune()


async def test_old_messages_are_removed_in_parts_and_told(make_home, monkeypatch):
    monkeypatch.setattr("backendd.features.history.store.REMOVED", 3)
    monkeypatch.setattr("backendd.features.history.store.SEARCHED", 4)
    home = await make_home()
    await filled(home, 12, old=10)
    home.hub.events.clear()
    assert await prune(home) == 10
    assert await home.bodies(PEER) == ["m10", "m11"]
    gone = [each for event in home.hub.of(MessagesRemoved) for each in event.ids]
    assert gone == list(range(1, 11))
    assert home.hub.of(ConversationsChanged)
    _, page = await home.call(names.MESSAGES, "changes", 0, {})
    assert page["removed"] == gone


async def test_what_waits_to_be_sent_or_for_the_user_stays(make_home):
    home = await make_home()
    await filled(home, 3, old=3)
    await home.execute("UPDATE message SET state = 'pending' WHERE id = 1")
    await home.execute("UPDATE message SET state = 'failed' WHERE id = 2")
    assert await prune(home) == 1
    assert await home.bodies(PEER) == ["m0", "m1"]


async def test_it_is_done_at_the_start_and_not_at_all_unless_asked_for(make_home):
    kept = await make_home()
    await filled(kept, 1, old=1)
    await kept.leave()
    await kept.come_back()
    home = await make_home(keep_days=1)
    await filled(home, 2, old=1)
    await home.leave()
    await home.come_back()
    await home.until(lambda: home.hub.of(MessagesRemoved))
    assert await home.bodies(PEER) == ["m1"]
    assert await kept.bodies(PEER) == ["m0"]


@pytest.mark.parametrize("limit", [2, 3, 500])
async def test_changes_and_removals_come_in_parts_without_a_hole(make_home, limit):
    home = await make_home()
    await filled(home, 7, old=4)
    await prune(home)
    await home.send(PEER, "last")
    seen, removed, since, more = set(), [], 0, True
    while more:
        found, page = await home.call(names.MESSAGES, "changes", since, {"limit": limit})
        seen |= {message.body for message in found}
        removed += page["removed"]
        assert page["revision"] > since
        since, more = page["revision"], page["more"]
    assert seen == {"m4", "m5", "m6", "last"}
    assert removed == [1, 2, 3, 4]


async def test_what_changed_since_tells_the_newest_message_of_closed_conversations_as_well(
    make_home,
):
    home = await make_home()
    assert (await home.call(names.MESSAGES, "changes", 0, {}))[1]["newest"] == 0
    newest = await home.send(PEER, "last")
    await home.call(names.MESSAGES, "close", PEER)
    for since in (0, 2**62):
        _, page = await home.call(names.MESSAGES, "changes", since, {})
        assert page["newest"] == newest
