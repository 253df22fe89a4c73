"""Connecting to a real server: what works, and what each failure says."""

import asyncio
import dataclasses
import os
import socket
import time
from pathlib import Path

import pytest

from backendd.api.errors import AuthenticationFailed, CertificateError, HostUnreachable, ServerError
from backendd.xmpp.states import State
from backendd.xmpp.stream import PATIENCE_S
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import Owner, account, message
from tests.backendd.xmpp.nameserver import NameServer
from tests.backendd.xmpp.scripted import Script, Scripted
from tests.lab.authority import Authority
from tests.lab.leaping import leap
from tests.lab.prosody import Prosody
from tests.lab.relay import Relay
from tests.lab.server import HOST, free_ports


async def test_connecting_ends_online_with_the_resource_asked_for(prosody: Prosody, opened: Opener):
    owner = Owner()
    stream = opened(account(prosody, "alice"), owner)
    await stream.connect()
    assert stream.state == State.ONLINE
    assert stream.full_jid == "alice@x.localhost/test"
    assert owner.states == [State.CONNECTING, State.ONLINE]
    assert owner.scram
    await owner.until(lambda: owner.sessions == [False])
    assert owner.resumption is not None
    assert owner.resumption.sm_id == stream.sm_id


async def test_tls_may_begin_with_the_first_byte(prosody: Prosody, opened: Opener):
    who = dataclasses.replace(
        account(prosody, "alice", port=prosody.direct_tls_port), direct_tls=True
    )
    stream = opened(who, Owner())
    await stream.connect()
    assert stream.state == State.ONLINE


async def test_two_accounts_talk(prosody: Prosody, opened: Opener):
    alice, bob = Owner(), Owner()
    here = opened(account(prosody, "alice"), alice)
    there = opened(account(prosody, "bob"), bob)
    await here.connect()
    await there.connect()
    await bob.until(lambda: bob.sessions == [False])
    here.send(message(there.full_jid, "hello <&> \u200d🍺"))
    await bob.until(lambda: bob.bodies == ["hello <&> \u200d🍺"])


async def test_a_wrong_password_ends_offline_without_another_try(prosody: Prosody, opened: Opener):
    owner = Owner()
    stream = opened(account(prosody, "alice", password="wrong"), owner)
    with pytest.raises(AuthenticationFailed, match="password"):
        await stream.connect()
    assert stream.state == State.OFFLINE
    assert owner.states == [State.CONNECTING, State.OFFLINE]
    assert isinstance(stream.last_error, AuthenticationFailed)


async def test_a_new_password_helps_after_a_wrong_one(prosody: Prosody, opened: Opener):
    stream = opened(account(prosody, "alice", password="wrong"), Owner())
    with pytest.raises(AuthenticationFailed):
        await stream.connect()
    stream.account = account(prosody, "alice")
    await stream.connect()
    assert stream.state == State.ONLINE


async def test_an_unknown_host_is_named_and_tried_again(prosody: Prosody, opened: Opener):
    owner = Owner()
    who = dataclasses.replace(account(prosody, "alice"), host="nowhere.invalid")
    stream = opened(who, owner)
    with pytest.raises(HostUnreachable, match=r"nowhere\.invalid"):
        await stream.connect()
    assert stream.state == State.WAITING
    assert stream.next_attempt_us > time.time_ns() // 1000 - 1_000_000


async def test_a_refused_port_is_named(prosody: Prosody, opened: Opener):
    [port] = free_ports(1)
    stream = opened(account(prosody, "alice", port=port), Owner())
    with pytest.raises(HostUnreachable, match=f"port {port} can't be reached: connection refused"):
        await stream.connect()
    assert stream.state == State.WAITING


async def test_a_server_that_comes_late_is_found_without_asking_again(
    prosody: Prosody, opened: Opener
):
    owner = Owner()
    [port] = free_ports(1)
    stream = opened(account(prosody, "alice", port=port), owner)
    with pytest.raises(HostUnreachable):
        await stream.connect()
    async with Relay(prosody.port, port=port):
        await owner.until(lambda: stream.state == State.ONLINE)
        await stream.disconnect()


async def test_a_silent_server_is_an_error_within_its_time(prosody: Prosody, opened: Opener):
    with socket.create_server((HOST, 0)) as silent:
        port = silent.getsockname()[1]
        stream = opened(account(prosody, "alice", port=port), Owner(), patience_s=0.3)
        with pytest.raises(HostUnreachable, match=f"port {port} doesn't answer"):
            await stream.connect()
        await stream.disconnect()


