"""The real program in a real terminal: how it begins, and how it leaves the terminal."""

import asyncio
import os
import shutil
import signal
import sys

import pytest

from backendd.api.errors import NotAllowed
from tests.lab.graphics import Graphics
from tests.lab.protocols import Protocols
from tests.lab.terminal import Terminal
from tests.primitivus.fake import BOB
from tests.primitivus.fake.account import MICROBLOG

COMMAND = f"{sys.executable} -m primitivus"


@pytest.fixture
def env(bus, scratch):
    return {**scratch.env, "DBUS_SESSION_BUS_ADDRESS": bus.address, "TZ": "UTC"}


@pytest.fixture
async def shell(env, scratch):
    """A terminal with a shell that knows jobs."""
    command = ("bash", "--norc", "--noprofile", "--noediting", "-i")
    async with await Terminal.start(
        command, env={**env, "PS1": "READY> "}, cwd=scratch.root, rows=24, columns=90
    ) as terminal:
        await terminal.wait_for("READY>")
        yield terminal
        # An interactive shell hears no SIGTERM.
        await terminal.hang_up()


async def plain(env, *arguments, **more):
    """Run the program without a terminal; return its exit code and what it says."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "primitivus", *arguments),
        env=env | more,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def test_help_and_version_need_no_terminal(env):
    assert await plain(env, "--help") == (0, (await plain(env, "-h"))[1])
    code, said = await plain(env, "--version")
    assert (code, said.split()[0]) == (0, "primitivus")


@pytest.mark.parametrize("arguments", [["--colour"], ["-p"], ["alice"]])
async def test_a_wrong_option_is_named(env, arguments):
    code, said = await plain(env, *arguments)
    assert code == 2
    assert arguments[0] in said
    assert "usage: primitivus" in said


async def test_without_a_terminal_it_says_so(env):
    code, said = await plain(env)
    assert code == 5
    assert "not a terminal" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("TERM=dumb", "TERM=dumb"),
        ("LC_ALL=C", "not UTF-8"),
        ("LC_ALL=xx_XX.UTF-8", "not installed"),
    ],
)
async def test_a_terminal_that_will_not_do_is_told(shell, setting, says):
    shell.submit(f"{setting} {COMMAND}; echo code=$?")
    await shell.wait_for("code=5")
    assert says in shell.text
    assert "Traceback" not in shell.text


async def test_without_a_bus_it_says_so(shell):
    shell.submit(f"DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere {COMMAND}; echo code=$?")
    await shell.wait_for("code=4")
    assert "session bus" in shell.text
    assert "Traceback" not in shell.text


# What the terminal is asked for the mouse: presses and the wheel, in decimal numbers.
MOUSE = {1000 << 5, 1006 << 5}
ALTERNATE_SCREEN = {1049 << 5}


def is_asked_for_mouse(shell):
    return shell.emulator.mode >= MOUSE


def is_mouse_free(shell):
    return not shell.emulator.mode & MOUSE


def press(shell, text, button=0):
    """Press a text on the screen with the mouse, of several the rightmost one."""
    found = [(row.rindex(text), number) for number, row in enumerate(shell.rows) if text in row]
    column, row = max(found)
    shell.write(f"\x1b[<{button};{column + 1};{row + 1}M\x1b[<{button};{column + 1};{row + 1}m")


# In one go, for a terminal that hung may answer only now what it was asked, which is echoed.
ASK_MODES = "echo modes $(stty -a | tr ' ' '\\n' | grep -xE -e '-?(icanon|echo|isig)')"


async def begin(shell, until="have you seen this", *arguments):
    shell.submit(f"{' '.join([COMMAND, *arguments])}; echo code=$?; {ASK_MODES}")
    await shell.wait_for(until)


async def shell_is_itself_again(shell, code):
    await shell.wait_for(f"code={code}")
    await shell.wait_for("modes isig icanon echo$")
    assert not shell.emulator.mode & ALTERNATE_SCREEN
    assert is_mouse_free(shell)


async def test_quitting_gives_the_terminal_back(shell, account):
    await begin(shell)
    await shell.wait_until(lambda: is_asked_for_mouse(shell))
    assert shell.emulator.mode >= ALTERNATE_SCREEN
    shell.press("esc")
    shell.submit(":quit")
    await shell_is_itself_again(shell, 0)


# The program with a part that does not end when it is told to.
STUBBORN = """
import asyncio, contextlib, sys
from primitivus.__main__ import main
from primitivus.client.engine import Engine

