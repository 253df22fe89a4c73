"""A SOCKS5 bytestream that both sides agree on (XEP-0260)."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Collection
from typing import TypeVar
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import BackendError, HostUnreachable
from backendd.core import xml
from backendd.jingle import candidates, socks5
from backendd.jingle.candidates import CANDIDATE, Candidate, Transport
from backendd.jingle.listening import Listening
from backendd.jingle.names import SOCKS5
from backendd.jingle.ports import Means
from backendd.jingle.searching import Search, reach
from backendd.jingle.socks5 import SocketStream
from backendd.jingle.talk import Talk

log = logging.getLogger(__name__)

T = TypeVar("T")
_LIMIT = 300


class Bytestream:
    """One bytestream of a session, from the candidates of ours to the connection that is taken."""

    def __init__(self, sid: str, talk: Talk, means: Means) -> None:
        self._sid = sid
        self._talk = talk
        self._line = means.line
        self._network = means.network
        self._patience = means.patience
        self._tasks = means.tasks
        own, peer = talk.own, talk.peer
        self._is_initiator = talk.role == "initiator"
        self._name = socks5.destination(sid, own, peer)
        self._peers_name = socks5.destination(sid, peer, own)
        # Who knows the stream by the name that the initiator's servers have for it means it, too.
        self._listening = Listening({self._name, self._peers_name}, means.tasks)
        self._ours: dict[str, Candidate] = {}
        loop = asyncio.get_running_loop()
        self._by_them: asyncio.Future[Candidate | None] = loop.create_future()
        self._activated: asyncio.Future[bool] = loop.create_future()
        self._search = Search(self._peers_name, means)

    async def offer(self, taken: Collection[tuple[str, int]] = ()) -> Element:
        """Return our side of it; what the other side offers is `taken`, and not offered again."""
        found = list(self._listening.open(self._network.addresses(), self._talk.own))
        try:
            proxies = await self._network.proxies()
        except BackendError as error:
            log.debug("no proxy is known: %s", error)
            proxies = ()
        free = [each for each in proxies if (each.host, each.port) not in taken]
        found += (candidates.behind(proxy, rank=rank) for rank, proxy in enumerate(free))
        self._ours = {each.cid: each for each in found}
        ours = Transport(self._sid, tuple(found), self._name)
        return candidates.encode(ours, is_initiator=self._is_initiator)

    def close(self) -> None:
        """Let go of all that isn't taken."""
        self._listening.close()

    async def connect(self, theirs: Transport) -> SocketStream:
        """Return the stream; HostUnreachable where both sides find no way."""
        self._search.name = theirs.destination or self._peers_name
        self._search.add(theirs.candidates)
        hearing = self._tasks.start(self._hear(), name="jingle s5b")
        try:
            return SocketStream(await self._agree(), self._patience.stall)
        finally:
            hearing.cancel()
            self.close()

    async def _agree(self) -> socket.socket:
        found = await self._search.run()
        by_us, connection = found if found is not None else (None, None)
        with contextlib.ExitStack() as unless_taken:
            if connection is not None:
                unless_taken.callback(connection.close)
            word = "candidate-used" if by_us is not None else "candidate-error"
            await self._say(word, by_us.cid if by_us is not None else "")
            by_them = await self._wait(self._by_them)
            taken = candidates.nominate(by_us, by_them, is_initiator=self._is_initiator)
            if taken is None:
                raise HostUnreachable(f"no connection to {self._talk.name} can be made")
            if taken is by_them:
                return await self._join(taken)
            assert connection is not None
            if taken.kind == "proxy":
                await self._wait_for_proxy()
            unless_taken.pop_all()
            return connection

    async def _join(self, taken: Candidate) -> socket.socket:
        """Return our end of a candidate of ours that the other side has connected to."""
        if taken.kind != "proxy":
            return self._listening.take(taken.cid)
        try:
            connection = await self._reach_proxy(taken)
        except BackendError as error:
            await self._say("proxy-error")
            raise HostUnreachable(f"the proxy {taken.jid} can't be used: {error}") from error
        with contextlib.ExitStack() as unless_used:
            unless_used.callback(connection.close)
            await self._say("activated", taken.cid)
            if self._activated.done():
                await self._wait_for_proxy()
            unless_used.pop_all()
        return connection

    async def _wait_for_proxy(self) -> None:
        """Return when a proxy joins both ends; HostUnreachable where one of them gives it up."""
        try:
            is_activated = await self._wait(self._activated)
        except HostUnreachable:
            await self._say("proxy-error")
            raise
        if not is_activated:
            raise HostUnreachable("the proxy for the file doesn't work")

    async def _reach_proxy(self, proxy: Candidate) -> socket.socket:
        try:
            async with asyncio.timeout(self._patience.connect):
                # Of our own server, which may well be in our own network.
                connection = await reach(proxy.host, proxy.port, self._name, lambda _: True)
        except TimeoutError as error:
            raise HostUnreachable(f"the proxy {proxy.jid} doesn't answer") from error
        try:
            activation = candidates.activate(self._sid, self._talk.peer)
            await self._line.request("set", proxy.jid, activation)
        except BaseException:
            connection.close()
            raise
        return connection

    async def _say(self, word: str, cid: str = "") -> None:
        said = candidates.say(self._sid, word, cid)
        await self._talk.inform(said)

    async def _wait(self, answer: asyncio.Future[T]) -> T:
        try:
            async with asyncio.timeout(self._patience.negotiate):
                return await answer
        except TimeoutError as error:
            raise HostUnreachable(f"{self._talk.name} says nothing of the connection") from error

    async def _hear(self) -> None:
        while True:
            transport = await self._talk.informed.get()
            if xml.split(transport.tag)[0] == SOCKS5:
                self._search.add(candidates.decode_candidates(transport.findall(CANDIDATE)))
                for each in transport:
                    cid = text.clean_line(each.get("cid", ""), limit=_LIMIT)
                    self._take(xml.split(each.tag)[1], cid)

    def _take(self, word: str, cid: str) -> None:
        match word:
            case "candidate-used" if cid in self._ours:
                _settle(self._by_them, self._ours[cid])
                self._search.stop_at(self._ours[cid].priority)
            case "candidate-error" | "candidate-used":
                _settle(self._by_them, None)
            case "activated":
                _settle(self._activated, True)
            case "proxy-error":
                _settle(self._activated, False)


def _settle(answer: asyncio.Future[T], value: T) -> None:
    """Take the first word that is given; those after it change nothing."""
    if not answer.done():
        answer.set_result(value)
