"""Proving over a secured stream who we are (RFC 6120 section 6)."""

import base64
import binascii
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from backendd.api.errors import AuthenticationFailed, BackendError, HostUnreachable, ServerError
from backendd.api.text import clean_line
from backendd.core import jid
from backendd.core.encoding import encode
from backendd.core.xml import split
from backendd.xmpp import names, sasl
from backendd.xmpp.account import Account
from backendd.xmpp.handshake import Handshake
from backendd.xmpp.names import CHANNEL_BINDINGS, MECHANISMS
from backendd.xmpp.sasl import ChannelBinding, Mechanism

# What is the account's business. The rest is the server's, and may be over with the next try.
_REFUSALS = {
    "not-authorized": "refuses the address or its password",
    "account-disabled": "has disabled this account",
    "credentials-expired": "wants a new password: this one has expired",
}
_FAULTS = frozenset({
    "aborted", "encryption-required", "incorrect-encoding", "invalid-authzid",
    "invalid-mechanism", "malformed-request", "mechanism-too-weak", "temporary-auth-failure",
})  # fmt: skip


async def authenticate(shake: Handshake, account: Account) -> Mechanism:
    """Return the mechanism that convinced the server.

    Raises `AuthenticationFailed` where the account is refused or no safe mechanism is offered,
    and what ends a handshake.
    """
    offered = [child.text or "" for child in shake.features.iterfind(f"{MECHANISMS}/*")]
    binding = _binding(shake) if sasl.offers_binding(offered) else None
    mechanism = _choose(offered, account, binding)
    failure = await _converse(shake, mechanism)
    is_guess = binding is not None and binding.is_guess
    if failure is not None and is_guess and sasl.offers_unbound(offered):
        mechanism = _choose(offered, account, None)
        failure = await _try_again(shake, mechanism, failure)
    if failure is not None:
        raise _refusal(failure, shake.domain)
    return mechanism


def _choose(offered: Sequence[str], account: Account, binding: ChannelBinding | None) -> Mechanism:
    return sasl.choose(
        offered,
        jid.received(account.jid).local,
        account.password,
        binding=binding,
        scram_seen=account.scram_seen,
        allow_plain=account.allow_plain,
    )


def _binding(shake: Handshake) -> ChannelBinding | None:
    """Return the strongest binding that this connection and the server have in common."""
    announced = {each.get("type", "") for each in shake.features.iterfind(f"{CHANNEL_BINDINGS}/*")}
    if not announced:
        # A server from before XEP-0440: that it offers this one is a guess.
        data = _channel_binding(shake, sasl.TLS_UNIQUE)
        return ChannelBinding(sasl.TLS_UNIQUE, data, is_guess=True) if data else None
    for kind in (sasl.TLS_UNIQUE, sasl.TLS_SERVER_END_POINT):
        if kind in announced and (data := _channel_binding(shake, kind)):
            return ChannelBinding(kind, data)
    return None


def _channel_binding(shake: Handshake, kind: str) -> bytes | None:
    secured = shake.wire.secured
    if secured is None:
        return None
    if kind == sasl.TLS_UNIQUE:
        # RFC 9266 forbids it in TLS 1.3, and Python has no tls-exporter.
        return None if secured.version() == "TLSv1.3" else secured.get_channel_binding(kind)
    from backendd.crypto.certificate import server_end_point  # late: few servers ask for it

    certificate = secured.getpeercert(binary_form=True)
    return server_end_point(certificate) if certificate is not None else None


async def _converse(shake: Handshake, mechanism: Mechanism) -> Element | None:
    """Return why the server isn't convinced, None where it is."""
    auth = Element(names.sasl("auth"), {"mechanism": mechanism.name})
    auth.text = _encoded(mechanism.first())
    shake.wire.write(encode(auth))
    while True:
        answer = await shake.expect(
            names.sasl("challenge"), names.sasl("success"), names.sasl("failure")
        )
        if answer.tag == names.sasl("failure"):
            return answer
        data = _decoded(answer.text)
        if answer.tag == names.sasl("success"):
            mechanism.finish(data)
            return None
        response = Element(names.sasl("response"))
        response.text = _encoded(await mechanism.answer(data))
        shake.wire.write(encode(response))


async def _try_again(shake: Handshake, mechanism: Mechanism, failure: Element) -> Element | None:
    """As `_converse`, after a first `failure`, which counts where the server allows one try."""
    try:
        return await _converse(shake, mechanism)
    except (HostUnreachable, ServerError):
        return failure


def _refusal(failure: Element, domain: str) -> BackendError:
    conditions = [split(child.tag)[1] for child in failure]
    condition = next((name for name in conditions if name != "text"), "not-authorized")
    said = clean_line(failure.findtext(names.sasl("text"), ""), limit=200)
    more = f" ({said})" if said else ""
    if condition in _FAULTS:
        return ServerError(
            f"{domain} can't log anybody in at the moment: {condition.replace('-', ' ')}{more}"
        )
    reason = _REFUSALS.get(condition)
    if reason is None:
        reason = f"refuses the login: {clean_line(condition, limit=60).replace('-', ' ')}"
    return AuthenticationFailed(f"{domain} {reason}{more}")


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode() if data else "="


def _decoded(text: str | None) -> bytes:
    if not text or text == "=":
        return b""
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""