async def stay():
    while True:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.get_running_loop().create_future()

def begin(engine, usual=Engine.begin):
    engine.tasks.start(stay(), name="stubborn")
    return usual(engine)

Engine.begin = begin
sys.exit(main())
"""


async def test_what_does_not_end_keeps_nobody_from_leaving_and_is_in_the_log(
    shell, account, tmp_path, scratch
):
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    shell.submit(f"{sys.executable} {tmp_path / 'stubborn.py'}; echo code=$?")
    await shell.wait_for("have you seen this")
    shell.press("esc")
    shell.submit(":quit")
    await shell.wait_for("code=1")
    assert "something did not end" in shell.text
    assert "task stubborn" in next(scratch.root.rglob("primitivus.log")).read_text()


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
async def test_in_tmux_it_ends_while_tmux_is_being_asked(env, scratch, account, tmp_path):
    tmux = ("tmux", "-S", str(tmp_path / "tmux"), "-u", "-f", "/dev/null")
    # Each time that the size is another, tmux is asked by its own program.
    async with await Terminal.start(
        (*tmux, "new-session", "PS1='READY> ' exec bash --norc --noprofile -i"),
        env=env,
        cwd=scratch.root,
        protocols=Protocols(graphics=Graphics()),
    ) as terminal:
        try:
            for number in range(4):
                await terminal.wait_for("READY>")
                terminal.submit(f"clear; {COMMAND}; echo code{number}=$?")
                await terminal.wait_for("have you seen this")
                for more in (1, 2, 3):
                    terminal.resize(24 + more, 80 + number + more)
                terminal.press("C-x")
                await terminal.wait_for(f"code{number}=0")
        finally:
            ended = await asyncio.create_subprocess_exec(*tmux, "kill-server", env=env)
            await ended.wait()


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
async def test_in_tmux_that_has_its_own_mouse_off_presses_reach_the_program(
    env, scratch, account, tmp_path
):
    tmux = ("tmux", "-S", str(tmp_path / "tmux"), "-u", "-f", "/dev/null")
    command = (*tmux, "new-session", "PS1='READY> ' exec bash --norc --noprofile -i")
    async with await Terminal.start(command, env=env, cwd=scratch.root) as terminal:
        try:
            await terminal.wait_for("READY>")
            terminal.submit(f"clear; {COMMAND}; echo code=$?")
            await terminal.wait_for("have you seen this")
            await terminal.wait_until(lambda: 1000 << 5 in terminal.emulator.mode, "mouse modes")
            press(terminal, "have you seen this")
            press(terminal, "have you seen this")
            await terminal.wait_for("─ Message ─")
            terminal.press("C-x")
            await terminal.wait_for("code=0")
            await terminal.wait_until(lambda: is_mouse_free(terminal), "no mouse modes")
        finally:
            ended = await asyncio.create_subprocess_exec(*tmux, "kill-server", env=env)
            await ended.wait()


# What F1, Home, End, Left and Alt with 2 send, by what the terminal calls itself.
_XTERM = ("\x1bOP", "\x1b[H", "\x1b[F", "\x1b[D", "\x1b2")
_APPLICATION = ("\x1bOP", "\x1bOH", "\x1bOF", "\x1bOD", "\x1b2")
_CONSOLE = ("\x1b[[A", "\x1b[1~", "\x1b[4~", "\x1b[D", "\x1b2")
_MULTIPLEXER = ("\x1bOP", "\x1b[1~", "\x1b[4~", "\x1bOD", "\x1b2")
_RXVT = ("\x1b[11~", "\x1b[7~", "\x1b[8~", "\x1b[D", "\x1b2")
TERMS = {
    "linux": _CONSOLE,
    "xterm": _XTERM,
    "xterm-256color": _APPLICATION,
    "xterm-direct": _XTERM,
    "screen": _MULTIPLEXER,
    "screen-256color": _MULTIPLEXER,
    "tmux-256color": _MULTIPLEXER,
    "vt100": _APPLICATION,
    "vt220": _MULTIPLEXER,
    "ansi": _XTERM,
    "xterm-kitty": _XTERM,
    "foot": _XTERM,
    "alacritty": _APPLICATION,
    "wezterm": _XTERM,
    "rxvt-unicode-256color": _RXVT,
    "unknown": _XTERM,
}


@pytest.mark.parametrize("term", TERMS)
async def test_one_starts_chats_stops_and_leaves_whatever_the_terminal_calls_itself(
    shell, account, term
):
    help_key, home, end, left, second = TERMS[term]
    shell.submit(f"export TERM={term}")
    modes = set(shell.emulator.mode)
    await begin(shell)
    is_simple = term in ("linux", "vt100", "vt220", "ansi")
    assert is_mouse_free(shell) if is_simple else is_asked_for_mouse(shell)
    shell.write(f"ello fom{home}h{end} here{left * 6}r")
    await shell.wait_for("> hello form here")
    shell.press("enter")
    await shell.wait_for("hello form here +[^ ]+\n")
    shell.write(second)
    await shell.wait_for("an older one")
    shell.write(help_key)
    await shell.wait_for("[-─] Help")
    shell.press("C-z")
    await shell.wait_for("Stopped")
    assert shell.emulator.mode == modes
    shell.submit("fg")
    await shell.wait_for("[-─] Help")
    shell.press("C-x")
    # What a shell was to do behind a job that was stopped it has done already.
    await shell.wait_for("READY>$")
    shell.submit(f"code=$?; clear; echo code=$code; {ASK_MODES}")
    await shell_is_itself_again(shell, 0)
    assert shell.emulator.mode == modes
    assert "Traceback" not in shell.text


async def test_what_is_pressed_is_opened_and_the_mouse_is_given_up_by_a_key(shell, account):
    await begin(shell)
    press(shell, "have you seen this")
    press(shell, "have you seen this")
    await shell.wait_for("─ Message ─")
    shell.write("\x1b[18~")  # F7
    await shell.wait_for("mouse = off")
    await shell.wait_until(lambda: is_mouse_free(shell))
    # What was on its way is no press any more, and no text.
    shell.press("esc")
    await shell.wait_until(lambda: "─ Message ─" not in shell.text, "no popup")
    press(shell, "have you seen this")
    shell.submit(":quit")
    await shell_is_itself_again(shell, 0)


async def test_with_the_setting_off_the_terminal_keeps_its_mouse(shell, account, scratch):
    config = scratch.root / "config" / "primitivus" / "primitivus.toml"
    config.parent.mkdir(parents=True)
    config.write_text("mouse = false\n")
    shell.submit(f"export XDG_CONFIG_HOME={scratch.root / 'config'}; clear")
    await begin(shell)
    shell.press("esc", "k")
    await shell.wait_for("NORMAL")
    assert is_mouse_free(shell)
    shell.submit(":quit")
    await shell_is_itself_again(shell, 0)


async def program_of(shell):
    """Return the process id of the program the shell runs."""
    process = await asyncio.create_subprocess_exec(
        "ps", "-o", "pid=", "--ppid", str(shell.pid), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return int(said.split()[0])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_a_signal_gives_the_terminal_back_and_saves_the_draft(shell, account, number):
    await begin(shell)
    shell.write("half a sentence")
    await shell.wait_for("> half a sentence")
    os.kill(await program_of(shell), number)
    await shell_is_itself_again(shell, 0)
    assert account.conversations[BOB].draft == "half a sentence"


# The second is a job of two processes: one waits for the program, as make does.
@pytest.mark.parametrize("line", [COMMAND, f"sh -c '{COMMAND}; true'"])
async def test_suspending_gives_the_terminal_back_and_takes_it_again(shell, account, line):
    shell.submit(line)
    await shell.wait_for("have you seen this")
    shell.press("C-z")
    await shell.wait_for("Stopped")
    assert is_mouse_free(shell)
    shell.submit("fg")
    await shell.wait_for("have you seen this")
    await shell.wait_until(lambda: is_asked_for_mouse(shell))
    shell.write("still here")
    await shell.wait_for("> still here")
    # Signal keys are keys again.
    shell.press("esc", "C-c", "C-s")
    shell.submit(":quit")
    await shell.wait_for("READY>$")
    shell.submit("echo code=$?")
    await shell.wait_for("code=0")


async def test_a_lost_terminal_ends_the_program_and_keeps_the_draft(env, scratch, account):
    terminal = await Terminal.start(
        (sys.executable, "-m", "primitivus"), env=env, cwd=scratch.root, rows=24, columns=90
    )
    await terminal.wait_for("have you seen this")
    terminal.write("half a sentence")
    await terminal.wait_for("> half a sentence")
    await terminal.hang_up()
    assert account.conversations[BOB].draft == "half a sentence"


@pytest.mark.parametrize(
    "line",
    [
        f"trap '' HUP; exec {COMMAND}",
        # A leader of the session that lives on, as make does.
        f"trap '' HUP; {COMMAND}; echo $? >code",
    ],
)
async def test_a_terminal_that_goes_without_a_signal_ends_the_program(env, scratch, account, line):
    terminal = await Terminal.start(
        ("bash", "-c", line), env=env, cwd=scratch.root, rows=24, columns=90
    )
    await terminal.wait_for("have you seen this")
    terminal.write("half a sentence")
    await terminal.wait_for("> half a sentence")
    terminal.disconnect()
    assert await terminal.wait_exit() == 0
    assert account.conversations[BOB].draft == "half a sentence"
    assert not list(scratch.root.rglob("primitivus.log"))


async def test_a_profile_that_is_nowhere_is_said_on_the_shells_own_screen(shell, account):
    shell.submit(f"{COMMAND} -p nobody; echo code=$?")
    await shell.wait_for("code=[1-9]")
    assert "nobody" in shell.text.partition("primitivus: ")[2]


async def test_the_end_of_the_profile_that_was_asked_for_is_said_to_be_so(shell, account, fake):
    await begin(shell, "have you seen this", "-p", "alice")
    fake.remove_profile()
    await shell_is_itself_again(shell, 0)
    assert 'primitivus: the profile "alice" was removed' in shell.text


async def test_a_long_message_is_written_in_the_editor(shell, account, scratch):
    script = scratch.root / "editor"
    script.write_text("#!/bin/sh\nprintf ' and\\nmore\\n' >> $1\n")
    script.chmod(0o755)
    shell.submit(f"export EDITOR={script}")
    await begin(shell)
    shell.write("some")
    await shell.wait_for("> some")
    shell.press("C-o")
    await shell.wait_for("> some and")
    shell.write("\r")
    await shell.wait_for("^ *│.*some and|me +some and|some and")
    shell.press("esc")
    shell.submit(":quit")
    await shell.wait_for("code=0")
    assert "some and\nmore" in [each.body for each in account.messages.values()]


# One that leaves the terminal as it finds it, as those do that only hand a file on.
PLAIN_EDITOR = """
import os, signal, sys

