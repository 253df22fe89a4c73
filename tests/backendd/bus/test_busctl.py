import asyncio
import json
import shutil

import pytest

from backendd.api.names import ROOT_PATH
from backendd.api.tasks import Tasks
from tests.backendd.bus.conftest import LAMP, NAME, PATH

LONG = "Return a text, and after it the names of what else was given."


@pytest.fixture
def busctl(private_bus, lamp):
    """Run busctl: `busctl("call", ...)`; returns exit code and output."""

    async def busctl(*arguments):
        process = await asyncio.create_subprocess_exec(
            *("busctl", f"--address={private_bus.address}", "--no-pager", *arguments),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return process.returncode, output.decode().rstrip("\n")

    return busctl


async def test_busctl_calls(busctl):
    assert await busctl("call", NAME, PATH, LAMP, "Echo", "s", "hello") == (0, 's "hello"')
    code, output = await busctl(
        "call", NAME, PATH, LAMP, "Echo", "sa{sv}", "x", "2", "b", "i", "1", "a", "as", "1", "z"
    )
    assert (code, output) == (0, 's "xab"')


async def test_busctl_shows_our_errors(busctl):
    code, output = await busctl("call", NAME, PATH, LAMP, "Fail", "s", "known")
    assert (code, output) == (1, "Call failed: there is no such bulb")


async def test_busctl_shows_members_and_annotations(busctl):
    code, output = await busctl("introspect", NAME, PATH, LAMP)
    rows = {line.split()[0]: line.split()[1:] for line in output.splitlines()[1:]}
    assert code == 0
    assert rows[".Echo"] == ["method", "sa{sv}", "s", "-"]
    assert rows[".Level"] == ["property", "i", "3", "emits-change", "writable"]
    assert rows[".Maker"] == ["property", "s", '"Edison"', "const"]
    assert rows[".Spectrum"] == ["property", "as", "2", '"red"', '"blue"', "emits-invalidation"]
    assert rows[".Lit"] == ["signal", "xs", "-", "-"]


async def test_busctl_shows_the_documentation(busctl):
    code, output = await busctl("introspect", "--xml-interface", NAME, PATH)
    assert code == 0
    assert 'name="org.gtk.GDBus.DocString" value="A lamp, for tests."' in output


async def test_busctl_shows_documentation_of_several_lines(busctl):
    code, output = await busctl("introspect", "--xml-interface", NAME, PATH)
    assert code == 0
    assert LONG in " ".join(output.split())


@pytest.mark.skipif(shutil.which("gdbus") is None, reason="gdbus is not installed")
async def test_gdbus_shows_documentation_of_several_lines(private_bus, lamp):
    process = await asyncio.create_subprocess_exec(
        *("gdbus", "introspect", f"--address={private_bus.address}"),
        *(f"--dest={NAME}", f"--object-path={PATH}"),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    assert LONG in " ".join(output.decode().split())


async def test_busctl_gets_and_sets_properties(busctl, switch):
    assert await busctl("set-property", NAME, PATH, LAMP, "Level", "i", "9") == (0, "")
    assert switch.level == 9
    assert await busctl("get-property", NAME, PATH, LAMP, "Level", "Maker") == (
        0,
        'i 9\ns "Edison"',
    )


async def test_busctl_walks_the_tree(busctl):
    code, output = await busctl("tree", "--list", NAME)
    assert code == 0
    assert output.splitlines()[-1] == PATH
    assert ROOT_PATH in output.splitlines()


async def test_busctl_sees_signals(private_bus, lamp, client):
    process = await asyncio.create_subprocess_exec(
        *("busctl", f"--address={private_bus.address}", "--json=short"),
        f"--match=type='signal',interface='{LAMP}'",
        "monitor",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    await process.stderr.readline()  # "Monitoring bus message stream."
    tasks = Tasks()
    line = tasks.start(process.stdout.readline(), name="monitor")
    lamp.emit("Lit", 5, "text")
    message = json.loads(await line)
    assert (message["member"], message["payload"]["data"]) == ("Lit", [5, "text"])
    process.terminate()
    await process.communicate()
