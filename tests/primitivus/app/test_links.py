"""Links that are opened; nothing goes out by itself."""

import pytest

from backendd.api.records import Attachment
from primitivus.__main__ import EXIT_USAGE, main
from primitivus.model.rooms.rooms import Rooms
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


async def test_what_a_link_asks_for_is_written_as_a_command_of_the_profile_that_it_names(
    fake, account, fly
):
    fake.add_profile("work", jid="work@example.org").know(MIA)
    pilot = await fly().start(until="have you seen this?")
    await pilot.until(lambda: len(pilot.state.accounts.opened()) == 2)
    await pilot.command("open xmpp://work@example.org/gateway.example.org?register")
    await pilot.see(":register gateway.example.org")
    assert pilot.state.account.profile.name == "work"
    await pilot.press("Esc")
    await pilot.command("open xmpp://nobody@example.org/bob@example.org")
    await pilot.see('no profile here is "nobody@example.org"')


async def test_the_group_that_a_link_names_is_not_passed_over(pilot):
    await pilot.command("open xmpp:guido@example.org?roster;name=Guido;group=Old%20friends")
    await pilot.see(":add guido@example.org Guido")
    await pilot.see("the group Old friends is up to you: :group 'Old friends'")


@pytest.mark.parametrize("text", ["notalink", "-h", "two words: here"])
async def test_what_is_no_link_is_called_that_and_not_opened(desktop, pilot, text):
    await pilot.command(f"open {text}")
    await pilot.see(f'"{text}" isn\'t a link')
    assert not desktop.exists()


async def test_somebody_is_invited_to_a_room_where_one_is(pilot, account):
    await pilot.command("open xmpp:cave@rooms.example.org?invite;jid=ann@example.org")
    await pilot.see('you are not in "cave@rooms.example.org": :join')
    account.enter("cave@rooms.example.org")
    await pilot.until(lambda: pilot.state.account.of(Rooms).is_in("cave@rooms.example.org"))
    await pilot.command("open xmpp:cave@rooms.example.org?invite;jid=ann@example.org")
    await pilot.see(":invite ann@example.org")
    assert pilot.state.layout.place.peer == "cave@rooms.example.org"


async def test_the_link_of_a_message_is_opened_by_a_key(pilot, account):
    account.message(BOB, "join us: xmpp:room@rooms.example.org?join, all of you")
    await pilot.see("all of you")
    await pilot.press("Esc", "v", "o")
    await pilot.see(":join room@rooms.example.org")


async def test_of_several_links_one_is_chosen(pilot, account):
    account.message(BOB, f"https://example.org/a or xmpp:{MIA}")
    account.message(BOB, "neither")
    await pilot.see("neither")
    await pilot.command("open")
    await pilot.see("─ Open ─")
    await pilot.press("Down", "Enter")
    await pilot.until(lambda: pilot.state.layout.place.peer == MIA)


TWO = f"https://example.org/a (or xmpp:{MIA}), but not\nhttps://example.org/a"


async def test_the_links_of_the_selected_message_have_numbers(desktop, pilot, account):
    file = "https://files.example.org/a.jpg"
    said = f"{TWO}\n{file}"
    account.message(BOB, said, more={"attachments": [Attachment(name="a.jpg", url=file)]})
    await pilot.see("a.jpg")
    assert "[1]" not in pilot.screen
    await pilot.press("Esc", "v")
    await pilot.see(f"https://example.org/a [1] (or xmpp:{MIA} [2]), but not")
    assert "a.jpg [3]" in pilot.screen
    await pilot.command("open 1")
    await pilot.see("opened https://example.org/a")
    await pilot.command("copy-link 3")
    await pilot.until(lambda: pilot.terminal.copied == [file])
    await pilot.command("open 4")
    await pilot.see("no link here has the number 4: the last is 3")
    await pilot.command("open 0")
    await pilot.see("no link here has the number 0: the last is 3")
    await pilot.press("Esc")
    await pilot.lose("[1]")


