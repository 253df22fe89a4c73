"""Two profiles with Jingle, and between them a line of stanzas that can be watched and cut."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, fromstring, tostring

from backendd.api.errors import FileError, Timeout
from backendd.api.tasks import Tasks
from backendd.core import xml
from backendd.files import hashing
from backendd.jingle import names
from backendd.jingle.descriptions import File
from backendd.jingle.peers import Peers
from backendd.jingle.ports import Means, Network, Patience, Proxy
from backendd.jingle.receiving import Offer
from backendd.jingle.requests import Request
from backendd.jingle.sending import Told
from backendd.xmpp.faults import stanza_error
from tests.backendd.files.memory import Reading
from tests.lab.patience import PATIENCE_S

ROMEO = "romeo@montague.example/orchard"
JULIET = "juliet@capulet.example/balcony"
METHODS = frozenset(names.FEATURES)
IN_BAND_ONLY = METHODS - {names.SOCKS5}
LOOPBACK = ("127.0.0.1", "::1")
# What is waited for in vain is short, and what has to come may take as long as it takes.
QUICK = Patience(
    connect=PATIENCE_S, stagger=0.02, trickle=0.05, negotiate=PATIENCE_S, checksum=PATIENCE_S,
    farewell=0.05,
)  # fmt: skip

Handler = Callable[[Element], "asyncio.Future[Element | None]"]


class Wire:
    """What is between those who are `joined`: each iq arrives, in the order in which it was sent.

    `seen` are the payloads that came by, `lose` says which of them nobody ever gets.
    """

    def __init__(self) -> None:
        self.tasks = Tasks()
        self.seen: list[tuple[str, Element]] = []
        self.lose: Callable[[Element], bool] = lambda payload: False
        self._ends: dict[str, Callable] = {}
        self._came = asyncio.Event()

    def join(self, jid: str, answer) -> None:
        self._ends[jid] = answer

    def line(self, jid: str) -> "_Line":
        return _Line(self, jid)

    async def pass_on(self, sender: str, kind: str, to: str, payload: Element) -> Element:
        iq = Element(xml.IQ, {"type": kind, "id": "x", "from": sender, "to": to})
        iq.append(payload)
        iq = fromstring(tostring(iq))
        self.seen.append((sender, iq[0]))
        self._came.set()
        if self.lose(iq[0]):
            raise Timeout(f"{to} doesn't answer")
        # What is asked is begun to be answered in the order in which it was asked.
        error = await self.tasks.start(self._ends[to](iq), name="answer")
        answer = Element(xml.IQ, {"type": "result", "from": to, "to": sender})
        if error is not None:
            answer.append(error)
        if error is not None and error.tag == f"{{{xml.CLIENT}}}error":
            answer.set("type", "error")
            raise stanza_error(answer)
        return answer

    def said(self, *, by: str = "") -> list[str]:
        """Return what was said in sessions: the actions, and of a transport-info its word."""
        return [_word(each) for who, each in self.seen if each.tag == names.TAG and by in who]

    def of(self, action: str) -> list[Element]:
        """Return the elements of an action."""
        return [each for _, each in self.seen if each.get("action") == action]

    async def until(self, action: str) -> Element:
        """Return the first element of an action, once it has come by."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.of(action):
                self._came.clear()
                await self._came.wait()
        return self.of(action)[0]

    async def close(self) -> None:
        await self.tasks.stop()


def _word(jingle: Element) -> str:
    if jingle.get("action") != "transport-info":
        return jingle.get("action", "")
    transport = jingle[0][0]
    return xml.split(transport[0].tag)[1] if len(transport) else "transport-info"


class _Line:
    def __init__(self, wire: Wire, jid: str) -> None:
        self._wire = wire
        self._jid = jid

    async def request(self, kind, to, payload, *, timeout=15):
        async with asyncio.timeout(timeout):
            return await self._wire.pass_on(self._jid, kind, to, payload)