async def test_asking_while_waiting_tries_at_once(prosody: Prosody, opened: Opener):
    owner = Owner()
    [port] = free_ports(1)
    stream = opened(account(prosody, "alice", port=port), owner)
    with pytest.raises(HostUnreachable):
        await stream.connect()
    stream.account = account(prosody, "alice")
    await stream.connect()
    assert stream.state == State.ONLINE


async def test_a_certificate_of_another_authority_is_refused(
    prosody: Prosody, opened: Opener, tmp_path
):
    other = Authority(tmp_path, name="another root")
    for port, direct in ((prosody.port, False), (prosody.direct_tls_port, True)):
        who = account(prosody, "alice", port=port, ca_file=other.ca_file)
        stream = opened(dataclasses.replace(who, direct_tls=direct), Owner())
        with pytest.raises(CertificateError, match="authority not trusted"):
            await stream.connect()
        assert stream.state == State.WAITING


async def test_an_expired_certificate_is_refused(opened: Opener, tmp_path):
    server = Prosody(tmp_path, accounts=["alice"])
    server.authority.issue(tmp_path / "certs", server.domain, valid_days=-2)
    with server:
        stream = opened(account(server, "alice"), Owner())
        with pytest.raises(CertificateError, match="it has expired"):
            await stream.connect()
        await stream.disconnect()


async def test_a_certificate_for_another_name_is_refused(opened: Opener, tmp_path):
    server = Prosody(tmp_path, accounts=["alice"])
    certificate, key = server.authority.issue(tmp_path / "other", "y.localhost")
    (tmp_path / "certs" / f"{server.domain}.crt").write_bytes(certificate.read_bytes())
    (tmp_path / "certs" / f"{server.domain}.key").write_bytes(key.read_bytes())
    with server:
        stream = opened(account(server, "alice"), Owner())
        with pytest.raises(CertificateError, match="it is for another name"):
            await stream.connect()
        await stream.disconnect()


async def test_a_ca_file_that_is_none_is_said_so(prosody: Prosody, opened: Opener, tmp_path):
    for content in (None, "no certificate", "a pipe"):
        path = tmp_path / "ca.pem"
        if content == "a pipe":
            path.unlink()
            os.mkfifo(path)
        elif content is not None:
            path.write_text(content)
        stream = opened(account(prosody, "alice", ca_file=path), Owner())
        with pytest.raises(CertificateError, match="CA file"):
            await stream.connect()
        await stream.disconnect()


async def test_a_second_client_of_the_same_resource_ends_the_first_for_good(
    prosody: Prosody, opened: Opener
):
    owner = Owner()
    first = opened(account(prosody, "alice"), owner)
    await first.connect()
    second = opened(account(prosody, "alice"), Owner())
    await second.connect()
    await owner.until(lambda: first.state == State.OFFLINE)
    assert "another client" in str(first.last_error)
    assert second.state == State.ONLINE


async def test_disconnecting_while_connecting_tells_who_waits(prosody: Prosody, opened: Opener):
    owner = Owner()
    with socket.create_server((HOST, 0)) as silent:
        stream = opened(account(prosody, "alice", port=silent.getsockname()[1]), owner)
        waiting = asyncio.gather(stream.connect(), return_exceptions=True)
        await owner.until(lambda: stream.state == State.CONNECTING)
        await stream.disconnect()
        [error] = await waiting
        assert "given up" in str(error)
        assert stream.state == State.OFFLINE


@pytest.mark.parametrize(
    "script", [Script(enables=False), Script(session="silent"), Script(session="refuse")]
)
async def test_what_a_server_offers_and_does_not_do_is_done_without(
    opened: Opener, tmp_path: Path, script: Script
):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, script) as server:
        script.on_silence = lambda: leap(PATIENCE_S)
        stream = opened(server.account(), owner)
        await stream.connect()
        stream.send(message("peer@s.localhost", "through"))
        await server.until(lambda: server.messages == ["through"])
        assert len(server.clients) == 1
        assert (owner.resumption is None) == (not script.enables)


async def test_another_machine_is_tried_when_one_lets_us_in_and_goes_no_further(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    domain, owner = "s.example", Owner(announce=False)
    one = Scripted(tmp_path / "one", Script(binds=False), domain=domain)
    two = Scripted(tmp_path / "two", domain=domain)
    one.be_one_with(two)
    async with one, two:
        records = [(10 * n, 0, each.port, "localhost") for n, each in enumerate((one, two))]
        async with NameServer({f"_xmpp-client._tcp.{domain}": records}) as names:
            names.answer_for(monkeypatch)
            who = dataclasses.replace(two.account(), host="", port=0)
            stream = opened(who, owner)
            with pytest.raises(ServerError):
                await stream.connect()
            await owner.until(lambda: stream.state == State.ONLINE)
            assert (len(one.clients), len(two.clients)) == (1, 1)
