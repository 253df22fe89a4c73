"""A name server on loopback that knows a few SRV records and addresses (RFC 1035, RFC 2782)."""

import asyncio
import struct
from types import TracebackType
from typing import Self

import aiodns
import pytest

from backendd.xmpp import endpoints
from tests.lab.patience import PATIENCE_S
from tests.lab.server import HOST

_SRV, _IN = 33, 1


class NameServer(asyncio.DatagramProtocol):
    """Answers `records`: name -> (priority, weight, port, target); all else doesn't exist."""

    def __init__(self, records: dict[str, list[tuple[int, int, int, str]]]) -> None:
        self.records = records
        self.asked: list[str] = []
        self.address = ""
        self._transport: asyncio.DatagramTransport | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(HOST, 0))
        host, port = self._transport.get_extra_info("sockname")
        self.address = f"{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._transport is not None
        self._transport.close()

    def answer_for(self, patch: pytest.MonkeyPatch) -> None:
        """Have all that this process looks up asked here."""

        def resolver(loop: object) -> aiodns.DNSResolver:
            return aiodns.DNSResolver(nameservers=[self.address], timeout=PATIENCE_S, tries=1)

        patch.setattr(endpoints, "default_resolver", resolver)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        name, end = _name(data, 12)
        self.asked.append(name)
        question = data[12 : end + 4]
        records = self.records.get(name.lower(), [])
        flags = 0x8180 if records else 0x8183  # NXDOMAIN
        answer = data[:2] + struct.pack(">HHHHH", flags, 1, len(records), 0, 0) + question
        for priority, weight, port, target in records:
            value = struct.pack(">HHH", priority, weight, port) + _labels(target)
            answer += b"\xc0\x0c" + struct.pack(">HHIH", _SRV, _IN, 60, len(value)) + value
        assert self._transport is not None
        self._transport.sendto(answer, addr)


def _name(data: bytes, start: int) -> tuple[str, int]:
    labels = []
    while size := data[start]:
        labels.append(data[start + 1 : start + 1 + size].decode())
        start += size + 1
    return ".".join(labels), start + 1


def _labels(name: str) -> bytes:
    labels = [label for label in name.split(".") if label]
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"
