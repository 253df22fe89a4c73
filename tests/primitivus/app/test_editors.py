"""Editors that the terminal is lent to: one at a time, whatever they do and leave behind."""

import os
import sys

import pytest

from tests.primitivus.app.test_terminal import begin, env, shell, shell_is_itself_again

__all__ = ["env", "shell"]

# It counts those that run, and takes lines until it is told that it is done.
COUNTED = """
import os, pathlib, sys

folder = pathlib.Path(sys.argv[1])
mine = folder / str(os.getpid())
mine.touch()
print(f"EDITING {len(list(folder.iterdir()))}", flush=True)
for line in sys.stdin:
    print("GOT", line, flush=True)
    if line == "done\\n":
        break
mine.unlink()
"""


@pytest.fixture
def counted_editor(shell, scratch):
    script, folder = scratch.root / "counted.py", scratch.root / "running"
    script.write_text(COUNTED)
    folder.mkdir()
    shell.submit(f"export EDITOR='{sys.executable} {script} {folder}'; clear")


async def test_a_terminal_is_lent_to_one_editor_at_a_time(shell, account, counted_editor):
    await begin(shell)
    shell.press("esc")
    # All in one piece, as on a slow link: the first of it opens the editor.
    shell.write("\x0f\x0f\x0f:quit\r")
    await shell.wait_for("EDITING 1")
    # The key that ends a program with a core would reach both.
    shell.submit("done")
    await shell.wait_for("left out")
    assert "EDITING" not in shell.text
    assert "have you seen this" in shell.text
    shell.submit(":quit")
    await shell_is_itself_again(shell, 0)


async def test_what_is_typed_behind_the_key_that_suspends_is_no_command_here(shell, account):
    await begin(shell)
    shell.press("esc")
    shell.write("\x1a:quit\r")
    await shell.wait_for("Stopped")
    shell.submit("fg")
    await shell.wait_for("left out")
    shell.write("istill here")
    await shell.wait_for("> still here")


def written_by(scratch, monkeypatch, does):
    """Have an editor that is a shell script which does this to the file `$1`."""
    script = scratch.root / "editor"
    script.write_text(f"#!/bin/sh\n{does}\n")
    script.chmod(0o700)
    # By its name alone: a long path would push what is said of it out of the status line.
    monkeypatch.setenv("PATH", f"{scratch.root}:{os.environ['PATH']}")
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", "editor")


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ('rm "$1"; mkfifo "$1"', "left no file behind"),
        ('rm "$1"; mkfifo "$1"; exit 3', "ended with 3"),
        ('rm "$1"; ln -s /dev/zero "$1"', "left no file behind"),
        ('truncate -s 10G "$1"', "10.7 GB"),
    ],
)
@pytest.mark.parametrize("line", ["editor", "publish"])
async def test_what_an_editor_leaves_that_is_no_text_is_told_and_not_read(
    pilot, scratch, account, monkeypatch, tmp_path, does, said, line
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    written_by(scratch, monkeypatch, does)
    await pilot.type("as it was")
    await pilot.command(line)
    await pilot.see(said)
    await pilot.press("esc", "i")
    await pilot.see("as it was")
    await pilot.type(", and goes on")
    await pilot.see("as it was, and goes on")


async def test_what_is_too_long_to_be_read_stays_where_it_is(
    pilot, scratch, account, monkeypatch, tmp_path
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    written_by(scratch, monkeypatch, 'truncate -s 10G "$1"')
    await pilot.command("editor")
    await pilot.see("is the most that is read")
    (left,) = tmp_path.glob("primitivus-*/message.txt")
    assert left.stat().st_size == 10 << 30


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
async def test_an_editor_of_blanks_is_none(pilot, scratch, account, monkeypatch, variable):
    written_by(scratch, monkeypatch, 'printf "by the other" > "$1"')
    if variable == "VISUAL":
        monkeypatch.setenv("VISUAL", "  ")
    else:
        monkeypatch.setenv("VISUAL", str(scratch.root / "editor"))
        monkeypatch.setenv("EDITOR", "  ")
    await pilot.command("editor")
    await pilot.see("by the other")


async def test_an_editor_that_is_no_command_is_told(pilot, account, monkeypatch):
    monkeypatch.setenv("VISUAL", "vi 'unclosed")
    await pilot.type("as it was")
    await pilot.command("editor")
    await pilot.see("\"vi 'unclosed\" can't be read: No closing quotation")
    await pilot.press("esc", "i")
    await pilot.see("as it was")
