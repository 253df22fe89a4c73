"""Logging in to servers that aren't what they should be: no password in wrong hands."""

import dataclasses
import ssl
from pathlib import Path

import pytest

from backendd.api.errors import (
    AuthenticationFailed,
    BackendError,
    CertificateError,
    HostUnreachable,
    ServerError,
)
from backendd.core import clock
from backendd.xmpp.account import Account
from backendd.xmpp.login import Login
from backendd.xmpp.states import State
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import Owner, account
from tests.backendd.xmpp.scripted import Client, Script, Scripted
from tests.lab.prosody import Prosody
from tests.lab.server import HOST

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


async def test_a_server_that_loses_scram_after_a_login_by_it_does_not_get_the_password(
    opened: Opener, tmp_path: Path
):
    owner = Owner()
    script = Script(mechanisms=("SCRAM-SHA-1", "PLAIN"))
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        assert owner.scram
        script.mechanisms = ("PLAIN",)
        server.client.abort()
        await owner.until(lambda: stream.state == State.WAITING and len(owner.errors) > 1)
        assert "doesn't get it" in str(owner.errors[-1])
        assert "secret" not in server.passwords


async def test_scram_that_was_only_offered_forbids_no_other_login(opened: Opener, tmp_path: Path):
    owner = Owner()
    script = Script(mechanisms=("SCRAM-SHA-1", "PLAIN"), refusals=("not-authorized", ""))
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        with pytest.raises(AuthenticationFailed):
            await stream.connect()
        assert not owner.scram
        script.mechanisms = ("PLAIN",)
        await stream.connect()
        assert server.passwords == ["secret"]


@pytest.mark.parametrize("mechanisms", [("PLAIN",), ("PLAIN", "SCRAM-SHA-999")])
async def test_the_owner_may_allow_the_password_itself(
    opened: Opener, tmp_path: Path, mechanisms: tuple[str, ...]
):
    async with Scripted(tmp_path, Script(mechanisms=mechanisms)) as server:
        refused = opened(server.account(scram_seen=True), Owner())
        with pytest.raises(AuthenticationFailed, match="--allow-plain"):
            await refused.connect()
        await opened(server.account(scram_seen=True, allow_plain=True), Owner()).connect()
        assert server.passwords == ["secret"]


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


def _first_and_second(tmp_path: Path, first: Script) -> tuple[Scripted, Scripted]:
    """Return two machines of one domain that run `first` and what works."""
    one, two = Scripted(tmp_path / "one", first), Scripted(tmp_path / "two")
    one.be_one_with(two)
    return one, two


@pytest.mark.parametrize(
    "condition",
    ["system-shutdown", "internal-server-error", "undefined-condition", "policy-violation",
     "resource-constraint", "conflict", "host-unknown", "not-well-formed"],
)  # fmt: skip
@pytest.mark.parametrize("secured", [False, True])
async def test_another_machine_is_tried_when_one_ends_the_stream(
    tmp_path: Path, condition: str, secured: bool
):
    script = Script(
        on_features=lambda client: _error(condition) if client.secured == secured else None
    )
    one, two = _first_and_second(tmp_path, script)
    async with one, two:
        shake = await Login(two.account(), 10, lambda *_: None).run((HOST, one.port))
        assert (len(one.clients), len(two.clients)) == (1, 1)
        shake.wire.abort()


async def test_another_machine_is_tried_when_one_can_log_nobody_in(tmp_path: Path):
    one, two = _first_and_second(tmp_path, Script(refusals=("temporary-auth-failure",)))
    async with one, two:
        shake = await Login(two.account(), 10, lambda *_: None).run((HOST, one.port))
        shake.wire.abort()


async def test_a_place_that_is_no_place_keeps_nobody_from_the_others(tmp_path: Path):
    async with Scripted(tmp_path) as server:
        shake = await Login(server.account(), 10, lambda *_: None).run(("i\u2764.example", 5222))
        shake.wire.abort()


async def test_no_other_machine_is_asked_once_the_password_was_refused(tmp_path: Path):
    one, two = _first_and_second(tmp_path, Script(refusals=("not-authorized",)))
    async with one, two:
        with pytest.raises(AuthenticationFailed):
            await Login(two.account(), 10, lambda *_: None).run((HOST, one.port))
        assert two.clients == []


