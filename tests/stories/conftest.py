"""People for the stories: the daemon's user, and others on the same server."""

import shlex

import pytest

from tests.lab.backend import Backend
from tests.lab.between import Between
from tests.lab.bus import PrivateBus
from tests.lab.caller import Caller
from tests.lab.command_line import CommandLine
from tests.lab.correspondent import Correspondent
from tests.lab.ejabberd import Ejabberd, missing
from tests.lab.prosody import Prosody


@pytest.fixture
def server(request, tmp_path):
    """A server of this story alone, for it may be killed: a Prosody, if not `every_server`."""
    if getattr(request, "param", "prosody") == "prosody":
        # It keeps 256 items of a node if it isn't told otherwise.
        settings = "pep_max_items = 1000"
        components = request.node.get_closest_marker("components") is not None
        with Prosody(tmp_path / "server", settings=settings, components=components) as own:
            yield own
        return
    if missing():
        pytest.skip(missing())
    with Ejabberd(tmp_path / "server") as own:
        yield own


@pytest.fixture
async def meet():
    """Call it with a server and the name of an account to bring somebody online."""
    online = []

    async def connect(server, name):
        who = Correspondent(
            server.jid(name), server.password(name), port=server.port, ca_file=server.ca_file
        )
        online.append(who)
        return await who.connect()

    yield connect
    for who in online:
        await who.close()


@pytest.fixture
async def user(bus, backend: Backend):
    """Call it with a server and a name to make a profile of that name, online; yields a caller."""
    callers = []

    async def make(server, name, *, port=None, profile_password=""):
        await backend.add_profile(
            *(name, server.jid(name), server.password(name), profile_password),
            port=port or server.port,
            ca_file=server.ca_file,
        )
        caller = await Caller.open(bus.address, name)
        callers.append(caller)
        await caller.wait_state("online")
        return caller

    yield make
    for caller in callers:
        await caller.close()


@pytest.fixture
def ready(tui):
    """Call it with the name of a profile for a terminal in which one is at its keys."""

    async def start(name):
        terminal = await tui("-p", name)
        await terminal.wait_for("NORMAL|INSERT")
        terminal.press("esc")
        return terminal

    return start


@pytest.fixture
def editor(backend):
    """An editor for the terminals of a story, which writes a text below what is there."""
    script = backend.scratch.root / "editor"
    script.write_text("#!/bin/sh\nprintf '%s' 'Leaves *and* water.' >> \"$1\"\n")
    script.chmod(0o700)
    backend.env["EDITOR"] = shlex.quote(str(script))


@pytest.fixture
async def between(bus, backend, tmp_path):
    """Somebody between the backend and who is on a bus of his own."""
    with PrivateBus(tmp_path / "far") as far:
        somebody = await Between.open(bus.address, far.address)
        yield somebody
        await somebody.close()


@pytest.fixture
def distant(backend, between):
    """Call it with words to run `jp` where all that it asks and hears passes `between`."""
    env = backend.env | {"DBUS_SESSION_BUS_ADDRESS": between.address}
    return CommandLine(env, backend.scratch.root)
