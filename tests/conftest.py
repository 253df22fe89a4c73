"""What many tests stand on: a real server, bus, daemon and terminal, each ended with its test."""

import sys

import pytest
import urwid  # noqa: F401 - as a whole: tests draw with its widgets, of which the program loads none
from hypothesis import HealthCheck, settings

from tests.lab.backend import Backend
from tests.lab.bus import PrivateBus
from tests.lab.command_line import CommandLine
from tests.lab.ejabberd import Ejabberd, missing
from tests.lab.left_open import connections, ends_its_threads
from tests.lab.prosody import Prosody
from tests.lab.scratch import Scratch
from tests.lab.signals import give_defaults
from tests.lab.terminal import Terminal

__all__ = ["connections", "ends_its_threads"]

SERVERS = ("prosody", "ejabberd")

give_defaults()
# Hypothesis fails what takes longer than 200 ms, or is slow to make: a busy machine is no fault.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def elsewhere(tmp_path_factory):
    """Have nothing come to the downloads of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_DOWNLOAD_DIR", str(tmp_path_factory.mktemp("downloads")))
        yield


def pytest_addoption(parser):
    """Have one that renews the snapshots instead of holding what is drawn against them."""
    parser.addoption("--renew-snapshots", action="store_true", help="write what is drawn now")


def pytest_generate_tests(metafunc):
    """Have what is marked `every_server` run on each of them, `but` for those that it can't."""
    mark = metafunc.definition.get_closest_marker("every_server")
    if mark is not None and "server" in metafunc.fixturenames:
        names = [name for name in SERVERS if name not in mark.kwargs.get("but", ())]
        metafunc.parametrize("server", names, indirect=True)


@pytest.fixture(scope="session")
def prosody(tmp_path_factory):
    """A Prosody for all tests of this process; a test that stops it starts its own instead."""
    with Prosody(tmp_path_factory.mktemp("prosody"), components=True) as server:
        yield server


@pytest.fixture(scope="session")
def ejabberd(tmp_path_factory):
    """An ejabberd for all tests of this process, where there is one."""
    if missing():
        pytest.skip(missing())
    with Ejabberd(tmp_path_factory.mktemp("ejabberd")) as server:
        yield server


@pytest.fixture
def server(request):
    """The server of a test: the shared Prosody, or each of them for what is `every_server`."""
    return request.getfixturevalue(getattr(request, "param", "prosody"))


@pytest.fixture
def bus(tmp_path):
    """A session bus for this test alone."""
    with PrivateBus(tmp_path / "bus") as private_bus:
        yield private_bus


@pytest.fixture
def scratch(tmp_path):
    """A home and XDG directories for this test alone."""
    return Scratch(tmp_path / "user")


@pytest.fixture
async def backend(bus, scratch):
    """A daemon that runs, without profiles."""
    daemon = Backend(scratch, bus.address)
    await daemon.start()
    yield daemon
    await daemon.stop()


@pytest.fixture
def jp(backend):
    """Call it with words to run `jp`, for the user of the daemon."""
    return CommandLine(backend.env, backend.scratch.root)


@pytest.fixture
async def tui(backend):
    """Call it to start `primitivus` with some arguments in a terminal of its own."""
    terminals = []

    async def start(*arguments, rows=30, columns=100):
        command = (sys.executable, "-m", "primitivus", *arguments)
        where = backend.scratch.root
        terminal = await Terminal.start(
            command, env=backend.env, cwd=where, rows=rows, columns=columns
        )
        terminals.append(terminal)
        return terminal

    yield start
    for terminal in terminals:
        await terminal.close()
