"""Somebody answers at length in their editor; whatever becomes of that, nothing is lost."""

import shlex
import sys

import pytest

from tests.lab.terminal import Terminal
from tests.stories.test_reactions import open_chat

LETTER = """\
Dear Bob,

/shrug is all I can say:

```
for 狗 in kennel:
    feed(狗)  # café 🐕
```

> so be it
/me waves: 日本語
"""

# It does what it is told a line at a time, as ed does, and is a child of the same terminal.
EDITOR = """\
#!/bin/sh
printf '\\033[H\\033[2JEDITING\\n'
while read -r what; do
  case $what in
    append) cat LETTER >> "$1"; echo APPENDED ;;
    empty) : > "$1" ;;
    remove) rm "$1" ;;
    fail) exit 3 ;;
    die) kill -9 $$ ;;
    done) exit 0 ;;
  esac
done
"""


@pytest.fixture
def editor(backend, tmp_path):
    script, letter = tmp_path / "editor", tmp_path / "letter"
    letter.write_text(LETTER)
    script.write_text(EDITOR.replace("LETTER", shlex.quote(str(letter))))
    script.chmod(0o700)
    left = tmp_path / "left"
    left.mkdir()
    backend.env |= {"EDITOR": shlex.quote(str(script)), "TMPDIR": str(left)}
    return left


@pytest.fixture
async def shell(backend):
    """A terminal with a shell that knows jobs."""
    command = ("bash", "--norc", "--noprofile", "--noediting", "-i")
    where = {"env": {**backend.env, "PS1": "READY> "}, "cwd": backend.scratch.root}
    async with await Terminal.start(command, **where, rows=30, columns=100) as terminal:
        await terminal.wait_for("READY>")
        yield terminal
        # An interactive shell hears no SIGTERM.
        await terminal.hang_up()


@pytest.fixture
async def asked(server, user, tui, editor, shell):
    """Alice, whom bob has asked something, each with a caller and a terminal."""
    alice, bob = await user(server, "alice"), await user(server, "bob")
    await bob.send(server.jid("alice"), "what do you think?")
    await alice.wait_for(server.jid("bob"), is_body("what do you think?"))
    shell.submit(f"{sys.executable} -m primitivus -p alice; echo code=$?")
    his = await tui("-p", "bob")
    await open_chat(his, server.jid("alice"))
    await open_chat(shell, server.jid("bob"))
    await shell.wait_for("bob +what do you think")
    shell.press("esc", "v", "r")
    await shell.wait_for("reply to bob: what do you think")
    return alice, bob, shell, his


def is_body(body):
    return lambda message: message["body"] == body


async def edit(terminal, *steps):
    """Be in the editor, and have it do something."""
    terminal.press("C-o")
    await terminal.wait_for("EDITING")
    for step in steps:
        terminal.submit(step)


async def until_answered(server, asked, body):
    """Return once bob reads the answer with what it answers, from the first to the last line."""
    alice, bob, _, his = asked
    answered = await bob.wait_for(server.jid("alice"), is_body(body))
    assert answered["quote"] == "what do you think?"
    await his.wait_for("> me: what do you think")
    for line in filter(None, body.replace("```", "").splitlines()):
        assert " ".join(line.split()) in " ".join(his.text.split())
    said = [each["body"] for each in await alice.messages(server.jid("bob"))]
    assert said.count(body) == 1


async def test_it_is_sent_as_it_was_written_whatever_happens_meanwhile(server, asked):
    _, bob, hers, _ = asked
    await edit(hers, "append")
    await hers.wait_for("APPENDED")
    assert "reply to" not in hers.text
    await bob.send(server.jid("alice"), "are you there?")
    # The shell has its terminal back for a while, and so has the editor then.
    hers.press("C-z")
    await hers.wait_for("Stopped")
    hers.submit("fg")
    await hers.wait_for("primitivus.*\n")
    hers.submit("append")
    hers.submit("done")
    await hers.wait_for("reply to bob: what do you think")
    await hers.wait_for("are you there")
    hers.press("enter")
    await until_answered(server, asked, (LETTER * 2).strip())


@pytest.mark.parametrize("end", ["fail", "die", "remove", "empty"])
async def test_an_editor_that_ends_badly_loses_nothing(server, asked, editor, end):
    *_, hers, _ = asked
    hers.write("half a thought ")
    await hers.wait_for("> half a thought")
    await edit(hers, "append", end)
    if end in ("remove", "empty"):
        hers.submit("done")
    await hers.wait_for("reply to bob: what do you think")
    if end == "empty":
        await hers.wait_gone("half a thought")
        hers.write("\x1f")  # C-_
    await hers.wait_for("> half a thought")
    if end in ("fail", "die"):
        # Its name can be too long for all of the sentence to stand here.
        await hers.wait_until(lambda: 'editor"end' in "".join(hers.text.split()), "how it ended")
        (left,) = editor.glob("primitivus-*/message.txt")
        assert left.read_text() == "half a thought " + LETTER
    await edit(hers, "append", "done")
    await hers.wait_for("reply to bob: what do you think")
    await hers.wait_for("日本語")
    hers.press("enter")
    await until_answered(server, asked, f"half a thought {LETTER}".strip())


async def test_a_backend_that_is_gone_meanwhile_loses_nothing(server, asked, backend):
    *_, hers, _ = asked
    await edit(hers, "append")
    await backend.kill()
    hers.submit("done")
    await hers.wait_for("No backend since")
    await hers.wait_for("reply to bob: what do you think")
    hers.press("enter")
    await hers.wait_for("is not running")
    await hers.wait_for("日本語")
    await backend.start()
    await hers.wait_gone("No backend since")
    await hers.wait_for("reply to bob: what do you think")
    hers.press("enter")
    await until_answered(server, asked, LETTER.strip())
