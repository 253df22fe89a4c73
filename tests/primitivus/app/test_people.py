"""Contacts and requests: adding, naming, asking, answering, and what is told of it."""

ARTAGNAN = r"d\27artagnan\40home@example.org"


async def test_an_address_with_escapes_is_opened_as_typed_and_its_meaning_shown(pilot, account):
    await pilot.command(f"chat {ARTAGNAN}")
    await pilot.until(lambda: pilot.state.view.peer == ARTAGNAN)
    assert "d'artagnan@home" in pilot.terminal.rows[0]
    assert ARTAGNAN in pilot.terminal.rows[0]
    account.ask(r"o\27hara@example.org")
    await pilot.see(r"o\27hara@example.org (o'hara) asks to see your presence")
    await pilot.press("Esc", "C-p")
    await pilot.type("dart")
    assert f"d'artagnan@home  {ARTAGNAN}" in pilot.screen
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.state.view.popup is None)
    assert pilot.state.view.peer == ARTAGNAN