def heard(number, frame):
    # The file that prints may be at it just now.
    os.write(1, f"heard {signal.Signals(number).name}\\n".encode())
    if number == signal.SIGHUP:
        sys.exit(1)

for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
    usual = (signal.SIG_DFL, signal.default_int_handler)
    print(number.name, signal.getsignal(number) in usual, flush=True)
    signal.signal(number, heard)
print("EDITING", flush=True)
for line in sys.stdin:
    if line == "done\\n":
        with open(sys.argv[1], "a") as file:
            file.write("kept")
        break
"""


@pytest.fixture
def plain_editor(shell, scratch):
    script = scratch.root / "editor.py"
    script.write_text(PLAIN_EDITOR)
    shell.submit(f"export EDITOR='{sys.executable} {script}'; clear")


async def test_the_keys_that_send_signals_are_for_the_editor_while_it_runs(
    shell, account, plain_editor
):
    await begin(shell)
    shell.press("C-o")
    await shell.wait_for("EDITING")
    assert "False" not in shell.text
    assert is_mouse_free(shell)
    shell.press("C-c")
    await shell.wait_for("heard SIGINT")
    shell.write("\x1c")
    await shell.wait_for("heard SIGQUIT")
    shell.submit("done")
    await shell.wait_for("> kept")
    await shell.wait_until(lambda: is_asked_for_mouse(shell))
    # And then they are keys of the program again.
    shell.press("C-c")
    await shell.wait_for("^ >$")
    shell.press("esc")
    shell.submit(":quit")
    await shell_is_itself_again(shell, 0)


async def test_to_be_ended_while_the_editor_runs_tells_it_to_end_and_gives_the_terminal_back(
    shell, account, plain_editor
):
    await begin(shell)
    shell.press("C-o")
    await shell.wait_for("EDITING")
    os.kill(await program_of(shell), signal.SIGTERM)
    await shell.wait_for("heard SIGHUP")
    await shell_is_itself_again(shell, 0)
    assert "what you wrote" not in shell.text


def last_line(shell):
    """Return what the program said last; terminals break it where they end."""
    said = shell.text.partition("code=")[0].rpartition("primitivus: ")[2]
    return "".join(line.strip("│ ") for line in said.splitlines())


async def test_a_file_that_alone_has_what_was_written_is_named_at_the_end(
    shell, account, fake, scratch
):
    script = scratch.root / "editor"
    script.write_text("#!/bin/sh\nprintf 'Title: On tea\n\nGreen.\n' > $1\n")
    script.chmod(0o755)
    account.blog_refusals["SaveDraft"] = NotAllowed("the text is too long")
    shell.submit(f"export EDITOR={script} TMPDIR={scratch.root}")
    await begin(shell, "have you seen this", "-p", "alice")
    shell.press("esc")
    shell.submit(":publish")
    await shell.wait_for("What you wrote is in")
    fake.remove_profile()
    await shell_is_itself_again(shell, 0)
    said = last_line(shell)
    assert said.startswith("what you wrote is in")
    (left,) = scratch.root.glob("primitivus-*/post.md")
    assert said.endswith(f"{left.parent.name}/post.md")
    assert "Green." in left.read_text()


async def test_what_an_editor_has_written_when_it_is_made_to_end_is_named_at_the_end(
    shell, account, scratch
):
    script = scratch.root / "editor"
    script.write_text("#!/bin/sh\nprintf 'half a letter' > $1; echo EDITING; sleep 60\n")
    script.chmod(0o755)
    shell.submit(f"export EDITOR={script} TMPDIR={scratch.root}; clear")
    await begin(shell)
    shell.press("C-o")
    await shell.wait_for("EDITING")
    os.kill(await program_of(shell), signal.SIGTERM)
    await shell_is_itself_again(shell, 0)
    assert last_line(shell).endswith("message.txt")
    (left,) = scratch.root.glob("primitivus-*/message.txt")
    assert left.read_text() == "half a letter"


async def test_resizing_draws_the_screen_anew(shell, account):
    await begin(shell)
    shell.resize(30, 60)
    await shell.wait_until(lambda: shell.rows[-1] == " >" and "have you seen this" in shell.text)
    shell.resize(3, 15)
    await shell.wait_for("too small")
    shell.resize(24, 90)
    await shell.wait_for("Conversations")


async def backendd(env, *arguments):
    """Run the daemon's command; return its exit code."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "backendd", *arguments),
        env=env,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    return await process.wait()


