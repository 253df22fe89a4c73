"""A roster of thousands of contacts: how quickly it is here and drawn, and keys meanwhile."""

import asyncio
import sqlite3
import time
from pathlib import Path
from typing import Any

from slixmpp import ClientXMPP

from backendd.api.names import PROFILE as PROFILE_INTERFACE
from backendd.api.names import ROSTER
from bench.figures import median, percentile
from bench.options import Options
from bench.row import Row, beside, under
from bench.sender import Sender
from bench.stage import PROFILE, Stage, stage
from bench.terminal import Recorder, latencies, showing
from tests.lab.backend import Backend

DRAWN, KEY_MS = 2.5, 10
CONTACTS = 5_000
KEY_EVERY_S = 0.05
_LEAST_KEYS, _MOST_KEYS = 20, 90
_LIMIT_S = 60.0


async def measure(options: Options) -> list[Row]:
    """Return the rows of a great roster."""
    contacts = CONTACTS // 10 if options.is_quick else CONTACTS
    async with stage(options.root) as here:
        backend = await here.backend()
        bob = await Sender(here.server, "bob").connect()
        bob.send(here.server.jid(PROFILE), "hello")
        caller = await here.caller()
        async with await here.primitivus(backend) as terminal:
            await terminal.settle("hello")
            terminal.press("esc")
            await terminal.settle()
            terminal.submit(":contacts on")
            await terminal.settle("Contacts")
            terminal.press("i")
            await caller.call(PROFILE_INTERFACE, "Disconnect")
            for account in (PROFILE, "bare"):
                _fill(here, account, contacts)
            bare = await _bare(here, contacts)
            await terminal.settle()
            begun = time.monotonic()
            await caller.call(PROFILE_INTERFACE, "Connect")
            typed = await _type_until(terminal, backend, contacts)
            await terminal.settle("contact 0000", quiet=1.0)
            drawn = terminal.first(showing("contact 0000"), after=begun) - begun
            keys = latencies(terminal, typed)
            assert len(await caller.call(ROSTER, "List")) == contacts
        await caller.close()
        await bob.close()
    return [
        beside(
            f"connecting with {contacts:,} contacts, until they are drawn",
            *(drawn, "a bare slixmpp client", bare, DRAWN, "s"),
        ),
        under(
            "key to screen meanwhile, p95",
            *(percentile(keys, 95), KEY_MS, "ms"),
            also=f"p50 {median(keys):.1f}",
        ),
    ]


def _fill(here: Stage, account: str, contacts: int) -> None:
    domain = here.server.domain
    items = "".join(
        f'["c{n}@{domain}"] = {{ ["subscription"] = "both"; ["groups"] = {{}};'
        f' ["name"] = "contact {n:04}"; }};\n'
        for n in range(contacts)
    )
    folder = here.server.directory / "data" / domain.replace(".", "%2e") / "roster"
    folder.mkdir(exist_ok=True)
    (folder / f"{account}.dat").write_text(
        f'return {{ [false] = {{ ["version"] = 1000; ["pending"] = {{}}; }};\n{items} }};\n'
    )


async def _bare(here: Stage, contacts: int) -> float:
    """Return how long a client that does nothing else takes to have the roster."""
    begun = time.monotonic()
    done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    client = ClientXMPP(here.server.jid("bare"), here.server.password("bare"))
    client.ca_certs = Path(here.server.ca_file)
    client.enable_direct_tls = False

    async def on_session(_: Any) -> None:  # noqa: ANN401  # what slixmpp gives its handlers
        await client.get_roster()
        done.set_result(time.monotonic() - begun)

    client.add_event_handler("session_start", on_session)
    client.connect("127.0.0.1", here.server.port)
    async with asyncio.timeout(60):
        took = await done
    assert len(client.client_roster.keys()) >= contacts
    await client.disconnect()
    return took


async def _type_until(terminal: Recorder, backend: Backend, contacts: int) -> dict[str, float]:
    """Type until so many contacts are stored; return when which text was typed."""
    typed: dict[str, float] = {}
    db = sqlite3.connect(f"file:{backend.scratch.data / 'backendd.db'}?mode=ro", uri=True)
    is_done = False
    deadline = time.monotonic() + _LIMIT_S
    while not is_done or len(typed) < _LEAST_KEYS:
        assert time.monotonic() < deadline, "the roster didn't come"
        text = "".join(chr(ord("a") + n % 26) for n in range(len(typed) + 1))
        if len(text) <= _MOST_KEYS:
            typed[text] = time.monotonic()
            terminal.write(text[-1])
        await asyncio.sleep(KEY_EVERY_S)
        is_done = db.execute("SELECT count(*) FROM contact").fetchone()[0] == contacts
    db.close()
    return typed
