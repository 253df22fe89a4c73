"""All that the demo needs around the terminal UI: server, bus, daemon, profile, correspondent."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

from tests.lab.backend import Backend
from tests.lab.bus import PrivateBus
from tests.lab.correspondent import Correspondent, Received
from tests.lab.prosody import Prosody
from tests.lab.scratch import Scratch
from tools.demo import script
from tools.demo.script import DOMAIN

YOU, GUIDE = "guest", "guide"

T = TypeVar("T")


@asynccontextmanager
async def stage(directory: Path) -> AsyncIterator[Backend]:
    """Set everything up below `directory`, and end every process of it afterwards."""
    async with AsyncExitStack() as leaving:
        server = Prosody(
            directory / "server", domain=DOMAIN, accounts=(YOU, GUIDE), components=True
        )
        leaving.push_async_callback(_whole, server.stop)
        await _whole(server.start)
        bus = PrivateBus(directory / "bus")
        leaving.push_async_callback(_whole, bus.stop)
        await _whole(bus.start)
        guide = await _prepare(server, directory / script.ENTRANCE, leaving)
        backend = Backend(Scratch(directory / "user"), bus.address)
        leaving.push_async_callback(backend.stop)
        await backend.start()
        await backend.add_profile(
            *(YOU, server.jid(YOU), server.password(YOU)),
            port=server.port,
            ca_file=server.ca_file,
        )
        await guide.wait_online(server.jid(YOU))
        await guide.open_room(script.ROOM, GUIDE)
        guide.send(server.jid(YOU), script.WELCOME)
        yield backend


async def _prepare(server: Prosody, entrance: Path, leaving: AsyncExitStack) -> Correspondent:
    """Return the guide, online, after the two have met and talked."""
    guide = await _come(server, GUIDE, leaving)
    async with AsyncExitStack() as visit:
        you = await _come(server, YOU, visit)
        await you.befriend(guide.jid)
        people = {GUIDE: (guide, you), YOU: (you, guide)}
        for who, body in script.HISTORY:
            speaker, listener = people[who]
            speaker.send(listener.jid, body)
            await listener.wait_for(body)
    said = len(guide.received)

    def reply(message: Received) -> None:
        guide.tell_displayed(message)
        count = len(guide.received) - said - 1
        guide.send(message.sender, script.answer(message.body, count, entrance))

    said_in_room = itertools.count()

    def reply_in_room(message: Received) -> None:
        nick = message.sender.partition("/")[2]
        guide.say(script.answer_in_room(nick, next(said_in_room)))

    guide.on_message = reply
    guide.on_said = reply_in_room
    return guide


async def _come(server: Prosody, name: str, leaving: AsyncExitStack) -> Correspondent:
    who = Correspondent(
        server.jid(name), server.password(name), port=server.port, ca_file=server.ca_file
    )
    leaving.push_async_callback(who.close)
    return await who.connect()


async def _whole(work: Callable[[], T]) -> T:
    """Run blocking `work` in a thread; cancelled, still wait for its end.

    Otherwise a process could be started after the one who would end it has gone.
    """
    running = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise
