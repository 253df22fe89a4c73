"""Screens of any size: what shows beside what, and what is focused."""

import re

import pytest

from backendd.api.records import Info
from primitivus.widgets.areas import MIN_COLUMNS, MIN_ROWS
from tests.primitivus.fake import BOB, MIA, Entity

SMALL = [(MIN_COLUMNS, MIN_ROWS), (20, 5), (40, 12), (59, 40)]
FULL = [(60, 16), (120, 35), (200, 50)]
LONG = "lorem ipsum dolor " * 30


def ends(pilot, text):
    """Return the columns where rows with `text` end."""
    return [len(row.rstrip()) for row in pilot.terminal.rows if text in row]


def pane(pilot):
    """Return what the terminal shows of the messages."""
    return [row.rpartition("│")[2] for row in pilot.terminal.rows]


@pytest.mark.parametrize("size", SMALL)
async def test_a_small_screen_is_all_chat_or_all_list(account, fly, size):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="yes")
    assert "Conversations" not in pilot.screen
    await pilot.type("hello")
    assert "> hello" in pilot.terminal.rows[-1]
    await pilot.press("Esc", "C-Left")
    assert "Conversations" in pilot.screen
    assert "bob" in pilot.screen
    assert "✓✓" not in pilot.screen
    await pilot.press("j", "Enter")
    await pilot.see("older one")
    assert "Conversations" not in pilot.screen


async def test_a_text_that_just_fills_the_only_row_of_the_input_is_in_sight(account, fly):
    pilot = await fly(columns=20, rows=5).start(until="yes")
    full = "x" * (20 - len(" > ") - 1)
    await pilot.type(full)
    assert pilot.terminal.rows[-1] == f" > {full} "
    assert pilot.terminal.cursor == (19, 4)


async def test_what_is_said_has_all_columns_where_there_are_few(account, fly):
    pilot = await fly(columns=20, rows=5).start(until="yes")
    await pilot.command("open nothing")
    await pilot.until(lambda: "NORMAL" not in pilot.screen and "INSERT" not in pilot.screen)
    assert pilot.state.notice is not None
    said = " ".join(" ".join(pilot.terminal.rows[1:-1]).split())
    assert said.endswith(pilot.state.notice.text[-20:].strip())


@pytest.mark.parametrize("size", [(60, 16), (20, 12)])
@pytest.mark.parametrize("line", ["help", "set", "signs", "vcard"])
async def test_what_is_longer_than_the_screen_says_that_there_is_more(account, fly, size, line):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="yes")
    await pilot.command(line)
    await pilot.until(lambda: re.search(r"↓ \d+", pilot.screen))
    await pilot.press(*("Tab",) * 9 if line == "vcard" else ("PageDown",))
    await pilot.until(lambda: re.search(r"↑ \d+", pilot.screen))


async def test_a_list_with_more_than_shows_has_signs_for_it_in_its_title(account, fly):
    for number in range(30):
        account.know(f"friend{number:02}@example.org", show="")
    pilot = await fly(columns=60, rows=16).start(until="yes")
    await pilot.press("F2")
    await pilot.see("Contacts 2/32↓")
    pilot.resize(120, 16)
    await pilot.press(*("Down",) * 16)
    await pilot.until(lambda: re.search(r"Contacts 2/32 +↑↓$", pilot.screen, re.MULTILINE))
    await pilot.press("G")
    await pilot.until(lambda: re.search(r"Contacts 2/32 +↑$", pilot.screen, re.MULTILINE))


@pytest.mark.parametrize(
    ("line", "title"),
    [("services", "Services"), ("search seen", "Search"), ("transfers", "Files")],
)
async def test_a_pane_with_more_than_shows_has_signs_for_it_in_its_title(account, fly, line, title):
    features = [f"urn:example:{number}" for number in range(30)]
    account.entities = {("example.org", ""): Entity(Info(features=features))}
    for number in range(30):
        account.message(MIA, f"seen {number}", tell=False)
        account.transfer(id=number + 1, name=f"{number}.txt", state="done", size=1)
    pilot = await fly(columns=60, rows=16).start(until="Conversations")
    await pilot.command(line)
    if line == "services":
        await pilot.see("30 features")
        await pilot.command("services-features")
    await pilot.until(lambda: re.search(f"{title}.*↓", pilot.screen))
    await pilot.press(*("Down",) * 30)
    await pilot.until(lambda: re.search(f"{title}.*↑", pilot.screen))


@pytest.mark.parametrize("size", FULL)
async def test_a_screen_of_60_columns_has_list_and_chat(account, fly, size):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="have you seen this?")
    assert "Conversations" in pilot.screen
    assert "mia" in pilot.screen


