"""Forms: what they take, what they forget, and that nothing behind them hears keys."""

import pytest

from tests.primitivus.fake import BOB, FakeBackend

KEYMAPS = pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])


@pytest.fixture
async def locked(account, fly):
    """A pilot that is asked for the password of a locked profile."""
    account.password = "open sesame"
    pilot = await fly(ask_password="locked").start(until="have you seen this?")
    await pilot.command("lock")
    await pilot.see("The profile is locked")
    await pilot.command("unlock")
    await pilot.see("Profile alice")
    return pilot


async def test_a_wrong_password_is_not_what_the_right_one_is_appended_to(locked, account):
    await locked.type("zz\n")
    await locked.see("this is not the profile password")
    await locked.type("open sesame\n")
    await locked.until(lambda: account.state == "online")
    assert [call[1] for call in account.calls if call[0] == "Unlock"] == ["zz", "open sesame"]


async def test_a_form_that_is_being_handed_over_takes_no_keys(locked, account):
    account.answers.clear()
    await locked.type("zz\n")
    await locked.see("please wait")
    await locked.type("open ses\n")
    await locked.paste("ame")
    await locked.press("C-u", "F2", "Tab")
    account.answers.set()
    await locked.see("this is not the profile password")
    await locked.type("open sesame\n")
    await locked.until(lambda: account.state == "online")
    await locked.lose("Profile alice")
    assert [call[1] for call in account.calls if call[0] == "Unlock"] == ["zz", "open sesame"]
    # The conversations come behind the form.
    await locked.until(lambda: locked.state.chat is not None)
    assert locked.state.chat.editor.text == ""
    assert not locked.state.settings.contacts


async def test_a_label_longer_than_its_column_is_read_on_several_lines(account, fly):
    pilot = await fly(columns=24, rows=24).start(until="seen this?")
    await pilot.command("change-xmpp-password")
    await pilot.see("again")
    rows = [row.split("│")[1].split() for row in pilot.screen.splitlines() if row.count("│") == 2]
    words = " ".join(word for row in rows for word in row)
    assert "New password New password again" in words


async def test_a_form_that_is_being_handed_over_can_be_left(locked, account):
    account.answers.clear()
    await locked.type("zz\n")
    await locked.see("please wait")
    await locked.press("Esc")
    await locked.lose("please wait")
    account.answers.set()


async def test_only_what_was_wrong_is_asked_for_anew_where_that_is_known(pilot, account):
    account.protect("old")
    await pilot.until(lambda: pilot.state.account.profile.has_password)
    await pilot.command("password")
    await pilot.type("old\none\ntwo\n")
    await pilot.see("the two new passwords differ")
    await pilot.type("odl\none\none\n")
    await pilot.see("the present profile password is another one")
    await pilot.type("old\n\n\n")
    await pilot.until(lambda: account.password == "one")


async def test_a_backend_that_goes_meanwhile_is_said_in_the_form(pilot, fake):
    await pilot.command("xmpp-password")
    await pilot.see("Password of alice@example.org")
    await fake.crash()
    await pilot.see("No backend since")
    await pilot.type("open sesame\n")
    await pilot.see("is not running")
    assert pilot.state.view.popup.current.editor.text == ""
    assert not pilot.state.view.popup.is_busy


async def test_a_password_is_not_asked_for_while_nobody_could_take_it(locked, fake, account, bus):
    await locked.type("open ses")
    await fake.crash()
    await locked.see("No backend since")
    await locked.lose("Profile alice")
    again = FakeBackend(bus.address)
    again.profile = account
    await again.start()
    await locked.see("Profile alice")
    await locked.type("open sesame\n")
    await locked.see("have you seen this?")
    await locked.end()
    await again.stop()


@KEYMAPS
async def test_no_key_on_the_button_goes_to_what_lies_behind(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("Esc", "M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("xmpp-password\n")
    await pilot.see("Password of alice@example.org")
    await pilot.press("Tab")
    before = pilot.state.view, pilot.state.settings, pilot.state.layout.focus
    await pilot.type(":G/i0jkad x2")
    await pilot.press("C-n", "F2", "PageUp", "C-p", "C-f", "e")
    assert pilot.state.view.popup is before[0].popup
    assert (pilot.state.view.mode, pilot.state.layout.focus) == (before[0].mode, before[2])
    assert pilot.state.settings == before[1]
    await pilot.press("S-Tab")
    await pilot.type("secret\n")
    await pilot.until(lambda: ("SetXmppPassword", "secret") in account.calls)
    await pilot.lose("Password of alice@example.org")
    assert "COMMAND" not in pilot.screen


async def test_help_lies_over_a_form_and_gives_it_back(pilot, account):
    await pilot.command("xmpp-password")
    await pilot.type("sec")
    await pilot.press("F1")
    await pilot.see("Most needed here")
    await pilot.press("Esc")
    await pilot.see("Password of alice@example.org")
    await pilot.type("ret\n")
    await pilot.until(lambda: ("SetXmppPassword", "secret") in account.calls)


async def test_a_text_to_read_hides_the_panes_from_keys_that_move(pilot):
    await pilot.press("Esc")
    await pilot.command("signs")
    await pilot.press("C-Left")
    await pilot.press("Esc")
    assert pilot.state.layout.focus == "input"
    assert pilot.state.layout.place.peer == BOB
