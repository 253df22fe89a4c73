"""Whom one blocks: by command and key, seen where they are listed, and undone."""

from backendd.api.errors import NotSupported
from tests.primitivus.fake import BOB, MIA

JULIET = "juliet@example.org"


def done(account):
    return [call for call in account.calls if call[0] in ("Block", "Unblock", "Deny")]


async def test_whom_one_looks_at_is_blocked_and_unblocked(pilot, account):
    await pilot.command("block")
    await pilot.see(f"{BOB} is blocked; :unblock {BOB} ends that")
    assert done(account) == [("Block", BOB, "")]
    assert "blocked" in pilot.terminal.rows[0]
    await pilot.command("unblock")
    await pilot.see(f"{BOB} is no longer blocked")
    assert "blocked" not in pilot.terminal.rows[0]
    await pilot.command("unblock")
    await pilot.see(f'"{BOB}" is not blocked')


async def test_a_report_may_stand_without_the_address(pilot, account):
    await pilot.command("block spam")
    await pilot.see(f"{BOB} is blocked, and reported for spam")
    await pilot.command(f"block {MIA} abuse")
    await pilot.see(f"{MIA} is blocked, and reported for abuse")
    assert done(account) == [("Block", BOB, "spam"), ("Block", MIA, "abuse")]
    await pilot.command("block")
    await pilot.see(f'"{BOB}" is blocked already')


async def test_the_marked_one_of_a_list_is_blocked_by_a_key(pilot, account):
    await pilot.press("Esc", "F2")
    pilot.state.layout.contacts.marked = pilot.state.account.place(MIA)
    await pilot.press("B")
    await pilot.see("mia (blocked)")
    assert done(account) == [("Block", MIA, "")]
    await pilot.command("conversations on")
    pilot.state.layout.conversations.marked = pilot.state.account.place(BOB)
    await pilot.press("B")
    await pilot.until(lambda: ("Block", BOB, "") in account.calls)


async def test_who_asks_is_denied_and_blocked_at_once(pilot, account):
    account.ask(JULIET)
    await pilot.see(f":accept {JULIET}")
    await pilot.command(f"block {JULIET}")
    await pilot.until(lambda: account.blocked == [JULIET])
    assert done(account) == [("Deny", JULIET), ("Block", JULIET, "")]
    assert not account.requests


async def test_a_whole_server_is_asked_about_first(pilot, account):
    await pilot.command("block example.org")
    await pilot.see("Sure? y/N")
    await pilot.press("Enter")
    await pilot.lose("Sure? y/N")
    assert account.blocked == []
    await pilot.command("block example.org")
    await pilot.see("Sure? y/N")
    await pilot.type("y\n")
    await pilot.see("example.org is blocked")
    assert "blocked" in pilot.terminal.rows[0]
    await pilot.command("unblock")
    await pilot.see("example.org is no longer blocked")


async def test_those_who_are_blocked_are_listed_and_chosen_to_unblock(pilot, account):
    await pilot.command("blocked")
    await pilot.see("nobody is blocked")
    account.block(BOB, "spam.example.org")
    await pilot.until(lambda: pilot.state.account.blocked.listed())
    await pilot.command("blocked")
    await pilot.see("2 blocked")
    await pilot.type("spam\n")
    await pilot.see("spam.example.org is no longer blocked")
    assert account.blocked == [BOB]
    await pilot.type(":unblock bo")
    await pilot.press("Tab")
    assert f"unblock {BOB}" in pilot.screen


async def test_one_is_unblocked_by_name_as_well_but_not_out_of_a_whole_server(pilot, account):
    account.know(MIA, name="Mia M")
    account.block(BOB, MIA)
    await pilot.until(lambda: MIA in pilot.state.account.blocked)
    await pilot.command("unblock bob")
    await pilot.see(f"{BOB} is no longer blocked")
    await pilot.type(":unblock Mi")
    await pilot.press("Tab", "Enter")
    await pilot.see(f"{MIA} is no longer blocked")
    account.block("example.org")
    await pilot.until(lambda: "example.org" in pilot.state.account.blocked)
    await pilot.command("unblock bob")
    await pilot.see('blocked by "example.org"; :unblock example.org ends that')
    await pilot.command("unblock stranger@elsewhere.example")
    await pilot.see("stranger@elsewhere.example is not blocked")


async def test_what_the_server_can_not_do_is_said(pilot, account):
    account.refusal = NotSupported("example.org can't block anybody")
    await pilot.command("block")
    await pilot.see("example.org can't block anybody")