@pytest.mark.parametrize("size", SMALL + FULL)
async def test_every_size_is_used_whole_and_by_nothing_else(account, fly, size):
    pilot = await fly(columns=size[0], rows=size[1]).start()
    await pilot.until(lambda: pilot.terminal.frames)
    account.become("waiting", ("HostUnreachable", "nobody answers at all " * 5))
    await pilot.until(lambda: pilot.state.account.profile.state == "waiting")
    for key in ("F1", "Esc", "F2", "Esc", "C-Left", "C-Right", "C-p"):
        await pilot.press(key)
        assert len(pilot.terminal.rows) == size[1]
    pilot.state.complain("something long that went wrong and is told " * 5)
    await pilot.press("Esc")
    assert len(pilot.terminal.rows) == size[1]


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24)])
@pytest.mark.parametrize("state", ["waiting", "offline"])
async def test_what_helps_is_seen_however_much_is_wrong(account, fly, size, state):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="yes")
    account.become(state, ("AuthenticationFailed", "the server refused the password " * 9), 1)
    await pilot.until(lambda: pilot.state.account.profile.state == state)
    await pilot.see(":connect")
    assert ":xmpp-password" in pilot.screen
    assert ":account" in pilot.screen
    assert "the server refused" in pilot.screen or size[0] < 60


@pytest.mark.parametrize("size", SMALL)
async def test_a_popup_can_be_used_on_a_small_screen(account, fly, size):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="yes")
    await pilot.press("Esc", "C-p")
    await pilot.type("mi")
    assert "mia" in pilot.screen
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.state.layout.place.peer == MIA)


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_all_of_a_chosen_entry_that_is_cut_stands_below_the_list(account, fly, size):
    for number in range(3):
        account.ask(f"friend{number}@example.org", "we met at the gate of the garden on Sunday")
    pilot = await fly(columns=size[0], rows=size[1]).start(until="yes")
    await pilot.command("requests")
    await pilot.see("Waiting for your answer")
    assert not pilot.shows(":deny friend1@example.org")
    await pilot.press("Down")
    rows = len(pilot.terminal.rows)
    await pilot.see(":deny friend1@example.org")
    assert len(pilot.terminal.rows) == rows


async def test_a_command_that_is_completed_is_explained_whole(account, fly):
    pilot = await fly(columns=60, rows=16).start(until="yes")
    await pilot.press("Esc")
    await pilot.type(":blog-")
    await pilot.press("Tab")
    await pilot.see("alone, tell whom it is for now.")


async def test_what_keys_do_in_a_list_stands_there_at_any_width(account, fly):
    account.follow(BOB)
    pilot = await fly(columns=60, rows=16).start(until="yes")
    await pilot.command("followed")
    await pilot.see("Delete follows it no more; Insert mutes")


async def test_a_form_shows_its_button_where_it_needs_blank_rows_for_that(fake, fly):
    pilot = await fly(columns=60, rows=16).start(until="Welcome")
    await pilot.see("[ Make it ]")
    pilot.resize(60, 30)
    await pilot.see("[ Make it ]")


async def test_what_waits_is_told_in_few_columns_without_half_a_number(account, fly):
    account.message(MIA, "tea?", tell=False)
    account.message(BOB, "yes, yes", out=True, tell=False)
    for peer in (MIA, BOB):
        account.record(peer)
    account.ask("friend@example.org")
    account.invite("den@rooms.example.org", BOB)
    account.follow(BOB)
    account.write(BOB, "one", title="On trains", unread=True)
    account.write(BOB, "two", title="On ships", unread=True)
    account.warn("the archive is away")
    pilot = await fly(columns=140).start(until="yes")
    await pilot.see("1 unread  2 unread posts  1 request  1 invitation")
    pilot.resize(60, 16)
    await pilot.see("1 unread  2 posts  2 to answer")
    pilot.resize(50, 16)
    await pilot.see("1 unread  2 posts  …")
    pilot.resize(70, 16)
    await pilot.see("1 unread  2 posts  2 to answer  1 warning")


@pytest.mark.parametrize("line", ["contacts", f"vsplit {MIA}"])
async def test_no_message_touches_the_line_beside_it(account, fly, line):
    account.message(BOB, LONG.replace(" ", ""))
    pilot = await fly(columns=120, rows=35).start(until="lorem")
    await pilot.command(line)
    await pilot.until(lambda: re.search("[│┃] *▸(Contacts|mia)", pilot.screen))
    assert pilot.shows("lorem")
    assert not re.search("[a-z][│┃]", "\n".join(pilot.terminal.rows[2:-2]))


@pytest.mark.parametrize("size", [(50, 20), (30, 8), (100, 30)])
async def test_a_list_that_is_opened_has_the_focus(account, fly, size):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="yes")
    await pilot.type("a draft")
    await pilot.press("F2")
    assert "Contacts" in pilot.screen
    assert pilot.state.focus == "contacts"
    assert pilot.state.layout.contacts.marked.peer
    assert "NORMAL" in pilot.screen
    await pilot.press("F2")
    assert "Contacts" not in pilot.screen
    assert pilot.state.focus == "input"


