"""Paths in sentences that are too long for where they are said."""

import pytest

from primitivus.widgets.drawing.shortened_paths import without_folders

SAID = '"holiday.jpg" is here: /home/ann/downloads/holiday.jpg; :open opens it'


@pytest.mark.parametrize(
    ("text", "columns", "ellipsis", "shown"),
    [
        (SAID, 80, "…", SAID),
        (SAID, 68, "…", '"holiday.jpg" is here: …/ann/downloads/holiday.jpg; :open opens it'),
        (SAID, 64, "…", '"holiday.jpg" is here: …/downloads/holiday.jpg; :open opens it'),
        (SAID, 9, "…", '"holiday.jpg" is here: …/holiday.jpg; :open opens it'),
        ("~/folder/one/b.txt", 12, "…", "…/one/b.txt"),
        ('"/one/two/b.txt" is gone', 20, "...", '".../b.txt" is gone'),
        ("see https://example.org/one/two/b.txt", 9, "…", "see https://example.org/one/two/b.txt"),
        ("on and/or off", 3, "…", "on and/or off"),
    ],
)
def test_the_first_folders_give_way_and_the_name_of_the_file_stays(text, columns, ellipsis, shown):
    assert without_folders(text, columns, ellipsis) == shown


async def test_a_path_in_the_status_line_ends_in_the_whole_name_of_the_file(pilot):
    folders = "/".join(f"folder-number-{number}" for number in range(40))
    pilot.state.say(f"saved in /{folders}/primitivus.toml: {'one of the settings, ' * 5}")
    await pilot.see("/primitivus.toml: one of")
    assert "saved in …/" in pilot.screen


@pytest.mark.parametrize("rows", [16, 24])
async def test_so_does_one_in_the_list_of_files(account, fly, rows):
    folders = "/".join(f"folder-number-{number}" for number in range(40))
    account.transfer(
        name="a.jpg", direction="in", state="done", path=f"/{folders}/holiday.jpg", size=3
    )
    pilot = await fly(columns=60, rows=rows).start(until="have you seen this?")
    await pilot.command("transfers")
    await pilot.see("/holiday.jpg")
    assert pilot.shows("…/folder-number")


async def test_so_does_one_in_the_list_of_what_was_said(pilot):
    folders = "/".join(f"folder-number-{number}" for number in range(40))
    pilot.state.say(f"saved in /{folders}/primitivus.toml")
    await pilot.command("messages newest")
    await pilot.until(lambda: pilot.screen.count("/primitivus.toml") > 1)
