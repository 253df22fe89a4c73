"""Addresses that are opened; nothing goes out by itself."""

from primitivus.__main__ import EXIT_USAGE, main
from tests.primitivus.fake import BOB, MIA


async def test_a_conversation_opens_with_a_text_to_send(pilot, account):
    await pilot.command(f"open xmpp:{MIA}?message;body=see%20you")
    await pilot.see("> see you")
    assert pilot.state.conversation.place.peer == MIA
    assert not [call for call in account.calls if call[0] == "Send"]


async def test_what_one_has_begun_to_write_is_left(pilot):
    await pilot.type("half a")
    await pilot.command(f"open xmpp:{BOB}?message;body=see%20you")
    await pilot.see("what you have begun")
    assert "> half a" in pilot.screen


async def test_a_room_is_joined_only_by_the_user(pilot, account):
    await pilot.command("open xmpp:room@rooms.example.org?join")
    await pilot.see(":join room@rooms.example.org")
    assert not [call for call in account.calls if call[0] == "Join"]


async def test_what_is_no_address_is_said(pilot):
    await pilot.command("open xmpp:bob%4")
    await pilot.see("hexadecimal")


async def test_an_address_on_the_command_line_is_opened_at_the_start(account, fly):
    pilot = await fly(address="xmpp:room@rooms.example.org/al%20ice?join").start()
    await pilot.see(":join room@rooms.example.org 'al ice'")


def test_an_address_that_is_none_is_refused_before_anything_starts(capsys):
    assert main(["xmpp:bob%4"]) == EXIT_USAGE
    assert "two hexadecimal digits" in capsys.readouterr().err
