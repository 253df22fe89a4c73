"""The least that clients of slixmpp can do: bring bytes from one to the other in-band (XEP-0047).

A program, run twice: `python -m bench.in_band JID PASSWORD PORT CA_FILE take` writes a line when it
is online, its full JID; `... give PEER SIZE BLOCK` writes how many seconds so many bytes took.
"""

import argparse
import asyncio
import time
from pathlib import Path
from typing import Any

from slixmpp import ClientXMPP


class End:
    """One client; what the command line says is `given`."""

    def __init__(self, given: argparse.Namespace) -> None:
        self._given = given
        self._online = asyncio.Event()
        self._client = client = ClientXMPP(given.jid, given.password)
        client.ca_certs = Path(given.ca_file)
        client.enable_direct_tls = False
        takes = {"auto_accept": True, "max_block_size": 65535}
        client.register_plugin("xep_0047", takes)
        client.add_event_handler("session_start", lambda _: self._online.set())
        client.add_event_handler("ibb_stream_data", lambda stream: stream.read())

    async def run(self) -> None:
        """Give, or take until the process is ended."""
        self._client.connect("127.0.0.1", self._given.port)
        await self._online.wait()
        if self._given.way == "take":
            print(self._client.boundjid.full, flush=True)
            await asyncio.Event().wait()
        print(await self._give(), flush=True)
        await self._client.disconnect()

    async def _give(self) -> float:
        given = self._given
        plugin: Any = self._client.plugin["xep_0047"]
        stream = await plugin.open_stream(given.peer, block_size=given.block)
        begun = time.monotonic()
        block = bytes(given.block)
        for _ in range(given.size // given.block):
            await stream.send(block)
        await stream.close()
        return time.monotonic() - begun


async def run(given: argparse.Namespace) -> None:
    """Do what the command line says."""
    await End(given).run()


def main() -> None:
    """Give or take as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("jid", "password", "port", "ca_file"):
        parser.add_argument(name, type=int if name == "port" else str)
    ways = parser.add_subparsers(dest="way", required=True)
    ways.add_parser("take")
    give = ways.add_parser("give")
    give.add_argument("peer")
    give.add_argument("size", type=int)
    give.add_argument("block", type=int)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
