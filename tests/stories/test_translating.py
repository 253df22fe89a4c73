"""Whoever makes a translation does what docs/translating.md says, and the program speaks it."""

import asyncio
import re
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.lab.terminal import Terminal

ROOT = Path(__file__).parents[2]
BEGIN, MAKE, UPDATE = re.findall(
    r"```sh\n(.*?)```", (ROOT / "docs/translating.md").read_text(encoding="utf-8"), re.DOTALL
)
# A beginning of a translation.
GERMAN = {
    "Conversations": "Gespräche",
    '"{name}" takes no arguments': '"{name}" nimmt keine Argumente',
    'there is no command "{name}"; "help" lists them': 'einen Befehl "{name}" gibt es nicht',
    "{name} has to be a whole number, at least {least}": "{name} ist eine Zahl ab {least}",
    ("{n} unread comment", "{n} unread comments"): (
        "ein ungelesener Kommentar", "{n} ungelesene Kommentare",
    ),
}  # fmt: skip

pytestmark = pytest.mark.components


@pytest.fixture
async def checkout(scratch):
    """A folder with what a checkout has that is made ready, as far as translating needs it."""
    folder = scratch.root / "checkout"
    folder.mkdir()
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "primitivus").symlink_to(ROOT / "primitivus")
    return folder


@pytest.fixture
def run(checkout, scratch):
    """Run what a block of the document says, as it stands; it has to succeed."""

    async def run(block):
        process = await asyncio.create_subprocess_exec(
            *("sh", "-euc", block), cwd=checkout, env=scratch.env, stdout=-1, stderr=-2
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said.decode()

    return run


def fill_in(path, said):
    """Do what an editor for such files does."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    known = {message.id: message for message in catalogue}
    for text, translation in said.items():
        known[text].string = translation
    with path.open("wb") as file:
        write_po(file, catalogue)


async def test_its_steps_lead_to_a_program_that_speaks_german(run, checkout, server, user, backend):
    await user(server, "alice")
    await run(BEGIN)
    file = checkout / "primitivus.de.po"
    fill_in(file, GERMAN)
    *making, start = MAKE.rstrip().split("\n")
    await run("\n".join(making))
    async with await Terminal.start(
        ("sh", "-c", start), env=backend.env, cwd=checkout, rows=30, columns=100
    ) as terminal:
        await terminal.wait_for("Gespräche")
        await terminal.wait_for("F1 help")  # which is not translated
        terminal.submit(":quit now")
        await terminal.wait_for('"quit" nimmt keine Argumente')
        terminal.submit(":set sequence_timeout_ms x")
        await terminal.wait_for("sequence_timeout_ms ist eine Zahl ab 50")
        terminal.submit(":quit")
        assert await terminal.wait_exit() == 0


async def test_an_update_keeps_what_is_translated(run, checkout):
    await run(BEGIN)
    file = checkout / "primitivus.de.po"
    fill_in(file, GERMAN)
    await run(UPDATE)
    with file.open("rb") as held:
        kept = {each.id: each.string for each in read_po(held) if each.id in GERMAN}
    assert kept == GERMAN


ARABIC = {
    "Welcome: a profile for your XMPP account": "أَهْلًا: مِلَفّ لِحِسَابِكَ عَلَى XMPP",
    "XMPP address": "\u200fبَرِيد",
    "XMPP password": "كَلِمَة السِّرّ",
}


async def test_words_from_right_to_left_are_sent_in_their_order_in_straight_columns(
    scratch, backend
):
    catalogue = Catalog(locale="ar")
    for text, translation in ARABIC.items():
        catalogue.add(text, translation)
    path = scratch.home / ".local/share/locale/ar/LC_MESSAGES/primitivus.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    command, env = (sys.executable, "-m", "primitivus"), backend.env | {"LANGUAGE": "ar"}
    async with await Terminal.start(command, env=env, rows=30, columns=100) as terminal:
        for said in ARABIC.values():
            await terminal.wait_for(said.lstrip("\u200f"))
        screen = [[terminal.emulator.buffer[y][x].data for x in range(100)] for y in range(30)]
        top = next(y for y, row in enumerate(screen) if "┌" in row)
        bottom = next(y for y, row in enumerate(screen) if "└" in row)
        for side in (screen[top].index("┌"), screen[top].index("┐")):
            assert {screen[y][side] for y in range(top + 1, bottom)} == {"│"}
        terminal.press("esc")  # which leaves the program, as there is no profile
        assert await terminal.wait_exit() == 0
