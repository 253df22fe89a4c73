"""The server's side of SCRAM-SHA-1 (RFC 5802), written after the RFC alone."""

import base64
import hashlib
import hmac
import secrets

_ITERATIONS = 4096


class Verifier:
    """One login; `channel` holds the bindings that it may name, by type."""

    def __init__(self, password: str, channel: dict[str, bytes]) -> None:
        self._salt = secrets.token_bytes(12)
        self._salted = hashlib.pbkdf2_hmac("sha1", password.encode(), self._salt, _ITERATIONS)
        self._channel = channel
        self._header = ""
        self._first = ""
        self._server_first = ""

    def challenge(self, first: bytes) -> str:
        """Return the answer to the first message of the client, in base64."""
        flag, authzid, self._first = first.decode().split(",", 2)
        self._header = f"{flag},{authzid},"
        nonce = self._first.split("r=")[1] + secrets.token_hex(8)
        salt = base64.b64encode(self._salt).decode()
        self._server_first = f"r={nonce},s={salt},i={_ITERATIONS}"
        return base64.b64encode(self._server_first.encode()).decode()

    def prove(self, final: bytes) -> str:
        """Return our own proof, in base64, where that of the client is right; else nothing."""
        without, proof = final.decode().rsplit(",p=", 1)
        bound = base64.b64decode(without.split(",")[0].removeprefix("c="))
        if bound != self._expected():
            return ""
        message = f"{self._first},{self._server_first},{without}".encode()
        client_key = hmac.digest(self._salted, b"Client Key", "sha1")
        signature = hmac.digest(hashlib.sha1(client_key).digest(), message, "sha1")
        if bytes(a ^ b for a, b in zip(client_key, signature, strict=True)) != _decoded(proof):
            return ""
        server_key = hmac.digest(self._salted, b"Server Key", "sha1")
        verifier = base64.b64encode(hmac.digest(server_key, message, "sha1"))
        return base64.b64encode(b"v=" + verifier).decode()

    def _expected(self) -> bytes | None:
        kind = self._header.split(",")[0].removeprefix("p=")
        if not self._header.startswith("p="):
            return self._header.encode()
        return self._header.encode() + self._channel[kind] if kind in self._channel else None


def _decoded(text: str) -> bytes:
    return base64.b64decode(text)
