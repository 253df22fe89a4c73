"""Shell scripts that use the bus, as docs/dbus.md promises."""

import asyncio
import contextlib
import re
import shutil
from pathlib import Path

import pytest

from backendd.api import names
from tests.lab.correspondent import Correspondent

ROOT = Path(__file__).parents[2]
DBUS_MD = (ROOT / "docs/dbus.md").read_text()
EXAMPLES = re.findall(r"```sh\n(.*?)```", DBUS_MD, re.DOTALL)

pytestmark = pytest.mark.components


@pytest.fixture
async def waits(backend, bus):
    """Start a shell script; return when the daemon has got its call of Wait."""
    running = []

    async def start(*command):
        monitor = await asyncio.create_subprocess_exec(
            *("dbus-monitor", "--address", bus.address, "member='Wait'"), stdout=-1
        )
        running.append(monitor)
        assert monitor.stdout is not None
        await monitor.stdout.readuntil(b"NameAcquired")  # it listens from here on
        script = await asyncio.create_subprocess_exec(*command, env=backend.env)
        running.append(script)
        await monitor.stdout.readuntil(b"member=Wait")

    yield start
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def test_a_script_of_ten_lines_answers_every_message(server, user, meet, waits):
    alice = await user(server, "alice")
    bob, carol = await meet(server, "bob"), await meet(server, "carol")
    await waits(str(ROOT / "docs/examples/answer.sh"), "alice")
    await alice.call(names.MESSAGES, "Conversations")  # so the Wait before it is being served
    bob.send(server.jid("alice"), 'are you "there"? {"id": 7}')
    carol.send(server.jid("alice"), "and for me?")
    for friend in (bob, carol):
        await friend.wait_for("I am away. Your message has arrived.")
    bob.send(server.jid("alice"), "again")
    await told(bob, 2)


async def told(friend: Correspondent, count: int):
    """Return when `friend` was told so many messages."""
    arrived = asyncio.Event()
    friend.on_message = lambda _: arrived.set() if len(friend.received) >= count else None
    if len(friend.received) < count:
        await arrived.wait()


async def run(example, backend, server, directory):
    """Run an example of the documentation in a directory, with a bob who is on the server."""
    lines = [line for line in example.splitlines() if "monitor" not in line]
    shell = "\n".join(["set -e", *lines]).replace("bob@example.org", server.jid("bob"))
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", shell, env=backend.env, cwd=directory
    )
    assert await process.wait() == 0


async def test_the_calls_in_the_documentation_work_as_they_stand(
    server, user, meet, backend, tmp_path
):
    await user(server, "alice")
    await run(EXAMPLES[0], backend, server, tmp_path)
    bob = await meet(server, "bob")
    await bob.wait_for("hello")


@pytest.mark.skipif(shutil.which("gdbus") is None, reason="gdbus is not installed")
async def test_a_script_sends_a_file_that_it_has_open_as_the_documentation_says(
    server, user, meet, backend, tmp_path
):
    await user(server, "alice")
    bob = await meet(server, "bob")
    (tmp_path / "plan.txt").write_text("north, then east\n")
    await run(EXAMPLES[1], backend, server, tmp_path)
    await told(bob, 1)
    assert bob.received[0].body.endswith("/plan.txt")


def test_the_script_has_ten_lines():
    lines = (ROOT / "docs/examples/answer.sh").read_text().splitlines()
    code = [line for line in lines if not line.startswith("#")]
    assert len(code) <= 12
