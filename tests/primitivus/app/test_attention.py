"""Being called, and calling others."""

from backendd.api.errors import NotConnected
from tests.primitivus.fake import BOB, MIA

CALLED = {"attention": True}


async def test_a_call_rings_where_mentions_alone_do_and_where_one_looks(pilot, account):
    account.message(MIA, "before")
    account.converse(MIA, notify="mentions")
    await pilot.until(lambda: pilot.state.account.conversation(MIA).notify == "mentions")
    before = pilot.terminal.rung
    account.message(MIA, "asks for attention", type="system", more=CALLED)
    await pilot.until(lambda: pilot.terminal.rung == before + 1)
    account.message(BOB, "asks for attention", type="system", more=CALLED)
    await pilot.until(lambda: pilot.terminal.rung == before + 2)
    await pilot.see("[asks for attention]")


async def test_a_muted_conversation_does_not_ring_by_calls(pilot, account):
    account.message(MIA, "before")
    account.converse(MIA, notify="none")
    await pilot.until(lambda: pilot.state.account.conversation(MIA).notify == "none")
    before = pilot.terminal.rung
    account.message(MIA, "asks for attention", type="system", more=CALLED)
    await pilot.until(lambda: pilot.state.account.conversation(MIA).unread == 2)
    assert pilot.terminal.rung == before


async def test_what_is_told_of_a_message_once_more_does_not_ring(pilot, account):
    message = account.message(MIA, "asks for attention", type="system", more=CALLED)
    await pilot.until(lambda: pilot.terminal.rung == 1)
    account.change(message.id, more={**CALLED, "reactions": {"👍": [MIA]}})
    account.message(MIA, "and this")
    await pilot.until(lambda: pilot.terminal.rung == 2)


async def test_one_calls_whom_one_writes_to_or_somebody_by_name(pilot, account):
    await pilot.type("/buzz\n")
    await account.called("Attention", BOB)
    await pilot.see("bob was called for: their program may ring")
    await pilot.command(f"attention {MIA}")
    await account.called("Attention", MIA)


async def test_a_call_that_can_not_be_made_is_told(pilot, account):
    account.refusal = NotConnected("you are offline")
    await pilot.type("/buzz\n")
    await pilot.see("you are offline")


async def test_a_quiet_time_that_can_not_be_says_why(pilot):
    await pilot.command("quiet-time 22:30 7")
    await pilot.see("only whole hours are kept")
    await pilot.command("quiet-time 7 7")
    await pilot.see("from 7 to 7 is no time at all")
