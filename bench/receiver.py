"""The least that a client of slixmpp can do: receive messages until the last one is here.

A program: `python -m bench.receiver JID PASSWORD PORT CA_FILE LAST`. Writes a line when it is
online, and one with time.monotonic() and its CPU seconds when LAST is here. In a room (`--room`)
the first line comes when it is in, with the seconds that this took.
"""

import argparse
import asyncio
import time
from pathlib import Path
from typing import Any

from slixmpp import ClientXMPP

_SELF = ".//{http://jabber.org/protocol/muc#user}status[@code='110']"


class Receiver:
    """A client that counts on nothing but what the command line says."""

    def __init__(self, given: argparse.Namespace) -> None:
        self._given = given
        self._entered, self._ended = asyncio.Event(), asyncio.Event()
        self._begun = 0.0
        self._client = client = ClientXMPP(given.jid, given.password)
        client.ca_certs = Path(given.ca_file)
        client.enable_direct_tls = False
        for plugin in given.plugin:
            client.register_plugin(plugin)
        client.add_event_handler("session_start", self._on_session)
        client.add_event_handler("message", self._on_message)

    async def run(self) -> None:
        """Return when the last message is here; without one, in the room."""
        self._client.connect("127.0.0.1", self._given.port)
        await (self._ended if self._given.last else self._entered).wait()
        await self._client.disconnect()

    async def _on_session(self, _: Any) -> None:  # noqa: ANN401  # what slixmpp gives its handlers
        await self._client.get_roster()
        self._client.send_presence()
        asked = time.monotonic()
        if self._given.room:
            self._client.add_filter("in", self._on_presence)
            x = "<x xmlns='http://jabber.org/protocol/muc'/>"
            self._client.send_raw(f"<presence to='{self._given.room}/bare'>{x}</presence>")
            await self._entered.wait()
        self._begun = time.process_time()
        print(time.monotonic() - asked, flush=True)

    def _on_presence(self, stanza: Any) -> Any:  # noqa: ANN401
        if stanza.name != "presence":
            return stanza
        if stanza.xml.find(_SELF) is not None:
            self._entered.set()
        return None  # what slixmpp does with it is no part of the least

    def _on_message(self, message: Any) -> None:  # noqa: ANN401
        if message["body"] == self._given.last:
            print(time.monotonic(), time.process_time() - self._begun, flush=True)
            self._ended.set()


async def receive(given: argparse.Namespace) -> None:
    """Receive as the command line says."""
    await Receiver(given).run()


def main() -> None:
    """Receive as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("jid", "password", "port", "ca_file", "last"):
        parser.add_argument(name, type=int if name == "port" else str)
    parser.add_argument("--room", default="", help="enter it first")
    parser.add_argument("--plugin", action="append", default=[], help="one of slixmpp's")
    asyncio.run(receive(parser.parse_args()))


if __name__ == "__main__":
    main()
