"""Going to anything by some letters."""

import pytest

from primitivus.commands.goals.commands import VIEWS
from tests.primitivus.fake import BOB, MIA

JULIET = "juliet@example.org"

ROOM = "garden@rooms.example.org"


@pytest.fixture
async def switcher(pilot):
    """The program with the switcher open."""
    await pilot.press("Esc", "C-p")
    await pilot.see("Go to")
    return pilot


def entries(pilot):
    """Return the rows of what it lists, without frame and signs."""
    rows = [row[row.index("│") + 1 :] for row in pilot.terminal.rows if row.count("│") >= 2]
    return [row.split("│")[0].strip(" ▸") for row in rows]


async def test_it_says_what_narrows_it(switcher):
    assert "> commands  # rooms  @ people  , settings" in switcher.screen
    await switcher.type("mi")
    assert "> commands  # rooms  @ people  , settings" in switcher.screen


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (300, 100)])
async def test_all_that_is_told_of_the_chosen_one_stands_somewhere(account, fly, size):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="have you seen this?")
    await pilot.press("Esc", "C-p")
    await pilot.type(">delete-conversation")
    about = pilot.state.view.popup.chosen.about
    assert len(about) > 60
    await pilot.until(lambda: about in " ".join(pilot.screen.replace("│", " ").split()))


async def test_every_view_that_is_named_is_a_command(switcher):
    await switcher.type(">")
    found = switcher.state.view.popup.found()
    assert [each.name for each in found if each.kind == "view"] == list(VIEWS)


async def test_help_explains_its_keys(switcher):
    await switcher.press("F1")
    await switcher.see("take its name into what is typed")


async def test_a_view_is_gone_to(switcher):
    await switcher.type("transf")
    await switcher.see("view")
    await switcher.press("Enter")
    await switcher.until(lambda: switcher.state.layout.main.context == "transfers")
    assert switcher.state.view.popup is None


async def test_a_command_is_run_and_shown_with_its_key(switcher):
    await switcher.type(">timest")
    row = next(row for row in switcher.terminal.rows if "timestamps" in row)
    assert "M-t" in row
    assert "command" in row
    before = switcher.state.settings.timestamps
    await switcher.press("Enter")
    await switcher.until(lambda: switcher.state.settings.timestamps != before)


async def test_a_command_that_needs_more_comes_into_the_command_line(switcher):
    await switcher.type(":date\n")
    await switcher.until(lambda: switcher.state.view.mode == "command")
    assert switcher.state.command_line.text == "date "
    assert switcher.state.view.popup is None


async def test_a_setting_is_gone_to_in_their_view(switcher):
    await switcher.type(",short")
    await switcher.see("setting")
    await switcher.press("Enter")
    await switcher.see("Settings")
    assert switcher.state.layout.main.chosen.name == "short_nicks"


async def test_a_room_that_is_kept_is_entered(pilot, account):
    account.change_room(ROOM, bookmarked=True, state="out", name="The garden")
    await pilot.press("Esc", "C-p")
    await pilot.type("#gard")
    await pilot.see("bookmark")
    await pilot.press("Enter")
    await pilot.until(lambda: any(call[:2] == ("Join", ROOM) for call in account.calls))


async def test_a_blog_that_is_followed_is_shown(pilot, account):
    account.follow(JULIET, name="Balcony notes", unread=2)
    await pilot.press("Esc", "C-p")
    await pilot.type("balc")
    await pilot.see("blog")
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.state.layout.main.context == "timeline")


async def test_an_open_room_and_a_contact_are_told_apart(pilot, account):
    account.message(ROOM, "welcome", kind="room", sender=f"{ROOM}/ann")
    account.know(JULIET)
    await pilot.press("Esc", "C-p")
    await pilot.type("#")
    await pilot.see("garden")
    assert "juliet" not in " ".join(entries(pilot))
    await pilot.press("Backspace")
    await pilot.type("@juli")
    await pilot.see("contact")
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.state.layout.place.peer == JULIET)


async def test_what_is_unread_comes_first(pilot, account):
    account.message(BOB, "newer", out=True)
    account.message(MIA, "unread")
    account.message(BOB, "the newest", out=True)
    await pilot.see("the newest")
    await pilot.press("Esc", "C-p", "Enter")
    await pilot.until(lambda: pilot.state.layout.place.peer == MIA)


async def test_what_was_typed_is_underlined(switcher):
    await switcher.type("mi")
    await switcher.see("chat")
    row = next(
        row
        for row in switcher.terminal.styles
        if any("mia@" in text for _, text in row) or "mia@" in "".join(text for _, text in row)
    )
    drawn = [(str(style), text) for style, text in row]
    assert any("match" in style and text == "mi" for style, text in drawn), drawn


async def test_tab_takes_the_name_into_what_is_typed(switcher):
    await switcher.type(">next-un")
    await switcher.press("Tab")
    assert switcher.state.view.popup.editor.text == ">next-unread"


async def test_whoever_shows_is_opened_whatever_comes_meanwhile(switcher, account):
    await switcher.press("Down")
    chosen = switcher.state.view.popup.chosen
    assert chosen.place.peer == MIA
    account.message(JULIET, "hello")
    await switcher.see("juliet")
    await switcher.press("Enter")
    await switcher.until(lambda: switcher.state.layout.place.peer == MIA)


@pytest.mark.parametrize("size", [(60, 16), (20, 5), (33, 9)])
@pytest.mark.parametrize("theme", ["mono", "ascii"])
async def test_it_is_usable_on_any_screen(account, fly, size, theme):
    pilot = await fly(columns=size[0], rows=size[1], theme=theme).start(until="yes")
    await pilot.press("Esc", "C-p")
    await pilot.type(">")
    await pilot.press("Down", "Up", "PageDown", "PageUp")
    await pilot.type("home\n")
    await pilot.until(lambda: pilot.state.layout.main.context == "home")


async def test_who_comes_and_goes_has_nothing_looked_through_anew(switcher, account):
    goals = switcher.state.view.popup.goals
    before = goals()
    account.know(MIA, show="dnd")
    await switcher.until(lambda: switcher.state.account.roster.get(MIA).show == "dnd")
    assert goals() is before
    account.know(MIA, name="Mia Wallace", show="dnd")
    await switcher.see("Mia Wallace")
    assert goals() is not before
