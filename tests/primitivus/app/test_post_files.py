"""The files of a post on the screen: how far they are, fetching them, and their pictures."""

from dataclasses import replace

import pytest

from backendd.api.errors import NotSupported
from backendd.api.names import FILES
from backendd.api.records import Enclosure
from primitivus.widgets.terminal.style import Style
from tests.lab.file_manager import FileManager
from tests.lab.pictures import encoded, two_halves
from tests.primitivus.app.test_pictures import lose_picture, painted, see_picture
from tests.primitivus.app.test_posts import link
from tests.primitivus.fake import ALICE, MIA
from tests.primitivus.fake.account import MICROBLOG

ROSE = Enclosure(url="https://a.example/rose.png", mime="image/png", title="rose.png", size=7000)
NOTES = Enclosure(url="https://a.example/notes.txt", mime="text/plain", title="notes.txt", size=5)
PNG = encoded(two_halves(40, 20))


@pytest.fixture
def write(account):
    """Call it to have a post come with files."""

    def make(*files, service=MIA, id="trip", **known):
        return account.write(service, id, title="The trip", attachments=list(files), **known)

    return make


@pytest.fixture
def is_here(account, tmp_path):
    """Call it to have the first file of a post be here."""

    def make(entry, content=PNG, **known):
        path = tmp_path / entry.attachments[0].title
        path.write_bytes(content)
        id = account.transfer(
            peer=entry.service, direction="in", state="done", name=path.name, path=str(path),
            size=len(content), mime=entry.attachments[0].mime, entry_service=entry.service,
            entry_node=entry.node, entry_id=entry.id, entry_title=entry.title,
        ).id  # fmt: skip
        first, *others = entry.attachments
        files = [replace(first, transfer=id), *others]
        account.write(entry.service, entry.id, attachments=files, **known)
        return path

    return make


async def read(pilot, id="trip", service=MIA):
    await pilot.command(f"post {link(id, service)}")
    await pilot.see("Post: The trip")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_the_file_of_a_post_is_fetched_by_a_key(account, fly, write, keymap):
    write(ROSE)
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type(f"post {link('trip')}\n")
    await pilot.see("rose.png  7 kB  image/png")
    await pilot.press("S")
    await account.called("DownloadOf", MIA, MICROBLOG, "trip", 0, "")
    await pilot.see('"rose.png" comes')


async def test_how_far_a_file_is_stands_beside_its_name(account, pilot, write):
    write(ROSE)
    await read(pilot)
    await pilot.command("download")
    await pilot.see("image/png  waits")
    account.transfer(id=1, state="running", size=100, done=40)
    await pilot.see("image/png  40%")
    account.transfer(id=1, state="failed", error=("HostUnreachable", "nobody answers"))
    await pilot.see("did not come: nobody answers (:download tries it")
    await pilot.command("download")
    await pilot.until(lambda: account.transfers[1].state == "queued", "it goes on")


async def test_of_several_one_is_chosen_or_all(account, pilot, write):
    entry = write(ROSE, NOTES)
    await read(pilot)
    await pilot.press("S")
    await pilot.see("In this post")
    await pilot.see("all 2 that were not fetched")
    await pilot.press("Down", "Enter")
    await account.called("DownloadOf", MIA, MICROBLOG, "trip", 1, "")
    await pilot.see('"notes.txt" comes')
    await pilot.command(f"download-of {entry.uri} all")
    await account.called("DownloadOf", MIA, MICROBLOG, "trip", 0, "")
    await pilot.see("1 file comes;")
    await pilot.command(f"download-of {link('other')} all")
    await pilot.see("this post is not shown")
    await pilot.command(f"download-of {entry.uri} 7")
    await pilot.see("there is no such file here")


async def test_what_is_typed_behind_a_file_that_is_fetched_goes_by_what_is_told_of_it(
    account, pilot, write
):
    entry = write(ROSE, NOTES)
    await read(pilot)
    account.answers.clear()
    lines = f":download-of {entry.uri} 1\n:download-of {entry.uri} all\n:nonsense\n"
    pilot.terminal.on_keys(["enter" if each == "\n" else each for each in lines])
    await account.called("DownloadOf", MIA, MICROBLOG, "trip", 1, "")
    account.answers.set()
    await pilot.see('there is no command "nonsense"')
    said = [each.text for each in pilot.state.told()]
    assert [each.partition(";")[0] for each in said if "come" in each] == [
        '"notes.txt" comes', '"rose.png" comes', "1 file comes",
    ]  # fmt: skip
    asked = [call[4] for call in account.calls if call[0] == "DownloadOf"]
    assert asked == [1, 0]


