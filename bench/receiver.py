"""The least that a client of slixmpp can do: receive messages until the last one is here.

A program: `python -m bench.receiver JID PASSWORD PORT CA_FILE LAST [PLUGIN ...]`. Writes a
line when it is online, and one with time.monotonic() and its CPU seconds when LAST is here.
"""

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

from slixmpp import ClientXMPP


async def receive(
    jid: str, password: str, port: str, ca_file: str, last: str, *plugins: str
) -> None:
    """Return when the last message is here."""
    client = ClientXMPP(jid, password)
    client.ca_certs = Path(ca_file)
    client.enable_direct_tls = False
    for plugin in plugins:
        client.register_plugin(plugin)
    ended = asyncio.Event()
    begun = 0.0

    async def on_session(_: Any) -> None:  # noqa: ANN401  # what slixmpp gives its handlers
        nonlocal begun
        await client.get_roster()
        client.send_presence()
        begun = time.process_time()
        print("online", flush=True)

    def on_message(message: Any) -> None:  # noqa: ANN401
        if message["body"] == last:
            print(time.monotonic(), time.process_time() - begun, flush=True)
            ended.set()

    client.add_event_handler("session_start", on_session)
    client.add_event_handler("message", on_message)
    client.connect("127.0.0.1", int(port))
    await ended.wait()
    await client.disconnect()


if __name__ == "__main__":
    asyncio.run(receive(*sys.argv[1:]))
