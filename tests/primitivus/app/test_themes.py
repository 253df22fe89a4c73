"""Themes as the program draws with them."""

import pytest

from primitivus.themes.depth import MANY, MONO, SIXTEEN, TRUE
from primitivus.themes.load import SHIPPED
from primitivus.themes.symbols import ASCII, UTF8


@pytest.fixture
def themes(surroundings):
    """Call it with a name and lines for a theme of the user's."""

    def make(name, text):
        folder = surroundings / "config" / "primitivus" / "themes"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.toml").write_text(text)

    return make


@pytest.mark.parametrize("name", SHIPPED)
async def test_each_shipped_theme_draws_the_program(account, fly, name):
    pilot = await fly(theme=name, contacts=True).start(until="have you seen this?")
    await pilot.command("help")
    await pilot.see("type to search")
    assert not pilot.state.notices.past


async def test_the_ascii_theme_draws_nothing_but_ascii_unless_symbols_are_set(account, fly):
    pilot = await fly(theme="ascii").start(until="have you seen this?")
    assert ASCII.border in pilot.screen
    assert UTF8.border not in pilot.screen
    assert pilot.screen.isascii()
    await pilot.command("set symbols utf-8")
    await pilot.see(UTF8.border)
    await pilot.command("set symbols auto")
    await pilot.lose(UTF8.border)
    await pilot.command("set theme dark")
    await pilot.see(UTF8.border)


async def test_what_has_no_background_has_that_of_the_popup_it_is_in(pilot):
    await pilot.command("nonsense")
    await pilot.command("messages")
    await pilot.see("Messages of the program")
    await pilot.press("v")
    await pilot.see("An error")
    drawn = {style for row in pilot.terminal.styles for style, text in row if "nonsense" in text}
    assert "message.error on popup" in drawn
    await pilot.press("Esc")
    await pilot.lose("An error")
    drawn = {style for row in pilot.terminal.styles for style, text in row if "nonsense" in text}
    assert "message.error on popup" not in drawn


async def test_what_the_dark_theme_was_called_before_can_still_be_set(pilot):
    await pilot.command("set theme default")
    await pilot.see("theme = default")


def seen(pilot):
    """Return what the bar is drawn in."""
    entry = pilot.terminal.palette["bar"]
    return entry.foreground, entry.background, entry.background_high


@pytest.fixture
async def bars(themes, fly, account):
    """The program, with a theme of the user's, and what the bar is drawn in by theme."""
    themes("dusk", 'description = "Mine"\n[styles]\n"bar" = { fg = "yellow", bg = "black" }\n')
    pilot = await fly(theme="dark").start(until="have you seen this?")
    found = {"dark": seen(pilot)}
    for name in ("light", "dusk"):
        await pilot.command(f"set theme {name}")
        found[name] = seen(pilot)
    await pilot.command("set theme dark")
    assert len(set(found.values())) == 3
    return pilot, found


async def test_a_theme_is_seen_while_it_is_marked_in_the_list_and_gone_with_esc(bars):
    pilot, bar = bars
    await pilot.command("theme")
    await pilot.see("All themes")
    assert seen(pilot) == bar["dark"]
    await pilot.press("Down")
    await pilot.until(lambda: seen(pilot) == bar["light"], "the light theme")
    await pilot.type("mine")
    await pilot.until(lambda: seen(pilot) == bar["dusk"], "the user's theme")
    assert pilot.state.settings.theme == "dark"
    await pilot.press("Esc")
    await pilot.until(lambda: seen(pilot) == bar["dark"], "the theme from before")
    assert pilot.state.settings.theme == "dark"


async def test_enter_keeps_the_theme_that_is_marked_and_save_does_over_quitting(bars, surroundings):
    pilot, bar = bars
    await pilot.command("theme")
    await pilot.see("All themes")
    await pilot.press("Down", "Enter")
    await pilot.see("theme = light; :save keeps it")
    assert seen(pilot) == bar["light"]
    await pilot.command("save")
    await pilot.see("saved in")
    file = surroundings / "config" / "primitivus" / "primitivus.toml"
    assert file.read_text() == 'theme = "light"\n'
    await pilot.command("theme")
    await pilot.see("• light")


async def test_a_theme_is_seen_while_its_name_is_typed_or_completed(bars):
    pilot, bar = bars
    await pilot.press("Esc")
    await pilot.type(":theme ligh")
    assert seen(pilot) == bar["dark"]
    await pilot.press("Tab")
    await pilot.until(lambda: seen(pilot) == bar["light"], "the light theme")
    await pilot.press("Esc")
    await pilot.until(lambda: seen(pilot) == bar["dark"], "the theme from before")
    await pilot.command("theme light")
    assert seen(pilot) == bar["light"]
    assert pilot.state.settings.theme == "light"


async def test_a_theme_with_a_blank_in_its_name_can_be_chosen(themes, pilot):
    themes("my own", 'symbols = "ascii"\n')
    await pilot.command("theme")
    await pilot.see("my own")
    await pilot.type("my own")
    await pilot.see(ASCII.focus)
    await pilot.press("Enter")
    await pilot.see("theme = 'my own'")
    assert UTF8.border not in pilot.screen
    await pilot.command("theme dark")
    await pilot.command("theme my own")
    await pilot.see("theme = 'my own'")


async def test_a_theme_that_there_is_not_is_refused(pilot):
    await pilot.command("theme lihgt")
    await pilot.see('unknown theme "lihgt"; did you mean "light"?')
    assert pilot.state.settings.theme == "auto"


async def test_what_is_wrong_in_a_theme_is_told_when_it_is_taken_not_while_it_is_looked_at(
    themes, pilot
):
    themes("dusk", '[styles]\n"bra" = {}\n')
    await pilot.press("Esc")
    await pilot.type(":theme dusk")
    assert not pilot.state.notices.past
    await pilot.press("Enter")
    await pilot.see('unknown style "bra"')


async def test_what_of_a_theme_is_hard_to_read_is_told_and_the_theme_works(themes, pilot):
    themes("dusk", '[styles]\n"message.time" = { fg = "dark gray", high_fg = "#404040" }\n')
    await pilot.command("theme-check")
    await pilot.see("all that dark draws can be read")
    await pilot.command("theme-check dusk")
    await pilot.see("Hard to read in dusk")
    assert "message.time" in pilot.screen
    assert "of 4.5 on true colours" in pilot.screen
    assert "of 4.5 on the 16 colours of VGA" in pilot.screen
    await pilot.press("Esc")
    await pilot.command("theme dusk")
    await pilot.see("theme = dusk")
    await pilot.command("theme-check nonsense")
    await pilot.see('unknown theme "nonsense"')


async def test_how_many_colours_there_are_can_be_set_while_it_runs(pilot):
    for setting, depth in (("mono", MONO), ("16", SIXTEEN), ("true", TRUE), ("auto", MANY)):
        await pilot.command(f"set colours {setting}")
        assert pilot.terminal.colours == depth
