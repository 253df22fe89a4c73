"""People for the stories: the daemon's user, and others on the same server."""

import pytest

from tests.lab.backend import Backend
from tests.lab.caller import Caller
from tests.lab.correspondent import Correspondent
from tests.lab.prosody import Prosody


@pytest.fixture
def server(tmp_path):
    """A Prosody of this story alone, for it may be killed."""
    with Prosody(tmp_path / "server") as own:
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
