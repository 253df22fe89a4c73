"""What servers and peers refuse, as errors of ours: stanza errors and stream errors."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from backendd.api.errors import (
    BackendError,
    HostUnreachable,
    NotAllowed,
    NotSupported,
    ServerError,
    UnknownItem,
)
from backendd.api.text import clean_line
from backendd.core.refusals import UNDEFINED, read
from backendd.core.xml import split
from backendd.xmpp.names import ERROR, STANZA_ERRORS, STREAM_ERRORS

_TEXT_LIMIT = 200
_UNSUPPORTED = frozenset({"feature-not-implemented", "service-unavailable"})
_FORBIDDEN = frozenset(
    {"forbidden", "not-allowed", "not-authorized", "registration-required", "subscription-required"}
)
_NOWHERE = frozenset({"item-not-found"})
_UNREACHABLE = frozenset({"remote-server-not-found", "remote-server-timeout"})
# Stream errors that speak of the server, never of what it was sent.
_OF_THE_SERVER = frozenset(
    {"connection-timeout", "host-gone", "remote-connection-failed", "reset", "system-shutdown"}
)


class StanzaError(ServerError, on_bus=False):
    """An answer of type error (RFC 6120 section 8.3); `text` is what it says besides."""

    def __init__(
        self,
        condition: str,
        text: str = "",
        *,
        kind: str = "cancel",
        sender: str = "",
        detail: str = "",
    ) -> None:
        who = clean_line(sender, limit=_TEXT_LIMIT) or "the server"
        said = clean_line(text, limit=_TEXT_LIMIT)
        reason = condition.replace("-", " ")
        super().__init__(
            f"{who} refuses: {reason}" + (f" ({said})" if said else ""),
            condition=condition,
            type=kind,
            detail=detail,
        )
        self.text = said


class StanzaNotSupported(NotSupported, StanzaError, on_bus=False):
    """The other side can't do what was asked."""


class StanzaNotAllowed(NotAllowed, StanzaError, on_bus=False):
    """The other side may not do what was asked."""


class StanzaUnknownItem(UnknownItem, StanzaError, on_bus=False):
    """There is nothing of this name at the other side."""


class StanzaUnreachable(HostUnreachable, StanzaError, on_bus=False):
    """The server of the other side can't be reached."""


class Replaced(ServerError, on_bus=False):
    """Another client took the connection over; to come back would start a fight."""


class Unanswered(HostUnreachable, on_bus=False):
    """The server says nothing in time, though the connection stands."""


class Moved(HostUnreachable, on_bus=False):
    """The server wants the connection elsewhere (see-other-host)."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"the server refers to {host} port {port}")
        self.host = host
        self.port = port


class StreamRefused(ServerError, on_bus=False):
    """The server ended the stream with an error that what it was sent may have caused."""


class HungUp(HostUnreachable, on_bus=False):
    """The connection was closed or reset by the other side, who didn't say why."""


class Suspect(ServerError, on_bus=False):
    """The stream can't be resumed: its numbers don't fit."""


_KINDS: Mapping[frozenset[str], type[StanzaError]] = {
    _UNSUPPORTED: StanzaNotSupported,
    _FORBIDDEN: StanzaNotAllowed,
    _NOWHERE: StanzaUnknownItem,
    _UNREACHABLE: StanzaUnreachable,
}


def stanza_error(stanza: Element) -> StanzaError:
    """Return the error that a stanza of type error carries."""
    sender = stanza.get("from", "")
    error = stanza.find(ERROR)
    if error is None:
        return StanzaError(UNDEFINED, sender=sender)
    condition, text = read(error, STANZA_ERRORS, limit=_TEXT_LIMIT)
    kind = next((kind for names, kind in _KINDS.items() if condition in names), StanzaError)
    detail = next((child.tag for child in error if split(child.tag)[0] != STANZA_ERRORS), "")
    return kind(condition, text, kind=error.get("type", "cancel"), sender=sender, detail=detail)


def encode_error(condition: str, *, kind: str = "cancel", text: str = "") -> Element:
    """Return the error element that an answer of type error carries."""
    error = Element(ERROR, {"type": kind})
    SubElement(error, f"{{{STANZA_ERRORS}}}{condition}")
    if text:
        SubElement(error, f"{{{STANZA_ERRORS}}}text").text = text
    return error


def stream_error(element: Element, domain: str, *, in_session: bool = True) -> BackendError:
    """Return the error that ended a stream (RFC 6120 section 4.9)."""
    condition, text = read(element, STREAM_ERRORS, limit=_TEXT_LIMIT)
    if condition == "conflict" and in_session:
        return Replaced("another client took this connection over: it uses the same resource")
    if condition == "see-other-host":
        return _moved(element, domain)
    if condition == "host-unknown":
        return HostUnreachable(f"the server that answers doesn't serve {domain}")
    said = f" ({text})" if text else ""
    kind = ServerError if condition in _OF_THE_SERVER else StreamRefused
    return kind(
        f"{domain} ended the connection: {condition.replace('-', ' ')}{said}", condition=condition
    )


def _moved(element: Element, domain: str) -> BackendError:
    target = element.findtext(f"{{{STREAM_ERRORS}}}see-other-host", "").strip()
    host, port = parse_host(target)
    if not host:
        return ServerError(f"{domain} refers to another server, but doesn't say which")
    return Moved(host, port)


def parse_host(target: str, default_port: int = 5222) -> tuple[str, int]:
    """Return host and port that "host", "host:port" or "[v6]:port" name; an empty host if none."""
    host, port = target, ""
    if target.startswith("["):
        host, _, port = target[1:].partition("]")
        port = port.removeprefix(":")
    elif target.count(":") == 1:
        host, _, port = target.partition(":")
    host = clean_line(host, limit=255)
    return host, int(port) if port.isascii() and port.isdigit() and port != "0" else default_port