async def test_the_backend_is_started_where_it_is_not_running_and_again_only_when_asked(shell, env):
    assert await backendd(env, "status") == 3
    try:
        await begin(shell, until="Welcome: a profile for your XMPP account")
        assert await backendd(env, "status") == 0
        assert await backendd(env, "stop") == 0
        await shell.wait_for("No backend since")
        assert await backendd(env, "status") == 3
        shell.press("esc")
        shell.submit(":start-backend")
        await shell.wait_until(
            lambda: "Welcome: a profile" in shell.text and "No backend since" not in shell.text
        )
        assert await backendd(env, "status") == 0
        shell.press("esc")
        await shell.wait_for("code=0")
    finally:
        await backendd(env, "stop")


async def test_a_backend_that_does_not_start_is_told_with_its_reason(shell, scratch):
    scratch.data.parent.mkdir(parents=True, exist_ok=True)
    scratch.data.write_text("no directory")
    shell.submit(f"{COMMAND}; echo code=$?")
    await shell.wait_for("code=[13]")
    assert "primitivus: backendd does not start" in shell.text
    assert "Traceback" not in shell.text


@pytest.mark.parametrize("where", ["message", "comment"])
async def test_what_was_typed_and_no_backend_keeps_is_in_a_file_that_is_named_at_the_end(
    shell, account, fake, scratch, where
):
    account.write(BOB, "tea", title="On tea", comments_service=BOB, comments_node="talk")
    account.refusal = account.blog_refusals["SetCommentDraft"] = NotAllowed("it is full")
    shell.submit(f"export TMPDIR={scratch.root}")
    await begin(shell, "have you seen this", "-p", "alice")
    if where == "comment":
        shell.press("esc")
        shell.submit(f":post xmpp:{BOB}?;node={MICROBLOG};item=tea")
        await shell.wait_for("Post: On tea")
        shell.press("c")
    shell.write("half a sentence")
    await shell.wait_for("half a sentence")
    fake.remove_profile()
    await shell_is_itself_again(shell, 0)
    (left,) = scratch.root.glob(f"primitivus-*/{where}.txt")
    assert last_line(shell).endswith(f"{left.parent.name}/{where}.txt")
    assert left.read_text() == "half a sentence"