class End:
    """One of the two profiles, which keeps the offers that come."""

    def __init__(
        self,
        wire,
        jid: str,
        *,
        addresses: Sequence[str] = LOOPBACK,
        proxies: Sequence[Proxy] = (),
        allows: Callable[[str], bool] = lambda address: True,
        patience: Patience = QUICK,
    ) -> None:
        self.jid = jid
        self.offers: asyncio.Queue[Offer] = asyncio.Queue()
        self.requests: asyncio.Queue[Request] = asyncio.Queue()
        self.is_open = True
        self.used: list[str] = []
        self.progress: list[int] = []
        self.has_way, self.has_begun = asyncio.Event(), asyncio.Event()
        self.told = Told(self._use, self._note)

        async def find_proxies() -> Sequence[Proxy]:
            return proxies

        async def admits(account: str) -> bool:
            return self.is_open

        self.tasks = Tasks()
        self.line = wire.line(jid)
        network = Network(lambda: addresses, allows, find_proxies)
        self.peers = Peers(
            Means(self.line, network, self.tasks, patience),
            lambda: jid,
            admits,
            self.offers.put_nowait,
            self.requests.put_nowait,
        )
        wire.join(jid, self._answer)

    async def _answer(self, iq: Element) -> Element | None:
        if iq[0].tag == names.TAG:
            return await self.peers.on_jingle(iq)
        return await self.peers.on_block(iq)

    def _use(self, way: str) -> None:
        self.used.append(way)
        self.has_way.set()

    def _note(self, done: int) -> None:
        self.progress.append(done)
        self.has_begun.set()

    async def offer(self) -> Offer:
        async with asyncio.timeout(PATIENCE_S):
            return await self.offers.get()

    def send(self, source: "Data", to: str = JULIET, *, methods=METHODS, file: File | None = None):
        """Return the task that sends a file."""
        work = self.peers.send(to, methods, source, file or File("a.txt"), self.told)
        return asyncio.get_running_loop().create_task(work)

    def accept(self, offer: Offer, target: "Kept", *, offset: int = 0):
        """Return the task that receives a file."""
        work = offer.accept(target, self.told, offset=offset)
        return asyncio.get_running_loop().create_task(work)

    def fetch(self, target: "Kept", file: File, of: str = ROMEO, *, methods=METHODS, offset=0):
        """Return the task that asks for a file."""
        work = self.peers.fetch(of, methods, file, target, self.told, offset=offset)
        return asyncio.get_running_loop().create_task(work)

    async def request(self) -> Request:
        async with asyncio.timeout(20):
            return await self.requests.get()

    async def close(self) -> None:
        await self.tasks.stop()


class Data:
    """A file to send that is in memory."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = len(data)

    def begin(self, start: int, end: int) -> Reading:
        return Reading(self, start, end)

    def read(self, offset: int, size: int) -> bytes:
        return self.data[offset : offset + size]

    def hash_along(self) -> None:
        """It takes no time to read it once more."""

    async def hashes(self, algorithms) -> dict[str, bytes]:
        hasher = hashing.Hasher(algorithms)
        hasher.update(self.data)
        return hasher.digests()


class Kept:
    """A file that is received into memory, and told by its hashes as on the disk."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)
        self.given = None
        self.is_finished = False

    async def write(self, data: bytes) -> None:
        self.data += data

    async def finish(self, hashes) -> None:
        self.given = dict(hashes)
        counting = hashing.counting(hashes)
        hasher = hashing.Hasher([counting[0]] if counting else [])
        hasher.update(self.data)
        hashing.check(hasher.digests(), counting)
        self.is_finished = True


class Full:
    """A file on a disk that has no more room."""

    async def write(self, data: bytes) -> None:
        raise FileError("the disk is full")

    async def finish(self, hashes) -> None:
        raise AssertionError("it never was whole")


def noise(size: int) -> bytes:
    """Return bytes that look like nothing, the same ones for the same size."""
    return hashlib.shake_128(str(size).encode()).digest(size)