async def test_what_can_not_be_fetched_is_said(account, pilot, write):
    write(ROSE)
    account.blog_refusals["DownloadOf"] = NotSupported("this is no address")
    await read(pilot)
    await pilot.press("S")
    await pilot.see("this is no address")


async def test_a_post_without_files_says_so(pilot, write):
    write()
    await read(pilot)
    for line, said in (
        ("download", "this post brings no file"),
        ("show-file", "no file of this post is here"),
        ("picture", "no picture of this post is here"),
    ):
        await pilot.command(line)
        await pilot.see(said)


async def test_a_picture_that_is_here_is_shown_below_its_name(pilot, write, is_here):
    entry = write(ROSE, NOTES)
    await read(pilot)
    assert not painted(pilot)
    is_here(entry)
    await see_picture(pilot)
    assert len(painted(pilot)) == 10
    named = next(y for y, row in enumerate(pilot.terminal.rows) if "rose.png" in row)
    assert any(isinstance(style, Style) for style, _ in pilot.terminal.styles[named + 1])
    await pilot.see("image/png  is here (:open)")
    await pilot.command("set pictures off")
    await lose_picture(pilot)
    await pilot.command("set pictures auto")
    await see_picture(pilot)
    await pilot.press("v")
    await pilot.until(lambda: painted(pilot) and "notes.txt" not in pilot.screen, "it alone")
    await pilot.press("Esc")
    await pilot.see("notes.txt")


async def test_a_picture_is_shown_from_where_it_is_when_its_transfer_is_forgotten(
    account, pilot, write, is_here
):
    path = is_here(write(ROSE))
    account.transfers.clear()
    account.emit(FILES, "Removed", [1])
    await read(pilot)
    await pilot.lose("is here")
    write(replace(ROSE, here=True, path=str(path), size=len(PNG)))
    await see_picture(pilot)
    await pilot.see("is here (:open)")


async def test_a_picture_far_below_is_there_when_it_is_in_view(pilot, write, is_here):
    is_here(write(ROSE, body="\n\n".join(f"line {number}" for number in range(80))))
    await read(pilot)
    await pilot.see("line 5")
    assert not painted(pilot)
    await pilot.command("bottom")
    await pilot.see("rose.png")
    await pilot.until(lambda: pilot.state.layout.main.beyond.below, "more below")
    await pilot.command("bottom")
    await see_picture(pilot)


async def test_a_file_that_is_no_picture_says_why_it_is_not_shown(pilot, write, is_here):
    entry = write(ROSE)
    await read(pilot)
    is_here(entry, b"no picture at all")
    await pilot.see("not shown:")


async def test_a_file_is_opened_and_shown_from_the_disk_and_copied_from_the_web(
    pilot, write, is_here, bus, desktop
):
    path = is_here(write(ROSE))
    manager = await FileManager.open(bus.address)
    await read(pilot)
    await pilot.see("is here")
    await pilot.press("O")
    assert await manager.shows() == path.as_uri()
    await manager.close()
    await pilot.press("o")
    await pilot.until(lambda: desktop.exists() and str(path) in desktop.read_text(), "it opens")
    await pilot.see("opened")
    await pilot.press("Y")
    await pilot.see("Found here")
    await pilot.press("Down", "Enter")
    await pilot.see("https://a.example/rose.png")


async def test_a_file_on_its_way_is_named_by_its_post_which_enter_shows(
    account, pilot, write, is_here
):
    is_here(write(ROSE))
    account.transfer(
        direction="out", state="queued", peer=ALICE, name="mine.png", entry_service=MIA,
        entry_node=MICROBLOG, entry_id="trip", entry_title="The trip",
    )  # fmt: skip
    await pilot.command("transfers")
    await pilot.see('for "The trip"')
    await pilot.see('from "The trip"')
    await pilot.press("Enter")
    await pilot.see("Post: The trip")


async def test_that_a_file_of_a_post_is_there_or_failed_its_post_says(account, pilot, write):
    mine = replace(ROSE, url="")
    write(mine, service=ALICE, id="mine", state="pending")
    known = {"peer": ALICE, "name": "rose.png", "entry_service": ALICE, "entry_id": "mine"}
    account.transfer(id=1, direction="out", state="queued", entry_node=MICROBLOG, **known)
    write(replace(mine, transfer=1), service=ALICE, id="mine")
    await read(pilot, "mine", ALICE)
    await pilot.see("waits to be sent")
    account.transfer(id=1, state="failed", error=("FileError", "it is not there"))
    why = ("FileError", 'its file "rose.png" was not put on the server: it is not there')
    write(mine, service=ALICE, id="mine", state="failed", error=why)
    await pilot.see('it was not published: its file "rose.png" was not put on the server')
    assert 'rose.png" was not sent' not in pilot.screen
