"""Themes as the program draws with them."""

import pytest

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
    drawn = {style for row in pilot.terminal.styles for style, text in row if "nonsense" in text}
    assert "message.error on popup" in drawn
    assert "message.error" not in drawn


async def test_what_the_dark_theme_was_called_before_can_still_be_set(pilot):
    await pilot.command("set theme default")
    await pilot.see("theme = default")
