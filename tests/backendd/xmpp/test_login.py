"""Logging in to servers that aren't what they should be: no password in wrong hands."""

from pathlib import Path

import pytest

from backendd.api.errors import (
    AuthenticationFailed,
    BackendError,
    CertificateError,
    HostUnreachable,
    ServerError,
)
from backendd.xmpp.account import Account
from backendd.xmpp.states import State
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import Owner, account
from tests.backendd.xmpp.scripted import Client, Script, Scripted
from tests.lab.prosody import Prosody

STREAM_ERROR = (
    "<stream:error>{}<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>why</text></stream:error>"
)


def _error(condition: str) -> str:
    return STREAM_ERROR.format(f"<{condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>")


async def test_a_server_that_never_had_scram_gets_the_password_inside_tls(
    opened: Opener, tmp_path: Path
):
    owner = Owner()
    async with Scripted(tmp_path) as server:
        await opened(server.account(), owner).connect()
        assert server.passwords == ["secret"]
        assert not owner.scram


async def test_a_server_that_lost_scram_does_not_get_the_password(opened: Opener, tmp_path: Path):
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(scram_seen=True), Owner())
        with pytest.raises(AuthenticationFailed, match="doesn't get it"):
            await stream.connect()
        assert stream.state == State.OFFLINE
        assert server.passwords == []


async def test_a_server_that_loses_scram_between_two_logins_does_not_get_the_password(
    opened: Opener, tmp_path: Path
):
    owner = Owner()
    # This one offers SCRAM and can't do it, so the first login fails.
    script = Script(mechanisms=("SCRAM-SHA-1", "PLAIN"))
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        with pytest.raises(AuthenticationFailed, match="prove"):
            await stream.connect()
        script.mechanisms = ("PLAIN",)
        with pytest.raises(AuthenticationFailed, match="doesn't get it"):
            await stream.connect()
        assert owner.scram
        assert "secret" not in server.passwords


async def test_without_tls_nothing_is_sent(opened: Opener, tmp_path: Path):
    script = Script(starttls=False)
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), Owner())
        with pytest.raises(CertificateError, match="no encryption"):
            await stream.connect()
        assert server.client.elements == []
        await stream.disconnect()


async def test_mechanisms_offered_in_the_clear_are_no_way_around_tls(
    opened: Opener, tmp_path: Path
):
    def features(client: Client) -> str:
        return (
            "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
            "<mechanism>PLAIN</mechanism></mechanisms></stream:features>"
        )

    async with Scripted(tmp_path, Script(on_features=features)) as server:
        stream = opened(server.account(), Owner())
        with pytest.raises(CertificateError):
            await stream.connect()
        assert server.passwords == []
        await stream.disconnect()


async def test_what_is_slipped_in_before_tls_ends_the_attempt(opened: Opener, tmp_path: Path):
    def features(client: Client) -> str | None:
        if client.secured:
            return None
        return (
            "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
            "</stream:features><proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
            "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
            "<mechanism>PLAIN</mechanism></mechanisms></stream:features>"
        )

    async with Scripted(tmp_path, Script(on_features=features)) as server:
        stream = opened(server.account(), Owner())
        with pytest.raises(CertificateError):
            await stream.connect()
        assert server.passwords == []
        await stream.disconnect()


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("host-unknown", HostUnreachable),
        ("system-shutdown", ServerError),
        ("policy-violation", ServerError),
    ],
)
async def test_a_stream_error_is_told_and_tried_again(
    opened: Opener, tmp_path: Path, condition: str, kind: type[BackendError]
):
    script = Script(on_features=lambda _: _error(condition))
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), Owner())
        with pytest.raises(kind):
            await stream.connect()
        assert stream.state == State.WAITING
        await stream.disconnect()


async def test_a_stream_error_in_mid_session_leads_to_a_new_try(opened: Opener, tmp_path: Path):
    owner = Owner()
    async with Scripted(tmp_path) as server:
        await opened(server.account(), owner).connect()
        server.client.send(_error("system-shutdown"))
        await owner.until(lambda: owner.sessions == [False, True])
        assert "system shutdown (why)" in str(owner.errors[0])


async def test_a_server_that_refers_to_another_is_followed(opened: Opener, tmp_path: Path):
    async with Scripted(tmp_path / "there") as there:
        refer = "<see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>{}</see-other-host>"

        def features(client: Client) -> str | None:
            target = refer.format(f"127.0.0.1:{there.port}")
            return STREAM_ERROR.format(target) if client.secured else None

        async with Scripted(tmp_path / "here", Script(on_features=features)) as here:
            # Both show the certificate of the one domain.
            here.authority, here._context = there.authority, there._context
            stream = opened(here.account(), Owner())
            await stream.connect()
            assert stream.state == State.ONLINE
            assert len(there.clients) == 1
            await stream.disconnect()


async def test_servers_that_refer_to_each_other_are_given_time(opened: Opener, tmp_path: Path):
    def features(client: Client) -> str:
        target = f"127.0.0.1:{client.server.port}"
        return STREAM_ERROR.format(
            f"<see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>{target}</see-other-host>"
        )

    owner = Owner()
    async with Scripted(tmp_path, Script(on_features=features)) as server:
        stream = opened(server.account(), owner)
        with pytest.raises(HostUnreachable, match="refers to"):
            await stream.connect()
        assert stream.state == State.WAITING
        assert len(server.clients) < 10
        await stream.disconnect()


async def test_channel_binding_is_used_over_tls_1_2(opened: Opener, tmp_path: Path):
    # Nothing else is on offer, so a login without binding would fail.
    settings = 'disable_sasl_mechanisms = { "SCRAM-SHA-1"; "SCRAM-SHA-256"; "PLAIN" }'
    server = Prosody(tmp_path, accounts=["alice"], settings=settings)
    text = (tmp_path / "prosody.cfg.lua").read_text()
    (tmp_path / "prosody.cfg.lua").write_text(
        text.replace("ssl = {", 'ssl = { protocol = "tlsv1_2";', 1)
    )
    with server:
        stream = opened(account(server, "alice"), Owner())
        await stream.connect()
        wire = stream._life._wire
        assert wire is not None
        assert wire.secured is not None
        assert wire.secured.version() == "TLSv1.2"
        await stream.disconnect()


async def test_secrets_dont_show_in_what_is_printed():
    assert "very secret" not in repr(Account("a@b", "very secret"))
