"""A session that is said to be resumed: believed once the server has acknowledged on it."""

import contextlib
from pathlib import Path

import pytest

from backendd.api.errors import BackendError, StorageError
from backendd.xmpp.account import Resumption
from backendd.xmpp.names import ACK_REQUEST, SM_NS
from backendd.xmpp.states import State
from backendd.xmpp.stream import PATIENCE_S
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import Owner
from tests.backendd.xmpp.scripted import Script, Scripted
from tests.lab.leaping import leap

RESUME = f"{{{SM_NS}}}resume"


def give_up() -> None:
    """Have as much time pass as the server is waited for."""
    leap(PATIENCE_S)


async def test_a_resumption_counts_only_once_the_server_has_acknowledged_on_it(
    opened: Opener, tmp_path: Path
):
    owner, script = Owner(announce=False), Script(resumed="deaf")
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        full_jid = stream.full_jid
        server.client.abort()
        await server.until(lambda: len(server.clients) == 2 and server.client.resumed)
        await server.until(lambda: server.client.elements[-1].tag == ACK_REQUEST)
        assert stream.state == State.CONNECTING
        give_up()
        # What another process would find: nothing to resume, and which resource to bind.
        await owner.until(lambda: owner.resumption == Resumption("", full_jid))
        await owner.until(lambda: owner.sessions == [False, False])
        assert owner.states.count(State.ONLINE) == 2
        assert "doesn't take part" in str(owner.errors[-1])
        assert [client.resumed for client in server.clients] == [False, True, False]
        assert stream.full_jid == full_jid


@pytest.mark.parametrize("resumed", ["deaf", "close"])
async def test_no_session_is_resumed_again_on_which_the_server_acknowledged_nothing(
    opened: Opener, tmp_path: Path, resumed: str
):
    owner, script = Owner(announce=False), Script(resumed=resumed, on_silence=give_up)
    async with Scripted(tmp_path, script) as server:
        left = Resumption("stream-0", "user@s.localhost/before", handled=3)
        stream = opened(server.account(), owner, resumption=left)
        with pytest.raises(BackendError):
            await stream.connect()
        await owner.until(lambda: owner.sessions == [False])
        assert [client.resumed for client in server.clients] == [True, False]
        assert stream.full_jid == "user@s.localhost/before"
        # Its own resumption is another: that one is tried.
        script.resumed = "listen"
        server.client.abort()
        await owner.until(lambda: owner.sessions == [False, True])


@pytest.mark.parametrize("answer", ["silent", "error"])
@pytest.mark.parametrize("is_heir", [False, True])
async def test_a_server_that_gives_no_answer_to_a_resumption_is_not_asked_for_it_for_ever(
    opened: Opener, tmp_path: Path, answer: str, is_heir: bool
):
    owner, script = Owner(announce=False), Script(on_silence=give_up)
    async with Scripted(tmp_path, script) as server:
        left = Resumption("stream-0", "user@s.localhost/given", handled=3) if is_heir else None
        stream = opened(server.account(), owner, resumption=left)
        if not is_heir:
            await stream.connect()
            server.client.abort()
        script.resume = answer
        with contextlib.suppress(BackendError):
            await stream.connect()
        await owner.until(lambda: owner.sessions == [False] * (1 if is_heir else 2))
        resumptions = [
            each for client in server.clients for each in client.elements if each.tag == RESUME
        ]
        assert len(resumptions) == 2
        assert stream.full_jid == "user@s.localhost/given"


async def test_a_session_on_which_we_failed_ourselves_is_resumed_again(
    opened: Opener, tmp_path: Path
):
    owner, script = Owner(announce=False), Script(acknowledges=False)
    script.after_resumed = "<message from='peer@s.localhost/x'><body>kept for us</body></message>"
    failures = [StorageError("the disk is full")]

    async def fail_once() -> None:
        script.acknowledges = True
        if failures:
            raise failures.pop()

    owner.commit = fail_once
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.abort()
        await owner.until(lambda: owner.sessions == [False, True])
        assert [client.resumed for client in server.clients] == [False, True, True]
        assert owner.replaced == 1
        await owner.until(lambda: owner.bodies == ["kept for us"])