@pytest.mark.parametrize("size", [(50, 20), (30, 8)])
async def test_a_small_screen_shows_the_conversation_while_one_types(account, fly, size):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="yes")
    await pilot.press("F2", "i")
    assert "Contacts" not in pilot.screen
    assert "yes" in pilot.screen
    await pilot.press("F2")
    assert "Contacts" in pilot.screen
    await pilot.press("Esc")
    assert "yes" in pilot.screen


@pytest.mark.parametrize("size", [(20, 5), (24, 6), (40, 6), (MIN_COLUMNS, MIN_ROWS)])
async def test_the_smallest_screens_show_a_message_and_what_is_typed(account, fly, size):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="yes")
    await pilot.type("hello")
    assert "> hello" in pilot.terminal.rows[-1]
    assert "yes" in pilot.screen


async def test_a_screen_too_small_says_what_it_needs_and_survives(pilot):
    for size in ((MIN_COLUMNS - 1, 30), (100, MIN_ROWS - 1)):
        pilot.resize(*size)
        said = " ".join(pilot.screen.split())
        assert said == f"too small: needs at least {MIN_COLUMNS}x{MIN_ROWS}"
    await pilot.type("still typed")
    pilot.resize(60, 16)
    assert "> still typed" in pilot.screen
    assert "have you seen this?" in pilot.screen
    pilot.resize(1, 1)


@pytest.mark.parametrize("size", [(12, 3), (12, 2), (12, 1), (6, 2), (6, 1), (200, 1)])
async def test_a_screen_too_small_names_the_size_needed_where_it_fits(pilot, size):
    pilot.resize(*size)
    said = " ".join(pilot.screen.split())
    assert said.endswith(f"{MIN_COLUMNS}x{MIN_ROWS}")


async def test_text_and_its_marks_stay_together_on_a_wide_screen(account, fly):
    account.message(BOB, LONG, out=True)
    pilot = await fly(columns=200, rows=50).start(until="lorem")
    messages = pane(pilot)
    assert max(len(row.rstrip()) for row in messages if "lorem" in row) <= 100
    assert any("lorem" in row and row.rstrip().endswith("✓✓") for row in messages)
    await pilot.command("set message_columns 60")
    assert max(len(row.rstrip()) for row in pane(pilot) if "lorem" in row) <= 60
    await pilot.command("set message_columns 0")
    assert max(len(row.rstrip()) for row in pane(pilot) if "lorem" in row) > 140


async def test_a_wide_list_tells_how_the_last_message_begins(account, fly):
    account.message(MIA, "secret recipe\nwith a second line", tell=False)
    account.message(BOB, "what I said", out=True, tell=False)
    for peer in (MIA, BOB):
        account.record(peer)
    pilot = await fly(columns=200, rows=50).start(until="what I said")
    rows = [row.partition("│")[0] for row in pilot.terminal.rows]
    assert any("mia" in row and "secret recipe" in row for row in rows)
    assert any("bob" in row and "me: what I said" in row for row in rows)


@pytest.mark.parametrize("symbols", ["utf-8", "ascii"])
@pytest.mark.parametrize(
    ("where", "title"),
    [("conversations", "Conversations"), ("contacts", "Contacts"), ("messages", "bob")],
)
async def test_the_focused_pane_is_seen_without_colours(account, fly, symbols, where, title):
    pilot = await fly(symbols=symbols, theme="mono", contacts=True).start(until="have you seen")
    sign = {"utf-8": "▸", "ascii": ">"}[symbols]
    titles = pilot.terminal.rows[:2]
    assert not any(f"{sign}{name}" in row for row in titles for name in (title, "Conv", "Cont"))
    before = [style for row in pilot.terminal.styles[:2] for style, text in row if title in text]
    await pilot.command(f"focus {where}")
    titles = "\n".join(pilot.terminal.rows[:2])
    assert titles.count(f"{sign}") == 1
    assert f"{sign}{title}" in titles
    after = [style for row in pilot.terminal.styles[:2] for style, text in row if title in text]
    assert after != before


async def test_the_line_beside_the_focused_list_is_another_one(account, fly):
    pilot = await fly(contacts=True).start(until="have you seen this?")
    assert "┃" not in pilot.screen
    await pilot.command("focus contacts")
    assert all(row.count("┃") == row.count("│") == 1 for row in pilot.terminal.rows[1:-2])


async def test_that_a_chat_is_not_encrypted_is_said(account, fly):
    pilot = await fly().start(until="have you seen this?")
    assert pilot.terminal.rows[0].rstrip().endswith("not encrypted")
    pilot.resize(40, 12)
    assert pilot.terminal.rows[0].rstrip().endswith("plain")
    pilot.resize(100, 30)
    account.converse(BOB, encryption="OMEMO")
    await pilot.see("OMEMO")
    assert "not encrypted" not in pilot.screen
