"""The demo works by itself, and leaves nothing behind however it ends."""

import asyncio
import os
import shlex
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from tests.lab.patience import PATIENCE_S
from tests.lab.terminal import Terminal
from tests.primitivus import pseudo
from tools.demo import script

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tools.demo")


@pytest.fixture
def place():
    """A temporary directory for this test, short enough for the names of sockets below it."""
    with tempfile.TemporaryDirectory(prefix="demo-") as path:
        yield Path(path)


@pytest.fixture
def env(place):
    """An environment whose temporary directory is this test's."""
    return {**os.environ, "TMPDIR": str(place), "TERM": "xterm-256color"}


def processes_of(directory):
    """Return all processes that name `directory`, and their command lines."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            texts = (path / "cmdline").read_bytes() + (path / "environ").read_bytes()
        except OSError:  # it ended meanwhile
            continue
        if str(directory).encode() in texts:
            found[int(path.name)] = texts.replace(b"\0", b" ").decode(errors="replace")[:200]
    return found


async def test_a_message_is_answered_and_nothing_is_left(env, place):
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "--check", env=env, cwd=ROOT, stdout=-1, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
    assert list(place.iterdir()) == []
    assert processes_of(place) == {}


async def test_without_a_terminal_it_says_what_to_do(env):
    process = await asyncio.create_subprocess_exec(
        *COMMAND, env=env, cwd=ROOT, stdin=asyncio.subprocess.DEVNULL, stderr=-1
    )
    _, errors = await process.communicate()
    assert process.returncode == 5
    assert b"make demo CHECK=1" in errors


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
async def test_the_program_in_it_knows_that_it_is_in_tmux(env, place):
    tmux = ("tmux", "-S", str(place / "tmux"), "-u", "-f", "/dev/null")
    env = {**env, "LC_ALL": "C.UTF-8"}
    async with await Terminal.start(
        (*tmux, "new-session", shlex.join(COMMAND)), env=env, cwd=ROOT, columns=100
    ) as terminal:
        try:
            await terminal.wait_for(script.WELCOME[:12])
            terminal.press("enter")
            await terminal.wait_for("Nobody. Write what you like")
            terminal.press("esc")
            await terminal.wait_for("NORMAL")
            terminal.submit(":focus messages")
            terminal.write("vy")
            await terminal.wait_for("copied into tmux's buffer")
        finally:
            # Its signal to the demo ends all of it.
            ended = await asyncio.create_subprocess_exec(*tmux, "kill-server", env=env)
            await ended.wait()
            await gone(place)


async def test_it_speaks_the_language_of_its_user(env, place):
    with tempfile.TemporaryDirectory() as data:
        pseudo.write(Path(data))
        spoken = {"LANGUAGE": pseudo.LANGUAGE, "LC_ALL": "C.UTF-8", "XDG_DATA_HOME": data}
        async with await Terminal.start(
            COMMAND, env=env | spoken, cwd=ROOT, columns=100
        ) as terminal:
            await terminal.wait_for(pseudo.said("Conversations"))
            terminal.press("esc")
            terminal.submit(":quit")
            assert await terminal.wait_exit() == 0
    assert list(place.iterdir()) == []


async def test_a_file_of_the_directory_it_was_called_in_can_be_sent_by_its_name(env, place):
    async with await Terminal.start(COMMAND, env=env, cwd=ROOT, columns=100) as terminal:
        await terminal.wait_for(script.WELCOME[:12])
        terminal.press("esc")
        await terminal.wait_for("NORMAL")
        terminal.submit(":send-file README.md")
        await terminal.wait_for('"README.md" is sent')
        terminal.submit(":quit")
        assert await terminal.wait_exit() == 0
    assert list(place.iterdir()) == []


async def test_somebody_else_comes_into_it_as_it_says(env, place):
    async with await Terminal.start(COMMAND, env=env, cwd=ROOT, columns=100) as terminal:
        await terminal.wait_for(":new-account demo.localhost")
        await terminal.wait_for(script.WELCOME[:12])
        terminal.press("esc")
        await terminal.wait_for("NORMAL")
        terminal.submit(":new-account demo.localhost")
        await terminal.wait_for("Ask it")
        terminal.press("enter")
        await terminal.wait_for("Username")
        terminal.write("anna")
        terminal.press("tab")
        terminal.write("secret")
        terminal.press("enter")
        await terminal.wait_for(r"● anna")
        terminal.submit(":quit")
        assert await terminal.wait_exit() == 0
    assert list(place.iterdir()) == []


async def test_a_terminal_beside_it_is_in_it_by_one_line(env, place):
    shown = "echo $DBUS_SESSION_BUS_ADDRESS $XDG_DATA_HOME $XDG_CONFIG_HOME; command -v primitivus"
    async with await Terminal.start(COMMAND, env=env, cwd=ROOT, columns=100) as terminal:
        await terminal.wait_for(script.WELCOME[:12])
        (entrance,) = place.glob("primitivus-demo-*/env")
        beside = await asyncio.create_subprocess_exec(
            *("sh", "-c", f". {entrance}; {shown}"), stdout=asyncio.subprocess.PIPE, env={}
        )
        said, _ = await beside.communicate()
        *places, program = said.decode().split()
        assert [str(entrance.parent) in each for each in places] == [True] * 3
        assert Path(program).parent == Path(sys.executable).parent
        terminal.press("esc")
        await terminal.wait_for("NORMAL")
        terminal.submit(":quit")
        assert await terminal.wait_exit() == 0


@pytest.mark.parametrize("when", [r"demo: starting", script.WELCOME[:12]])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_all_of_it(env, place, when, how):
    async with await Terminal.start(COMMAND, env=env, cwd=ROOT, columns=100) as terminal:
        await terminal.wait_for(when)
        os.kill(terminal.pid, how)
        assert await terminal.wait_exit() == 128 + how
    assert list(place.iterdir()) == []
    assert processes_of(place) == {}


@pytest.mark.parametrize(
    "command", [COMMAND, ("sh", "-c", shlex.join(COMMAND) + "; :")], ids=["alone", "of a shell"]
)
async def test_a_lost_terminal_ends_all_of_it(env, place, command):
    terminal = await Terminal.start(command, env=env, cwd=ROOT, columns=100)
    await terminal.wait_for(script.WELCOME[:12])
    await terminal.hang_up()
    await gone(place)
    assert list(place.iterdir()) == []


async def gone(place):
    """Return when no process of the demo is left; the shell before it may end earlier."""
    async with asyncio.timeout(PATIENCE_S):
        while left := processes_of(place):
            await asyncio.gather(*(ended(pid) for pid in left))


async def ended(pid):
    """Return when a process has ended, whoever its parent is."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    done = asyncio.Event()
    asyncio.get_running_loop().add_reader(descriptor, done.set)
    await done.wait()
    asyncio.get_running_loop().remove_reader(descriptor)
    os.close(descriptor)
