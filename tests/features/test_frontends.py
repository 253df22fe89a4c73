"""What frontends say of themselves, and what servers learn of it (XEP-0352)."""

import pytest

from backendd.api.errors import InvalidArgument
from backendd.core import xml
from backendd.core.frontends import Frontend, FrontendsChanged
from backendd.features.frontends.service import Frontends
from backendd.xmpp.names import IQ
from tests.backendd.session.partial import Partial
from tests.features.test_messages import frontend, options

__all__ = ["frontend"]

OFFERS = "<csi xmlns='urn:xmpp:csi:0'/>"
ACTIVE, INACTIVE = "{urn:xmpp:csi:0}active", "{urn:xmpp:csi:0}inactive"
IDLE = Frontend(is_idle=True)
US, OTHER = ":1.1", ":1.2"  # the harness has said of the first that somebody uses it


@pytest.fixture
async def server(tmp_path):
    async with Partial(tmp_path / "server", features=OFFERS) as partial:
        yield partial


@pytest.fixture
async def home(make_home, server):
    return await make_home("user", server=server)


def frontends(home):
    return home.backend.part(Frontends)


def told(server):
    """Return what the newest connection was told of who looks."""
    return [each.tag for each in server.client.elements if each.tag in (ACTIVE, INACTIVE)]


async def test_that_nobody_looks_is_said_before_anything_is_asked(home, server):
    frontends(home).set(US, IDLE)
    await home.online()
    asked = [each.tag for each in server.client.elements if each.tag in (INACTIVE, IQ)]
    assert asked.index(INACTIVE) == 1  # behind the one that binds
    frontends(home).set(US, Frontend())
    await server.until(lambda: told(server) == [INACTIVE, ACTIVE])


async def test_a_server_takes_us_for_active_and_is_told_only_what_is_different(home, server):
    await home.online()
    frontends(home).set(OTHER, Frontend("second"))
    frontends(home).set(US, IDLE)
    frontends(home).set(OTHER, IDLE)
    frontends(home).set(OTHER, IDLE)
    await server.until(lambda: told(server) == [INACTIVE])


async def test_a_connection_that_is_resumed_is_told_again(home, server):
    frontends(home).set(US, IDLE)
    await home.online()
    home.cut()
    await server.until(lambda: server.client.resumed and told(server) == [INACTIVE])


async def test_what_changes_while_there_is_no_connection_counts_on_the_next(home, server):
    frontends(home).set(US, IDLE)
    await home.online()
    await home.session.disconnect()
    frontends(home).set(US, Frontend())
    await home.online()
    await server.until(lambda: any(each.tag == xml.PRESENCE for each in server.client.elements))
    assert told(server) == []


async def test_a_frontend_that_has_left_is_forgotten(home, server):
    await home.online()
    leavers = {}
    home.backend.when_caller_leaves = leavers.__setitem__
    frontends(home).set(OTHER, Frontend())
    frontends(home).set(US, IDLE)
    leavers[OTHER]()
    await server.until(lambda: told(server) == [INACTIVE])


async def test_a_server_that_does_not_ask_for_it_is_told_nothing(make_home, tmp_path):
    async with Partial(tmp_path / "other") as server:
        home = await make_home("user", server=server)
        frontends(home).set(US, IDLE)
        await home.online()
        assert told(server) == []


async def test_what_is_looked_at_is_what_all_frontends_say_together(home):
    heard = []
    home.backend.events.subscribe(FrontendsChanged, heard.append)
    here, there = ("/a", "bob@example.org"), ("/b", "room@example.org")
    frontends(home).set(US, Frontend(focus=frozenset([here])))
    frontends(home).set(OTHER, Frontend(focus=frozenset([here, there])))
    frontends(home).set(OTHER, Frontend())
    assert [event.focus for event in heard] == [{here}, {here, there}, {here}]


@pytest.mark.parametrize(
    "state",
    [{"idle": ("s", "yes")}, {"looks": ("b", True)}, {"focus": ("a(os)", [("/a", "b")] * 101)}],
)
async def test_what_a_frontend_can_not_be_is_refused(frontend, state):
    with pytest.raises(InvalidArgument):
        await frontend.manage("SetFrontend", "a{sv}", options(**state))
