"""The view of settings: each is explained, tried at once, put back or saved."""

import re
from functools import partial

import pytest

from primitivus.config import documentation
from primitivus.model.panes.settings import SettingsPane

KEYMAPS = ("primitivus", "vi", "emacs")


@pytest.fixture
def file(surroundings):
    return surroundings / "config" / "primitivus" / "primitivus.toml"


@pytest.fixture
def settings(account, fly):
    """Call it to start the program and open the view, with words to find a setting by."""

    async def open_view(words="", **how):
        pilot = await fly(**how).start()
        await pilot.until(lambda: pilot.app.controls is not None)
        await pilot.until(lambda: pilot.state.conversation is not None)
        emacs = how.get("keymap") == "emacs"
        await pilot.press("M-x") if emacs else await pilot.press("Esc", ":")
        await pilot.type(f"settings {words}\n")
        await pilot.until(lambda: isinstance(pilot.state.layout.main, SettingsPane))
        return pilot

    return open_view


def value(pilot, name):
    return pilot.state.settings.text_of(name)


def whole(pilot):
    """Return what is told of the chosen setting, with what is at the left of it taken off."""
    lines = (row.rsplit("│", 1)[-1].strip() for row in pilot.terminal.rows)
    return " ".join(line for line in lines if line)


def is_chosen(pane, setting):
    return pane.chosen.key == setting.key


async def tells(pilot, text):
    """Return when this is told of the chosen setting, on however many rows."""
    wanted = "".join(text.split())  # a path is broken anywhere
    await pilot.until(lambda: wanted in "".join(whole(pilot).split()), f"{text!r} told")