async def test_what_a_machine_says_is_told_rather_than_that_another_is_not_there(tmp_path: Path):
    script = Script(on_features=lambda _: _error("system-shutdown"))
    async with Scripted(tmp_path, script) as server:
        with pytest.raises(ServerError, match="system shutdown"):
            await Login(server.account(), 10, lambda *_: None).run((HOST, 1))


async def test_a_server_that_refers_to_another_is_followed(opened: Opener, tmp_path: Path):
    async with Scripted(tmp_path / "there") as there:
        refer = "<see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>{}</see-other-host>"

        def features(client: Client) -> str | None:
            target = refer.format(f"127.0.0.1:{there.port}")
            return STREAM_ERROR.format(target) if client.secured else None

        async with Scripted(tmp_path / "here", Script(on_features=features)) as here:
            here.be_one_with(there)
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


@pytest.mark.parametrize(
    "condition", ["not-authorized", "account-disabled", "credentials-expired", "newly-invented"]
)
async def test_a_password_that_never_worked_is_not_tried_again(
    opened: Opener, tmp_path: Path, condition: str
):
    async with Scripted(tmp_path, Script(refusals=(condition,))) as server:
        stream = opened(server.account(), Owner())
        with pytest.raises(AuthenticationFailed):
            await stream.connect()
        assert stream.state == State.OFFLINE


async def test_a_password_that_worked_is_tried_again_slowly(opened: Opener, tmp_path: Path):
    owner = Owner()
    script = Script(refusals=("", "not-authorized"))
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.abort()
        await owner.until(lambda: any(isinstance(e, AuthenticationFailed) for e in owner.errors))
        assert stream.state == State.WAITING
        assert stream.next_attempt_us - clock.now_us() > 60_000_000
        assert "tried again" in str(stream.last_error)
        # Whoever can't wait need not.
        with pytest.raises(AuthenticationFailed):
            await stream.connect()
        assert stream.next_attempt_us - clock.now_us() > 60_000_000
        script.refusals = ()
        await stream.connect()
        assert stream.state == State.ONLINE


async def test_a_new_password_is_tried_at_once_and_has_not_worked_yet(
    opened: Opener, tmp_path: Path
):
    owner = Owner()
    async with Scripted(tmp_path, Script(refusals=("not-authorized",))) as server:
        stream = opened(server.account(password_worked=True), owner)
        with pytest.raises(AuthenticationFailed):
            await stream.connect()
        assert stream.state == State.WAITING
        stream.renew(dataclasses.replace(stream.account, password="new", password_worked=False))
        await owner.until(lambda: stream.state == State.OFFLINE)
        assert len(server.logins) == 2


@pytest.mark.parametrize(
    "condition",
    ["aborted", "encryption-required", "incorrect-encoding", "invalid-authzid",
     "invalid-mechanism", "malformed-request", "mechanism-too-weak", "temporary-auth-failure"],
)  # fmt: skip
async def test_what_is_the_servers_fault_is_tried_again(
    opened: Opener, tmp_path: Path, condition: str
):
    async with Scripted(tmp_path, Script(refusals=(condition,))) as server:
        stream = opened(server.account(), Owner())
        with pytest.raises(ServerError):
            await stream.connect()
        assert stream.state == State.WAITING
        await stream.disconnect()


@pytest.mark.parametrize(
    ("offered", "tls_1_2", "login"),
    [
        ((), True, "p=tls-unique"),
        (("tls-unique",), True, "p=tls-unique"),
        (("tls-exporter", "tls-server-end-point"), True, "p=tls-server-end-point"),
        (("tls-exporter", "tls-server-end-point"), False, "p=tls-server-end-point"),
        (("tls-unique", "tls-server-end-point"), True, "p=tls-unique"),
    ],
)
async def test_a_login_is_bound_to_the_channel_by_what_is_on_offer(
    opened: Opener, tmp_path: Path, offered: tuple[str, ...], tls_1_2: bool, login: str
):
    script = Script(mechanisms=("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS"), bindings=offered)
    async with Scripted(tmp_path, script) as server:
        if tls_1_2:
            server.tls.maximum_version = ssl.TLSVersion.TLSv1_2
        await opened(server.account(), Owner()).connect()
        assert server.logins == [f"SCRAM-SHA-1-PLUS {login}"]


