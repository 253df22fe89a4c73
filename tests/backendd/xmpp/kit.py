"""What the stream tests share: an owner that records, and stanzas to send."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from backendd.api.errors import BackendError
from backendd.xmpp.account import Account, Batch, Resumption, StreamClosed
from backendd.xmpp.names import CLIENT, MESSAGE, PRESENCE
from backendd.xmpp.states import State
from backendd.xmpp.stream import Stream
from tests.lab.patience import PATIENCE_S
from tests.lab.server import HOST, Server


async def _at_once() -> None:
    return None


@dataclass
class Owner:
    """A listener that keeps everything, as a database would: `handled` with the rows."""

    announce: bool = True  # send presence at the start of a session
    stream: Stream | None = None
    states: list[State] = field(default_factory=list)
    errors: list[BackendError] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    sessions: list[bool] = field(default_factory=list)
    resumption: Resumption | None = None
    replaced: int = 0
    acked: dict[str, int] = field(default_factory=dict)
    refusals: list[StreamClosed] = field(default_factory=list)
    scram: bool = False
    commit: Callable[[], Awaitable[None]] = _at_once

    def __post_init__(self) -> None:
        self._changed = asyncio.Condition()

    def state_changed(self, state: State, error: BackendError | None, next_attempt_us: int) -> None:
        self.states.append(state)
        if error is not None:
            self.errors.append(error)
        self._tell()

    async def stream_replaced(self, resumption: Resumption | None) -> None:
        self.resumption = resumption
        self.replaced += 1

    async def stream_started(self, *, resumed: bool) -> None:
        if self.announce and not resumed and self.stream is not None:
            self.stream.send(Element(PRESENCE))
        self.sessions.append(resumed)
        self._tell()

    async def received(self, batch: Batch) -> None:
        await self.commit()
        self.batches.append(batch)
        self.bodies += [body for body in map(body_of, batch.stanzas) if body is not None]
        if self.resumption is not None and self.resumption.sm_id == batch.sm_id:
            self.resumption = replace_handled(self.resumption, batch.handled)
        self._tell()

    async def acknowledged(self, sm_id: str, h: int) -> None:
        self.acked[sm_id] = h
        self._tell()

    async def refused(self, refusal: StreamClosed) -> None:
        self.refusals.append(refusal)
        self._tell()

    def logged_in(self, *, by_scram: bool) -> None:
        self.scram = self.scram or by_scram

    async def until(self, condition: Callable[[], bool]) -> None:
        """Return once `condition` is true; looked at after everything that happens here."""
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(condition)

    def _tell(self) -> None:
        self._news = asyncio.get_running_loop().create_task(self._notify())

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def replace_handled(resumption: Resumption, handled: int) -> Resumption:
    return Resumption(
        resumption.sm_id,
        resumption.full_jid,
        handled,
        resumption.acked,
        resumption.expires_us,
        resumption.location,
    )


def account(
    server: Server, name: str, *, port: int = 0, password: str = "", ca_file: Path | None = None
) -> Account:
    return Account(
        server.jid(name),
        password or server.password(name),
        resource="test",
        host=HOST,
        port=port or server.port,
        ca_file=str(ca_file or server.ca_file),
    )


def open_stream(who: Account, owner: Owner, **options: object) -> Stream:
    stream = Stream(who, owner, **options)  # type: ignore[arg-type]
    owner.stream = stream
    return stream


def message(to: str, body: str, *, kind: str = "chat") -> Element:
    stanza = Element(MESSAGE, {"to": to, "type": kind, "id": uuid.uuid4().hex})
    SubElement(stanza, f"{{{CLIENT}}}body").text = body
    return stanza


def body_of(stanza: Element) -> str | None:
    return stanza.findtext(f"{{{CLIENT}}}body") if stanza.tag == MESSAGE else None


def numbered(count: int, prefix: str = "m") -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


def messages(to: str, bodies: Iterable[str]) -> list[Element]:
    return [message(to, body) for body in bodies]