@pytest.mark.parametrize("keymap", KEYMAPS)
async def test_a_key_opens_it_in_each_keymap(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("C-c", "S") if keymap == "emacs" else await pilot.press("Esc", "g", "s")
    await pilot.see("Settings")


@pytest.mark.parametrize("columns", [60, 100, 300])
async def test_each_is_explained_to_its_last_word(settings, columns):
    pilot = await settings(columns=columns, rows=40)
    pane, told = pilot.state.layout.main, set()
    for each in pane.found:
        await pilot.until(partial(is_chosen, pane, each))
        assert " ".join(each.doc.lower().split()) in whole(pilot).lower()
        told.add(each.name)
        await pilot.press("j")
    assert told > set(documentation())


async def test_an_explanation_that_is_longer_than_the_screen_is_paged_through(settings):
    pilot = await settings("away_minutes", columns=60, rows=16)
    await tells(pilot, "After this many minutes")
    assert "the default" not in pilot.screen
    await pilot.press("PageDown")
    await tells(pilot, "Now: the default")


@pytest.mark.parametrize("keymap", KEYMAPS)
async def test_the_screen_shows_a_value_as_soon_as_it_is_chosen(settings, keymap):
    pilot = await settings("contacts", keymap=keymap)
    await pilot.press("j") if keymap != "emacs" else await pilot.press("Down")
    pilot.state.layout.main.choose(("lists", "contacts"))
    await pilot.press("Space")
    await pilot.see("Contacts")
    await pilot.press("Left")
    await pilot.lose("Contacts  ")
    assert value(pilot, "contacts") == "off"


async def test_a_theme_is_tried_at_once_and_esc_puts_back_what_was_before(settings):
    pilot = await settings("theme", theme="light")
    await pilot.press("Right", "Right")
    assert value(pilot, "theme") == "high-contrast"
    await tells(pilot, "[high-contrast]")
    await tells(pilot, "Before: light")
    await pilot.press("Left", "Left", "Left", "Left")
    assert value(pilot, "theme") == "auto"
    await pilot.press("Esc", "Esc")
    await pilot.see("put back: theme")
    assert value(pilot, "theme") == "light"
    await pilot.see("have you seen this?")


async def test_a_keymap_counts_as_soon_as_it_is_chosen(settings):
    pilot = await settings("keymap")
    await tells(pilot, "One of: [primitivus]")
    await pilot.press("Space", "Space")
    assert value(pilot, "keymap") == "emacs"
    assert not pilot.state.view.is_modal
    await pilot.press("C-g", "C-g")
    await pilot.see("put back: keymap")
    assert pilot.state.view.is_modal


@pytest.mark.parametrize("keymap", KEYMAPS)
async def test_a_number_is_typed_and_what_is_wrong_with_it_told_at_once(settings, keymap):
    pilot = await settings("picture_rows", keymap=keymap)
    await pilot.press("Enter", "C-u" if keymap != "emacs" else "C-a", "C-k")
    await pilot.type("101")
    await tells(pilot, "picture_rows has to be a whole number from 2 to 100")
    await pilot.press("Enter")
    assert value(pilot, "picture_rows") == "12"
    await pilot.press("Backspace")
    await pilot.lose("has to be")
    await pilot.press("Enter")
    await tells(pilot, "picture_rows = 10")
    assert value(pilot, "picture_rows") == "10"
    await pilot.press("Right")
    assert value(pilot, "picture_rows") == "11"


async def test_a_number_is_not_counted_beyond_what_it_may_be(settings):
    pilot = await settings("picture_rows", picture_rows=2)
    await pilot.press("Left")
    await pilot.see("picture_rows has to be a whole number from 2 to 100")
    assert value(pilot, "picture_rows") == "2"


async def test_a_text_that_is_given_up_stays_as_it_was(settings):
    pilot = await settings("time_format")
    await pilot.press("Enter")
    await pilot.type(" o'clock")
    await tells(pilot, "time_format = %H:%M o'clock")
    await pilot.press("Esc")
    await pilot.lose("o'clock")
    assert value(pilot, "time_format") == "%H:%M"
    await pilot.press("Enter")
    await pilot.type(" h")
    await pilot.press("Enter")
    assert value(pilot, "time_format") == "%H:%M h"


async def test_one_is_put_back_alone_and_one_goes_by_its_default(settings):
    pilot = await settings(bell=False)
    for name in ("bell", "timestamps"):
        pilot.state.layout.main.choose(("attention" if name == "bell" else "messages", name))
        await pilot.press("Space")
    assert (value(pilot, "bell"), value(pilot, "timestamps")) == ("on", "off")
    await pilot.press("u")
    assert (value(pilot, "bell"), value(pilot, "timestamps")) == ("on", "on")
    await pilot.press("u")
    await pilot.see("timestamps was not changed here")
    pilot.state.layout.main.choose(("attention", "bell"))
    await pilot.press("u", "d")
    assert value(pilot, "bell") == "on"


async def test_what_is_saved_is_not_put_back(settings, file):
    pilot = await settings("bell")
    await pilot.press("Space")
    await pilot.see("1 not saved")
    await pilot.press("s")
    await pilot.see("saved in")
    await pilot.lose("not saved")
    await tells(pilot, "primitivus.toml:1")
    await pilot.press("Esc", "Esc")
    await pilot.see("have you seen this?")
    assert value(pilot, "bell") == "off"
    assert file.read_text() == "bell = false\n"


async def test_who_leaves_with_changes_is_told_that_they_are_not_saved(settings, file):
    pilot = await settings("bell")
    await pilot.press("Space", "q")
    await pilot.see("changed until you quit: bell; :save keeps that")
    assert value(pilot, "bell") == "off"
    assert not file.exists()


async def test_who_goes_elsewhere_with_changes_is_told_as_well(settings):
    pilot = await settings("bell")
    await pilot.press("Space")
    await pilot.press("M-2")
    await pilot.see("changed until you quit: bell; :save keeps that")
    await pilot.press("Esc")
    await pilot.command("back")
    await pilot.press("s")
    await pilot.see("saved in")
    await pilot.press("M-2")
    await pilot.lose("changed until you quit")


async def test_who_quits_from_there_is_asked_whether_what_is_not_saved_may_be_lost(settings):
    pilot = await settings("bell")
    await pilot.press("Space")
    await pilot.command("quit")
    await pilot.see("What you changed in the settings isn't saved: bell.")
    await pilot.type("\n")
    await pilot.see("nothing was done")
    assert pilot.is_running
    await pilot.press("s")
    await pilot.see("saved in")
    await pilot.type(":quit\n")
    assert await pilot.exit_code() == 0


async def test_what_is_not_of_one_line_is_no_value(settings):
    pilot = await settings("editor")
    await pilot.press("Enter")
    await pilot.paste("vim\nemacs")
    await tells(pilot, "a value is of one line")
    await pilot.press("Enter", "Esc")
    assert value(pilot, "editor") == ""


async def test_from_where_a_value_is_stands_beside_it_with_its_line(account, fly, file):
    file.parent.mkdir(parents=True)
    file.write_text('# how I like it\nbell = false\ntheme = "light"\n')
    pilot = await fly(bell=False, theme="light").start(until="have you seen this?")
    await pilot.command("settings bell")
    await tells(pilot, "primitivus.toml:2")
    await pilot.press("Space")
    await tells(pilot, 'changed until you quit; "off" in')
    file.write_text('theme = "mono"\n')
    await pilot.press("Esc", "Esc")
    await pilot.command("settings theme")
    await tells(pilot, 'as it was at the start; from the next one on: "mono" in')


async def test_what_is_wrong_in_the_file_is_told_with_its_line(account, fly, file):
    file.parent.mkdir(parents=True)
    file.write_text('theme = "light"\nbel = false\n')
    pilot = await fly(columns=160).start(until="have you seen this?")
    await pilot.command("settings")
    await pilot.see("Wrong in your settings")
    await tells(pilot, 'primitivus.toml:2: unknown setting "bel"; did you mean "bell"?')


async def test_of_a_value_that_is_refused_the_default_counts_and_is_told_as_that(
    account, fly, file
):
    file.parent.mkdir(parents=True)
    file.write_text('bell = "maybe"\n')
    pilot = await fly().start(until="have you seen this?")
    await pilot.command("settings bell")
    await tells(pilot, "the default, for what")
    await tells(pilot, "primitivus.toml:1 has is refused")


@pytest.mark.parametrize("keymap", KEYMAPS)
async def test_one_is_found_by_a_word_of_its_explanation(settings, keymap):
    pilot = await settings(keymap=keymap)
    await pilot.press("/")
    await pilot.type("XEP-0392")
    await tells(pilot, "nick_colours = on")
    await pilot.press("Enter")
    await pilot.press("Space")
    assert value(pilot, "nick_colours") == "off"
    await pilot.press("/", "C-a", "C-k")
    await pilot.type("xyzzy")
    await pilot.see("nothing here has these words")
    await pilot.press("Enter", "Space")
    await pilot.see("no setting has these words")
    await pilot.press("Esc")
    await pilot.lose("nothing here has these words")
    assert len(pilot.state.layout.main.found) > len(documentation())


async def test_one_comes_back_to_where_one_was(settings):
    pilot = await settings()
    await pilot.press("j", "j", "q")
    await pilot.command("settings")
    await tells(pilot, "colour_vision = normal")


async def test_what_was_typed_to_find_one_is_forgotten_by_then(settings):
    pilot = await settings()
    await pilot.type("/time_format\n")
    await pilot.until(lambda: len(pilot.state.layout.main.found) == 1)
    await pilot.press("q")
    await pilot.command("settings")
    await tells(pilot, "time_format = ")
    assert len(pilot.state.layout.main.found) > len(documentation())


@pytest.mark.parametrize("keymap", KEYMAPS)
async def test_which_keys_do_what_is_told_as_the_keymap_has_them(settings, keymap):
    pilot = await settings(keymap=keymap)
    await tells(pilot, "Space tries the next value")
    await pilot.press("F1")
    await pilot.see("put all back, and leave")


async def test_keys_are_told_on_a_common_screen_also_where_much_is_told_of_a_setting(settings):
    pilot = await settings(columns=80, rows=24)
    await tells(pilot, "auto is light or dark")
    await tells(pilot, "Space tries the next value")
    assert re.search(r"\d+ more", pilot.screen)


@pytest.mark.parametrize("size", [(20, 5), (16, 4), (60, 16), (300, 100), (30, 7)])
async def test_it_is_usable_on_a_screen_of_any_size(settings, size):
    columns, rows = size
    pilot = await settings(columns=columns, rows=rows, symbols="ascii", theme="mono")
    for key in ("j", "j", "PageDown", "Space", "k", "G", "Enter", "Esc", "g", "g", "/", "b"):
        await pilot.press(key)
        assert all(ord(letter) < 128 for row in pilot.terminal.rows for letter in row)
    await pilot.press("Esc", "Esc", "Esc")
    assert pilot.state.conversation is not None


async def test_the_chosen_one_is_marked_without_colours(settings):
    pilot = await settings("bell", symbols="ascii", theme="mono")
    await pilot.see(">  bell")


async def test_how_to_read_on_is_told_where_there_is_more_of_a_setting(settings):
    pilot = await settings("theme", columns=60, rows=16)
    assert re.search(r"\d+ more: PageDown reads on", pilot.screen)
    await pilot.press("PageDown")
    await pilot.see("Default: auto")


async def test_what_is_told_gets_the_rows_that_a_short_list_leaves(settings):
    pilot = await settings("theme", columns=80, rows=24)
    await pilot.see("ascii")
    assert not re.search(r"\d+ more", pilot.screen)
