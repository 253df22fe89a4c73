"""Settings: one thing whether a key, a command or :set changes them, and kept by :save."""

import pytest


@pytest.fixture
def file(surroundings):
    return surroundings / "config" / "primitivus" / "primitivus.toml"


async def test_what_a_key_switched_stays_whatever_else_is_set(pilot):
    assert "10:38" in pilot.screen
    await pilot.press("Esc", "M-t", "F2")
    for line in ("set bell off", "set theme mono", "set keymap vi"):
        await pilot.command(line)
        assert "10:38" not in pilot.screen
        assert "Contacts" in pilot.screen
    await pilot.command("set timestamps")
    assert "timestamps = off" in pilot.screen
    await pilot.command("set timestamps on")
    assert "10:38" in pilot.screen


async def test_save_keeps_what_was_changed_over_quitting(pilot, file):
    await pilot.press("Esc", "M-t")
    await pilot.command("set day_format 'on %A'")
    assert "on Sunday" in pilot.screen
    await pilot.command("save")
    await pilot.see("saved in")
    assert file.read_text() == 'timestamps = false\nday_format = "on %A"\n'
    await pilot.command("save")
    await pilot.see("no setting has changed")


async def test_save_leaves_a_file_with_errors_alone_and_says_where(pilot, file):
    file.parent.mkdir(parents=True)
    file.write_text('theme = "light"\nbell = maybe\n')
    await pilot.command("set title off")
    await pilot.command("save")
    await pilot.see("nothing was saved, fix this first")
    assert "primitivus.toml:2" in pilot.state.notices.current.text
    assert file.read_text() == 'theme = "light"\nbell = maybe\n'


async def test_set_alone_opens_the_view_of_settings(pilot):
    await pilot.command("set")
    await pilot.see("Settings")
    await pilot.see("One of: [auto]")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('set time_format "%H.%M"', "time_format = %H.%M"),
        ("set time_format '%H h'", "time_format = '%H h'"),
        ("set time_format %H h", "time_format = '%H h'"),
        ("set editor ''", "editor = ''"),
    ],
)
async def test_a_value_may_stand_in_quotes(pilot, line, told):
    await pilot.command(line)
    await pilot.command(" ".join(line.split()[:2]))
    assert told in pilot.screen


async def test_what_is_set_is_confirmed_until_it_is_as_it_is_kept(pilot):
    await pilot.command("set bell off")
    await pilot.see("bell = off; :save keeps it")
    await pilot.press("Esc", "M-t")
    await pilot.see("timestamps = off; :save keeps it")
    await pilot.command("set bell on")
    await pilot.lose(":save keeps it")
    assert "bell = on" in pilot.screen


async def test_a_pane_that_is_switched_off_has_no_focus(pilot):
    await pilot.command("focus contacts")
    await pilot.command("set contacts off")
    assert pilot.state.focus == "input"


@pytest.mark.parametrize("name", ["keymap", "theme"])
async def test_a_keymap_or_theme_that_there_is_not_is_refused_and_forgotten_after_a_right_one(
    pilot, name
):
    before = pilot.state.settings
    await pilot.command(f"set {name} nonsense")
    assert f'unknown {name} "nonsense"' in pilot.screen
    assert pilot.state.settings == before
    await pilot.command(f"set {name} {getattr(before, name)}")
    assert "nonsense" not in pilot.screen
    await pilot.command("set bell off")
    assert "nonsense" not in pilot.screen


async def test_what_there_is_instead_of_an_unknown_keymap_is_told(pilot):
    await pilot.command("set keymap xyzzy")
    await pilot.see('unknown keymap "xyzzy"; there are ')
    for name in ("primitivus", "vi", "emacs"):
        assert name in pilot.screen


@pytest.mark.parametrize(
    ("name", "command"),
    [("quiet_from", "quiet-time"), ("tell_version", "tell-version"), ("nickname", "nickname")],
)
async def test_who_sets_what_a_command_is_for_is_told_which(pilot, name, command):
    await pilot.command(f"set {name} 22")
    await pilot.see(f'unknown setting "{name}"; :{command} is for that')
