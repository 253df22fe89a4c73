"""Somebody makes the program their own in the view of settings, in a real terminal."""

import pytest

from backendd.api import names

P = names.PROFILE


@pytest.fixture
def file(backend):
    return backend.scratch.config / "primitivus.toml"


async def choose(terminal, name):
    """Find a setting by its name, and have it chosen."""
    terminal.press("/", "C-a", "C-k")
    terminal.write(name)
    await terminal.wait_for(f"find > {name}")
    terminal.press("enter")
    await terminal.wait_for(f"▸ .{name} ")


async def leave(terminal):
    terminal.press("q")
    await terminal.wait_gone("Settings")
    terminal.submit(":quit")
    assert await terminal.wait_exit() == 0


async def test_what_is_tried_and_saved_is_there_at_the_next_start(server, user, tui, file, backend):
    caller = await user(server, "alice")
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(":settings")
    await terminal.wait_for("One of: .auto.")
    await choose(terminal, "presence")
    terminal.press("left")  # the last one, which is dnd
    await terminal.wait_for("presence = dnd")
    assert await caller.get("Show") == "dnd"
    await choose(terminal, "theme")
    terminal.press("right", "right")
    await terminal.wait_for("theme = light")
    await choose(terminal, "notifications")
    terminal.write(" ")
    await terminal.wait_for("notifications = names")
    await choose(terminal, "picture_rows")
    terminal.press("enter", "C-u")
    terminal.write("1000")
    await terminal.wait_for("picture_rows has to be")
    terminal.press("backspace", "backspace")
    await terminal.wait_gone("picture_rows has to be")
    terminal.press("enter")
    await terminal.wait_for("picture_rows = 10 *$")
    await choose(terminal, "keymap")
    terminal.press("right")
    await terminal.wait_for("keymap = vi")
    terminal.press("s")
    await terminal.wait_for("saved in")
    await leave(terminal)
    saved = file.read_text()
    for line in (
        'theme = "light"',
        'keymap = "vi"',
        'notifications = "names"',
        "picture_rows = 10",
    ):
        assert line in saved
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc", "g", "s")
    await choose(terminal, "keymap")
    await terminal.wait_for("keymap = vi")
    await choose(terminal, "theme")
    await terminal.wait_for("theme = light")
    await terminal.wait_for("primitivus.toml:")
    await choose(terminal, "presence")
    await terminal.wait_for("presence = dnd")
    await leave(terminal)


async def test_esc_leaves_all_as_it_was(server, user, tui, file):
    caller = await user(server, "alice")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# mine\nbel = true\nbell = true # loud\n")
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(":set")
    await terminal.wait_for("primitivus.toml:2")
    await terminal.wait_for('unknown setting "bel"')
    for name, key in (("bell", "right"), ("theme", "right"), ("presence", "right")):
        await choose(terminal, name)
        terminal.press(key)
        await terminal.wait_for("Before: ")
    assert await caller.get("Show") == "chat"
    await choose(terminal, "keymap")
    terminal.press("left")
    await terminal.wait_for("keymap = emacs")
    terminal.press("C-g", "C-g")
    await terminal.wait_for("put back: bell, theme, presence, keymap")
    assert await caller.get("Show") == "online"
    terminal.submit(":set theme")
    await terminal.wait_for("theme = auto")
    terminal.submit(":save")
    await terminal.wait_for("no setting has changed")
    assert file.read_text() == "# mine\nbel = true\nbell = true # loud\n"


async def test_two_terminals_show_what_either_changes_of_the_profile(server, user, tui):
    await user(server, "alice")
    first, second = await tui("-p", "alice"), await tui("-p", "alice")
    for terminal in (first, second):
        await terminal.wait_for("NORMAL|INSERT")
        terminal.press("esc")
        terminal.submit(":settings presence")
        await terminal.wait_for("presence = online")
    first.press("right")
    await first.wait_for("presence = chat")
    await second.wait_for("presence = chat")
    second.press("right")
    await first.wait_for("presence = away")
    first.press("esc", "esc")
    await first.wait_gone("Settings")
    await second.wait_for("presence = away")


async def test_the_view_outlives_the_backend_and_goes_on_with_the_next_one(
    server, user, tui, backend
):
    caller = await user(server, "alice")
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(":settings presence")
    await terminal.wait_for("presence = online")
    await backend.kill()
    await terminal.wait_for("No backend since")
    terminal.press("right")
    await terminal.wait_for("not running")
    await terminal.wait_for("presence = online")
    await backend.start()
    await caller.wait_state("online")
    await terminal.wait_for("^ ● alice")
    terminal.press("right")
    await terminal.wait_for("presence = chat")
    assert await caller.get("Show") == "chat"
    terminal.press("esc", "esc")
    await terminal.wait_for("put back: presence")
    assert await caller.get("Show") == "online"