async def test_in_the_list_of_links_a_number_chooses_one(pilot, account):
    account.message(BOB, TWO)
    await pilot.see("but not")
    await pilot.command("open")
    await pilot.see("[1] https://example.org/a")
    await pilot.type("2")
    await pilot.lose("[1] https")
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.state.layout.place.peer == MIA)


async def test_a_link_that_fits_into_a_row_stays_whole_with_its_number(account, fly):
    pilot = await fly(columns=44, rows=12).start(until="have you seen")
    column, _ = pilot.find("have you seen")
    link = "https://example.org/".ljust(44 - column, "x")
    account.message(BOB, f"see {link}, now")
    await pilot.see(link)
    await pilot.press("Esc", "v")
    await pilot.see("[1], now")
    assert link in pilot.screen
    await pilot.press("Up")
    await pilot.lose("[1]")


async def test_of_a_text_over_the_screen_its_link_is_opened(desktop, pilot, account):
    url = "https://files.example.org/a.jpg"
    account.message(BOB, url, more={"attachments": [Attachment(name="a.jpg", url=url)]})
    account.message(BOB, "https://example.org/newer")
    await pilot.see("newer")
    await pilot.press("Esc", "v", "Up")
    await pilot.command("details")
    await pilot.see("address")
    await pilot.press("o")
    await pilot.see(f"opened {url}")
    assert desktop.read_text() == f"{url}\n"


async def test_of_what_a_search_has_found_the_link_of_the_chosen_is_opened(pilot, account):
    account.message(MIA, "tea at xmpp:room@rooms.example.org?join")
    account.message(BOB, "tea, xmpp:another@rooms.example.org?join")
    await pilot.command("search tea")
    await pilot.see("Search: tea")
    await pilot.press("Down", "o")
    await pilot.see(":join room@rooms.example.org")


async def test_where_no_message_has_a_link_that_of_the_topic_is_opened(desktop, pilot, account):
    garden = "garden@rooms.example.org"
    account.enter(garden, "me", subject="rules: https://example.org/rules")
    await pilot.command(f"chat {garden}")
    await pilot.command("open")
    await pilot.see("opened https://example.org/rules")


async def test_the_links_here_are_completed(pilot, account):
    account.message(BOB, "https://example.org/old and https://example.org/new")
    await pilot.see("/new")
    await pilot.press("Esc")
    await pilot.type(":open https://example.org/")
    await pilot.press("Tab")
    await pilot.see(":open https://example.org/old")


async def test_a_message_without_a_link_says_so(pilot):
    await pilot.press("Esc", "v", "o")
    await pilot.see("this message has no link")
    await pilot.press("Esc")
    await pilot.command("open")
    await pilot.see("no message here has a link")


async def test_other_links_are_opened_by_the_desktop(desktop, pilot):
    await pilot.command("open https://example.org/a?b=c;d='$(e)'")
    await pilot.see("opened https://example.org/a")
    assert desktop.read_text() == "https://example.org/a?b=c;d='$(e)'\n"


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "aesgcm://a/b"])
async def test_what_could_be_more_than_a_link_is_not_opened(desktop, pilot, link):
    await pilot.command(f"open {link}")
    await pilot.see("are not opened from here")
    assert not desktop.exists()


async def test_without_a_desktop_a_link_is_copied(pilot, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    await pilot.command("open https://example.org/a")
    await pilot.see("no desktop is here to open it; copied: https://example.org/a")
    assert pilot.terminal.copied == ["https://example.org/a"]


async def test_what_is_no_address_is_said(pilot):
    await pilot.command("open xmpp:bob%4")
    await pilot.see("hexadecimal")


async def test_an_address_on_the_command_line_is_opened_at_the_start(account, fly):
    pilot = await fly(address="xmpp:room@rooms.example.org/al%20ice?join").start()
    await pilot.see(":join room@rooms.example.org 'al ice'")


def test_an_address_that_is_none_is_refused_before_anything_starts(capsys):
    assert main(["xmpp:bob%4"]) == EXIT_USAGE
    assert "two hexadecimal digits" in capsys.readouterr().err
