"""Pictures that are here, among the messages and as large as the screen is."""

from dataclasses import replace

import pytest

from backendd.api.records import Attachment
from primitivus.model.files.transfers import Transfers
from primitivus.widgets.terminal.style import Style
from tests.lab.pictures import encoded, two_halves
from tests.primitivus.fake import BOB

URL = "https://files.example.org/a/summit.png"
SUMMIT = Attachment(index=0, name="summit.png", mime="image/png", url=URL)
PNG = encoded(two_halves(40, 20))


@pytest.fixture
async def pilot(account, fly):
    """The program with nothing beside the messages, so that a sentence is read as it wraps."""
    return await fly(conversations=False).start(until="have you seen this?")


@pytest.fixture
def brings(account, tmp_path):
    """Call it to have a message bring a picture that is here."""

    def make(content=PNG, *, name="summit.png", file=SUMMIT, out=False, more=None, **transfer):
        path = tmp_path / name
        path.write_bytes(content)
        id = len(account.transfers) + 1
        attached = replace(file, name=name, transfer=id)
        brought = {"attachments": [attached], **(more or {})}
        message = account.message(BOB, file.url, out=out, more=brought)
        known = {"name": name, "size": len(content), "path": str(path), "mime": file.mime}
        known |= {"direction": "out" if out else "in", "state": "done"}
        account.transfer(id=id, message_id=message.id, **known | transfer)
        return path

    return make


def painted(pilot):
    """Return what is drawn of pictures, row by row: columns and the colours in them."""
    found = []
    for row in pilot.terminal.styles:
        cells = [(style, text) for style, text in row if isinstance(style, Style)]
        if cells:
            found.append((sum(len(text) for _, text in cells), {style for style, _ in cells}))
    return found


async def see_picture(pilot):
    await pilot.until(lambda: painted(pilot), "a picture")


async def lose_picture(pilot):
    await pilot.until(lambda: not painted(pilot), "no picture")


@pytest.mark.parametrize("out", [False, True])
async def test_a_picture_that_is_here_is_shown_below_its_name(pilot, brings, out):
    brings(out=out)
    await see_picture(pilot)
    rows = painted(pilot)
    assert len(rows) == 10
    assert {columns for columns, _ in rows} == {40}
    assert [styles for _, styles in rows] == [{Style("39", "48;5;160")}] * 5 + [
        {Style("39", "48;5;20")}
    ] * 5
    named = next(y for y, row in enumerate(pilot.terminal.rows) if "summit.png" in row)
    assert any(isinstance(style, Style) for style, _ in pilot.terminal.styles[named + 1])


async def test_a_large_picture_takes_as_many_rows_as_the_setting_says(pilot, brings):
    brings(encoded(two_halves(4000, 3000)))
    await see_picture(pilot)
    assert len(painted(pilot)) == 12
    await pilot.command("set picture_rows 4")
    await pilot.until(lambda: len(painted(pilot)) == 4)
    assert {columns for columns, _ in painted(pilot)} == {11}


async def test_a_picture_is_no_wider_than_the_messages(pilot, brings):
    brings(encoded(two_halves(4000, 100)))
    await see_picture(pilot)
    pilot.resize(40, 30)
    await pilot.until(lambda: painted(pilot) and painted(pilot)[0][0] < 40)
    assert all(len(row) == 40 for row in pilot.terminal.rows)


async def test_the_setting_takes_pictures_off_the_screen_and_back(pilot, brings):
    brings()
    await see_picture(pilot)
    await pilot.command("set pictures off")
    await lose_picture(pilot)
    await pilot.see("summit.png")
    await pilot.command("set pictures auto")
    await see_picture(pilot)


async def test_where_no_pictures_are_wanted_one_is_still_seen_when_it_is_asked_for(pilot, brings):
    await pilot.command("set pictures off")
    brings()
    await pilot.see("is here")
    await pilot.command("picture")
    await see_picture(pilot)
    await pilot.press("Esc")
    await lose_picture(pilot)


async def test_a_picture_is_not_read_anew_for_other_room_if_it_looks_the_same_there(fly, brings):
    path = brings()
    pilot = await fly(columns=140, conversations=False).start(until="summit.png")
    await see_picture(pilot)
    before = painted(pilot)
    path.unlink()
    await pilot.command("conversations on")
    await pilot.see("Conversations")
    pilot.resize(120, 30)
    await pilot.until(lambda: len(pilot.terminal.rows[0]) == 120)
    assert painted(pilot) == before


@pytest.mark.parametrize("setting", ["colours mono", "symbols ascii"])
async def test_without_colours_or_signs_there_is_the_name_alone(pilot, brings, setting):
    brings()
    await see_picture(pilot)
    await pilot.command(f"set {setting}")
    await lose_picture(pilot)
    await pilot.see("summit.png")
    await pilot.command("picture")
    await pilot.see("no pictures are shown without colours, or with the symbols ascii")