@pytest.mark.parametrize("offered", [("tls-exporter",), ()])
async def test_a_channel_that_cannot_be_bound_is_no_reason_to_stay_outside(
    opened: Opener, tmp_path: Path, offered: tuple[str, ...]
):
    script = Script(mechanisms=("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS"), bindings=offered)
    async with Scripted(tmp_path, script) as server:
        await opened(server.account(), Owner()).connect()
        assert server.logins == ["SCRAM-SHA-1 n"]


@pytest.mark.parametrize("condition", ["malformed-request", "not-authorized"])
async def test_a_binding_that_was_guessed_and_refused_is_left_away(
    opened: Opener, tmp_path: Path, condition: str
):
    script = Script(mechanisms=("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS"), refusals=(condition, ""))
    async with Scripted(tmp_path, script) as server:
        server.tls.maximum_version = ssl.TLSVersion.TLSv1_2
        await opened(server.account(), Owner()).connect()
        assert server.logins == ["SCRAM-SHA-1-PLUS p=tls-unique", "SCRAM-SHA-1 n"]


async def test_what_was_refused_is_told_where_there_is_no_other_login(
    opened: Opener, tmp_path: Path
):
    script = Script(mechanisms=("PLAIN", "SCRAM-SHA-1-PLUS"), refusals=("not-authorized", ""))
    async with Scripted(tmp_path, script) as server:
        server.tls.maximum_version = ssl.TLSVersion.TLSv1_2
        with pytest.raises(AuthenticationFailed, match="address or its password"):
            await opened(server.account(allow_plain=True), Owner()).connect()
        assert server.passwords == []


async def test_a_binding_that_was_offered_and_refused_ends_the_login(
    opened: Opener, tmp_path: Path
):
    script = Script(
        mechanisms=("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS"),
        bindings=("tls-server-end-point",),
        refusals=("not-authorized", ""),
    )
    async with Scripted(tmp_path, script) as server:
        with pytest.raises(AuthenticationFailed):
            await opened(server.account(), Owner()).connect()
        assert len(server.logins) == 1


async def test_a_server_that_hears_of_bindings_it_seemed_to_lack_can_tell(
    opened: Opener, tmp_path: Path
):
    async with Scripted(tmp_path, Script(mechanisms=("SCRAM-SHA-1",))) as server:
        await opened(server.account(), Owner()).connect()
        assert server.logins == ["SCRAM-SHA-1 y"]


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


async def test_a_server_is_held_to_the_name_that_its_address_has_in_idna_2008(
    opened: Opener, tmp_path: Path
):
    async with Scripted(tmp_path, domain="fa\u00df.localhost") as server:
        await opened(server.account(), Owner()).connect()
        # Addresses are written in U-labels (RFC 7622), TLS knows A-labels.
        assert set(server.named) == {"fa\u00df.localhost", "xn--fa-hia.localhost"}


async def test_the_certificate_of_another_domain_is_none_for_this(opened: Opener, tmp_path: Path):
    # As the rules of IDNA 2003 would have it, both are one.
    async with Scripted(tmp_path, domain="fass.localhost") as server:
        who = dataclasses.replace(server.account(), jid="user@fa\u00df.localhost")
        stream = opened(who, Owner())
        with pytest.raises(CertificateError, match="another name"):
            await stream.connect()
        assert server.passwords == []
        await stream.disconnect()


async def test_a_real_server_of_an_internationalised_domain_is_logged_in_to(
    opened: Opener, tmp_path: Path
):
    with Prosody(tmp_path, domain="m\u00fcnchen.localhost", accounts=["alice"]) as server:
        who = dataclasses.replace(account(server, "alice"), jid="alice@xn--mnchen-3ya.localhost")
        stream = opened(who, Owner())
        await stream.connect()
        assert stream.full_jid == "alice@m\u00fcnchen.localhost/test"
