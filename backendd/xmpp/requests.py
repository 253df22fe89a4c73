"""Questions and answers: iq stanzas, ours and theirs (RFC 6120 section 8.2.3)."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, Literal
from xml.etree.ElementTree import Element

from backendd.api.errors import (
    BackendError,
    NotAllowed,
    NotConnected,
    NotSupported,
    StorageError,
    Timeout,
    TooLarge,
)
from backendd.api.tasks import Tasks
from backendd.api.tuples import NamedTuple
from backendd.core import jid
from backendd.xmpp.faults import StanzaError, encode_error, stanza_error
from backendd.xmpp.names import IQ

log = logging.getLogger(__name__)

IqType = Literal["get", "set"]
Handler = Callable[[Element], Awaitable[Element | None]]
Settle = Callable[[Any, Element], None]
"""Stores what an answer says, in the owner's transaction with the stanzas around it."""

# Strangers may ask; they can't make us answer without bound.
MAX_ANSWERS = 64


class _Question(NamedTuple):
    """Who is asked, and what waits for the answer."""

    to: str | None
    answer: asyncio.Future[Element]
    settle: Settle | None


class Requests:
    """The iq stanzas of one profile; `send` takes one, `own_jid` says who we are.

    `failed` is called when what was asked of us can't be stored.
    """

    def __init__(
        self,
        tasks: Tasks,
        send: Callable[[Element], None],
        own_jid: Callable[[], str],
        failed: Callable[[StorageError], None],
    ) -> None:
        self._tasks = tasks
        self._send = send
        self._own_jid = own_jid
        self._failed = failed
        self.settled: set[tuple[str, str]] = set()  # see Stream.settled
        self._open: dict[str, _Question] = {}
        self._handlers: dict[tuple[str, str], Handler] = {}
        self._repeatable: set[tuple[str, str]] = set()
        self._answering = 0

    async def request(
        self,
        kind: IqType,
        to: str | None,
        payload: Element,
        *,
        timeout: float = 15.0,
        settle: Settle | None = None,
    ) -> Element:
        """Return the iq of type result that answers `payload`; `to` None is our own account.

        What that changes is stored by `settle`, in its order: before what came after it.
        Raises `NotConnected`, `Timeout`, `TooLarge` and `StanzaError`.
        """
        stanza_id, answer = self.begin(kind, to, payload, settle)
        try:
            async with asyncio.timeout(timeout):
                return await answer
        except TimeoutError as error:
            raise Timeout(f"{jid.shown(to) if to else 'the server'} doesn't answer") from error
        finally:
            self._open.pop(stanza_id, None)

    def begin(
        self, kind: IqType, to: str | None, payload: Element, settle: Settle | None = None
    ) -> tuple[str, asyncio.Future[Element]]:
        """Ask, and return the id of the question and the answer to come."""
        stanza_id = secrets.token_hex(8)
        iq = Element(IQ, {"type": kind, "id": stanza_id})
        if to is not None:
            iq.set("to", to)
        iq.append(payload)
        self._send(iq)
        answer: asyncio.Future[Element] = asyncio.get_running_loop().create_future()
        self._open[stanza_id] = _Question(to, answer, settle)
        return stanza_id, answer

    def on_request(
        self, kind: IqType, tag: str, handler: Handler, *, may_repeat: bool = False
    ) -> None:
        """Let `handler` answer what others ask with a child `tag`; None is an empty result.

        `may_repeat`: it does no harm that comes again to a backend that was killed behind it.
        """
        self._handlers[kind, tag] = handler
        if may_repeat or kind == "get":
            self._repeatable.add((kind, tag))

    def settles(self, iq: Element, cut: bool) -> bool:
        """Return whether an iq is for the listener; of requests those are not for `route`."""
        if is_answer(iq):
            question = self._open.get(iq.get("id", ""))
            if question is None:
                return ("answer", "") in self.settled
            return not cut and self._settle_of(question, iq) is not None
        return not cut and _is_request(iq) and (iq.get("type"), iq[0].tag) in self.settled

    def settling(self, iq: Element) -> Settle | None:
        """Return what stores what an iq says, if it is the answer to a question that wants that."""
        question = self._open.get(iq.get("id", "")) if is_answer(iq) else None
        return self._settle_of(question, iq) if question is not None else None

    def route(self, iq: Element, cut: bool) -> bool:
        """Take an iq from outside; return whether it may come again. `cut`: without its content."""
        if is_answer(iq):
            self._answered(iq, cut)
        elif cut:
            self._reply(iq, encode_error("policy-violation", kind="modify"))
        elif not _is_request(iq):
            self._reply(iq, encode_error("bad-request", kind="modify"))
        else:
            return self._asked(iq)
        return True

    def fail(self, error: BackendError) -> None:
        """Give up all open questions: their answers can't come any more."""
        questions, self._open = self._open, {}
        for question in questions.values():
            if not question.answer.done():
                question.answer.set_exception(error)
                # Who asked may be gone as well.
                question.answer.exception()

    def _answered(self, iq: Element, cut: bool) -> None:
        question = self._open.get(iq.get("id", ""))
        if question is None or question.answer.done():
            return
        if not self._may_answer(question, iq):
            log.warning("an answer from somebody who wasn't asked is dropped")
            return
        if cut:
            question.answer.set_exception(TooLarge("the answer is too large"))
        elif iq.get("type") == "error":
            question.answer.set_exception(stanza_error(iq))
        else:
            question.answer.set_result(iq)

    def _settle_of(self, question: _Question, iq: Element) -> Settle | None:
        is_result = iq.get("type") == "result" and self._may_answer(question, iq)
        return question.settle if is_result else None

    def _may_answer(self, question: _Question, iq: Element) -> bool:
        return jid.may_answer(jid.received(self._own_jid()), question.to, iq.get("from"))

    def _asked(self, iq: Element) -> bool:
        asked = (iq.get("type", ""), iq[0].tag)
        handler = self._handlers.get(asked)
        if handler is None:
            self._reply(iq, encode_error("service-unavailable"))
        elif self._answering >= MAX_ANSWERS:
            self._reply(iq, encode_error("resource-constraint", kind="wait"))
        else:
            self._answering += 1
            self._tasks.start(self._answer(iq, handler), name="answer")
            return asked in self._repeatable
        return True

    async def _answer(self, iq: Element, handler: Handler) -> None:
        try:
            payload = await handler(iq)
        except StorageError as error:
            self._failed(error)
        except Exception as error:
            self.answer(iq, error)
        else:
            self._reply(iq, payload)
        finally:
            self._answering -= 1

    def answer(self, iq: Element, error: Exception | None) -> None:
        """Answer a request with nothing but that all is well, or with an error."""
        self._reply(iq, _encoded(error) if error is not None else None)

    def _reply(self, iq: Element, payload: Element | None) -> None:
        is_error = payload is not None and payload.tag.endswith("}error")
        reply = Element(IQ, {"type": "error" if is_error else "result"})
        for theirs, ours in (("id", "id"), ("from", "to")):
            value = iq.get(theirs)
            if value is not None:
                reply.set(ours, value)
        if payload is not None:
            reply.append(payload)
        try:
            self._send(reply)
        except NotConnected:
            log.debug("an answer has no connection to go to")
        except TooLarge:
            self._reply(iq, encode_error("resource-constraint"))


def is_answer(iq: Element) -> bool:
    """Return whether an iq answers one of ours, or claims to."""
    return iq.get("type") in ("result", "error")


def _is_request(iq: Element) -> bool:
    return iq.get("type") in ("get", "set") and len(iq) == 1 and iq.get("id") is not None


def _encoded(error: Exception) -> Element:
    match error:
        case StanzaError():
            return encode_error(error.condition, kind=error.type, text=error.text)
        case NotAllowed():
            return encode_error("forbidden", kind="auth")
        case NotSupported():
            return encode_error("feature-not-implemented")
    log.error("answering a request failed", exc_info=error)
    return encode_error("internal-server-error")