async def test_where_no_colours_are_wanted_there_is_the_name_alone(
    account, brings, fly, monkeypatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    brings(b"no picture at all")
    pilot = await fly().start(until="is here")
    await pilot.command("picture")
    await pilot.see("no pictures are shown without colours")
    assert "not shown:" not in pilot.screen


async def test_a_picture_that_cannot_be_shown_says_why_behind_its_name(pilot, brings):
    brings(b"hello")
    await pilot.see("not shown: this is no PNG, JPEG, GIF or WebP")
    assert not painted(pilot)


async def test_a_picture_that_is_gone_says_so(pilot, brings):
    brings().unlink()
    await pilot.see("not shown: it is no longer there")


async def test_a_picture_under_a_name_that_was_changed_meanwhile_is_not_shown(pilot, brings):
    brings(size=3)
    await pilot.see("not shown: it is no longer the file that it was")


async def test_a_picture_that_is_not_here_is_a_name(pilot, brings):
    brings(state="running", done=1)
    await pilot.see("summit.png")
    await pilot.command("picture")
    await pilot.see("no picture that is here is in view; :download fetches the file of a message")
    assert not painted(pilot)


async def test_a_file_that_is_no_picture_is_not_read(pilot, brings):
    brings(b"hello", name="notes.txt", file=replace(SUMMIT, mime="text/plain"))
    await pilot.see("notes.txt")
    await pilot.command("select")
    await pilot.command("picture")
    await pilot.see("this message brings no picture that is here")
    assert "not shown" not in pilot.screen


async def test_a_hidden_text_hides_its_pictures(pilot, brings):
    brings(more={"spoiler": True, "spoiler_about": "the end"})
    await pilot.see("spoiler: the end")
    assert not painted(pilot)
    await pilot.press("Esc", "v", "s")
    await see_picture(pilot)
    await pilot.press("s")
    await lose_picture(pilot)


async def test_a_selected_message_keeps_its_picture(pilot, brings):
    brings()
    await see_picture(pilot)
    before = painted(pilot)
    await pilot.press("Esc", "v")
    await pilot.until(
        lambda: any(
            style == "message.selected" for row in pilot.terminal.styles for style, _ in row
        )
    )
    assert painted(pilot) == before


async def test_a_picture_is_seen_as_large_as_the_screen_by_a_key_and_one_comes_back(pilot, brings):
    brings(encoded(two_halves(4000, 3000)))
    await see_picture(pilot)
    small = len(painted(pilot))
    await pilot.press("Esc", "v", "p")
    await pilot.until(lambda: len(painted(pilot)) > small)
    large = painted(pilot)
    assert "┌─ summit.png" in pilot.screen
    assert large[0][0] > 60
    assert "have you seen this?" not in pilot.screen
    await pilot.press("Esc")
    await pilot.see("have you seen this?")
    assert len(painted(pilot)) == small


async def test_up_and_down_go_to_the_other_pictures(pilot, brings):
    brings(name="first.png")
    brings(name="second.png")
    brings(b"hello", name="third.png")
    await pilot.see("not shown: this is no PNG")
    await pilot.command("picture")
    await pilot.see("┌─ third.png")
    await pilot.press("Up")
    await pilot.see("┌─ second.png")
    await pilot.press("Up", "Up")
    await pilot.see("┌─ first.png")
    assert "first.png, 1 of 3 " in pilot.screen
    assert "more" not in pilot.screen
    await pilot.press("Down")
    await pilot.see("┌─ second.png")


async def test_a_picture_of_the_list_of_files_is_seen_by_a_key(pilot, brings):
    brings(name="first.png")
    brings(b"hello", name="notes.txt", file=replace(SUMMIT, mime="text/plain"))
    await pilot.until(lambda: pilot.state.account.of(Transfers).get(2))
    await pilot.command("transfers")
    await pilot.see("notes.txt")
    await pilot.press("v")
    await pilot.see('"notes.txt" is no picture that is here')
    await pilot.press("Down", "v")
    await pilot.see("┌─ first.png")
    await see_picture(pilot)


async def test_what_was_read_is_not_read_again(pilot, brings):
    path = brings()
    await see_picture(pilot)
    path.unlink()
    await pilot.command("set pictures off")
    await lose_picture(pilot)
    await pilot.command("set pictures blocks")
    await see_picture(pilot)
    assert "not shown" not in pilot.screen


async def test_pictures_out_of_view_are_not_read(pilot, account, brings):
    path = brings(name="above.png")
    await see_picture(pilot)
    await pilot.command("set pictures off")
    await lose_picture(pilot)
    await pilot.all_read(account, BOB)
    for number in range(60):
        account.message(BOB, f"line {number}", state="read")
    await pilot.see("line 59")
    await pilot.command("set picture_rows 5")
    await pilot.command("set pictures auto")
    brings(name="below.png")
    await see_picture(pilot)
    path.unlink()
    await pilot.command("top")
    await pilot.see("above.png")
    await pilot.see("not shown: it is no longer there")


async def test_what_one_reads_stays_where_it_is_when_a_picture_above_it_comes(
    pilot, account, brings
):
    brings(encoded(two_halves(4000, 3000)), name="above.png")
    for number in range(60):
        account.message(BOB, f"line {number}", state="read")
    await pilot.until(lambda: pilot.state.conversation.window.last_id == max(account.messages))
    await pilot.press("Esc", "G")
    await pilot.see("line 59")
    await pilot.command("top")
    await pilot.see("above.png")
    lowest = [row for row in pilot.terminal.rows if "line " in row][-1]
    await see_picture(pilot)
    assert [row for row in pilot.terminal.rows if "line " in row][-1] == lowest


async def test_a_retracted_message_shows_no_picture(pilot, account, brings):
    brings(more={"retracted": True, "retracted_by": BOB})
    await pilot.see("retracted")
    await pilot.command("picture")
    await pilot.see("no picture that is here is in view")
    assert not painted(pilot)
