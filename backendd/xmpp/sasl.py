"""Proving who we are: the strongest SCRAM offered, PLAIN only where there never was one.

SCRAM is RFC 5802 and 7677, the channel bindings are RFC 5929. slixmpp's own mechanisms take their
nonce from a weak source and hash in the event loop for as long as the server likes.
"""

import asyncio
import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Protocol

from backendd.api.errors import AuthenticationFailed
from backendd.api.values import Value
from backendd.xmpp.library import StringPrepError, saslprep

HASHES = {"SCRAM-SHA-512": "sha512", "SCRAM-SHA-256": "sha256", "SCRAM-SHA-1": "sha1"}
TLS_UNIQUE, TLS_SERVER_END_POINT = "tls-unique", "tls-server-end-point"
_PLUS = "-PLUS"
# RFC 7677 asks for 4096 at least; above the upper bound a server only burns our CPU.
ITERATIONS = range(4096, 5_000_001)

_UNSAFE = (
    "the server wants the password itself, though it knows or knew a safer login: it doesn't get"
    " it. That may be an attack. Only where whoever runs the server says that it is right, allow"
    " it (`backendd profile set NAME --allow-plain yes`, or :account)"
)


class ChannelBinding(Value):
    """What a login is bound to, so that it is of no use on another connection.

    `is_guess`: the server didn't say that it knows this type.
    """

    type: str
    data: bytes
    is_guess: bool = False


class Mechanism(Protocol):
    """One way to authenticate."""

    name: str

    def first(self) -> bytes:
        """Return the initial response."""

    async def answer(self, challenge: bytes) -> bytes:
        """Return the response to a challenge; `AuthenticationFailed` where it is not sound."""

    def finish(self, data: bytes) -> None:
        """Check what came with the success."""


def offers_scram(offered: Iterable[str]) -> bool:
    """Return whether a mechanism that doesn't show the password is on offer."""
    return any(name.startswith("SCRAM-") for name in offered)


def offers_binding(offered: Iterable[str]) -> bool:
    """Return whether a login can be bound to the connection."""
    return any(name.endswith(_PLUS) for name in offered)


def offers_unbound(offered: Iterable[str]) -> bool:
    """Return whether there is a login that neither shows the password nor has to be bound."""
    return not HASHES.keys().isdisjoint(offered)


def choose(
    offered: Iterable[str],
    username: str,
    password: str,
    *,
    binding: ChannelBinding | None,
    scram_seen: bool,
    allow_plain: bool = False,
) -> Mechanism:
    """Return the strongest mechanism on offer; `AuthenticationFailed` if none is safe.

    `binding` is what server and connection have in common, None where that is nothing.
    """
    names = set(offered)
    for name in HASHES:
        if binding is not None and name + _PLUS in names:
            return Scram(name + _PLUS, username, password, binding=binding)
    # "y" makes a server speak up that did offer to bind: somebody has taken that out on the way.
    flag = "n" if offers_binding(names) else "y"
    for name in HASHES:
        if name in names:
            return Scram(name, username, password, flag=flag)
    if "PLAIN" not in names:
        raise AuthenticationFailed("the server offers no way to log in that this program knows")
    if not allow_plain and (scram_seen or offers_scram(names)):
        raise AuthenticationFailed(_UNSAFE)
    return Plain(username, password)


class Plain:
    """The password itself (RFC 4616): only inside verified TLS."""

    name = "PLAIN"

    def __init__(self, username: str, password: str) -> None:
        self._response = f"\0{_prepared(username)}\0{_prepared(password)}".encode()

    def first(self) -> bytes:
        return self._response

    async def answer(self, challenge: bytes) -> bytes:
        raise AuthenticationFailed("the server asks for more after the password was given")

    def finish(self, data: bytes) -> None:
        """Nothing proves the server here but its certificate."""


class Scram:
    """A proof of the password that doesn't show it, and one of the server's in return."""

    def __init__(
        self,
        name: str,
        username: str,
        password: str,
        *,
        binding: ChannelBinding | None = None,
        flag: str = "n",
    ) -> None:
        self.name = name
        self._hash = HASHES[name.removesuffix(_PLUS)]
        self._password = _prepared(password).encode()
        user = _prepared(username).replace("=", "=3D").replace(",", "=2C")
        self._nonce = secrets.token_urlsafe(24)
        self._header = f"{f'p={binding.type}' if binding else flag},,".encode()
        self._binding = binding.data if binding else b""
        self._bare = f"n={user},r={self._nonce}"
        self._signature: bytes | None = None

    def first(self) -> bytes:
        return self._header + self._bare.encode()

    async def answer(self, challenge: bytes) -> bytes:
        if self._signature == b"":
            raise AuthenticationFailed("the server asks for more after it has proved itself")
        if self._signature is not None:
            self.finish(challenge)
            return b""
        nonce, salt, iterations = self._parameters(challenge)
        salted = await asyncio.to_thread(
            hashlib.pbkdf2_hmac, self._hash, self._password, salt, iterations
        )
        channel = base64.b64encode(self._header + self._binding).decode()
        final = f"c={channel},r={nonce}"
        message = ",".join((self._bare, challenge.decode(), final)).encode()
        client_key = self._hmac(salted, b"Client Key")
        stored_key = hashlib.new(self._hash, client_key).digest()
        proof = _xor(client_key, self._hmac(stored_key, message))
        self._signature = self._hmac(self._hmac(salted, b"Server Key"), message)
        return f"{final},p={base64.b64encode(proof).decode()}".encode()

    def finish(self, data: bytes) -> None:
        if not data and self._signature == b"":
            return
        verifier = _attributes(data).get("v", "")
        if not self._signature or not hmac.compare_digest(_decoded(verifier), self._signature):
            raise AuthenticationFailed("the server can't prove that it knows this account")
        self._signature = b""  # proved; an empty success may follow

    def _parameters(self, challenge: bytes) -> tuple[str, bytes, int]:
        given = _attributes(challenge)
        nonce, iterations = given.get("r", ""), given.get("i", "")
        sound = nonce.startswith(self._nonce) and len(nonce) > len(self._nonce) and "m" not in given
        if not sound or not iterations.isdigit() or int(iterations[:9]) not in ITERATIONS:
            raise AuthenticationFailed("the server's challenge isn't valid; it gets no answer")
        return nonce, _decoded(given.get("s", "")), int(iterations)

    def _hmac(self, key: bytes, message: bytes) -> bytes:
        return hmac.digest(key, message, self._hash)


def _attributes(message: bytes) -> dict[str, str]:
    try:
        parts = message.decode().split(",")
    except UnicodeDecodeError:
        return {}
    return {part[0]: part[2:] for part in parts if part[1:2] == "="}


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def _prepared(text: str) -> str:
    try:
        prepared: str = saslprep(text)
    except StringPrepError:
        # Its Unicode is of 2002: a newer character is sent as it is, as others do.
        return text.replace("\0", "")
    return prepared
