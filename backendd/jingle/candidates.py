"""Where a bytestream may be had (XEP-0260): candidates, and which of them is taken."""

import secrets
from collections.abc import Iterable
from typing import Final, Literal
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import InvalidJid
from backendd.api.values import Value
from backendd.core import jid, xml
from backendd.jingle.names import BYTESTREAMS, SOCKS5
from backendd.jingle.ports import Proxy
from backendd.jingle.refusals import Refused

Kind = Literal["direct", "assisted", "tunnel", "proxy"]

CANDIDATE: Final = f"{{{SOCKS5}}}candidate"

MOST = 20
"""Candidates of one side that are read."""

_PREFERENCES: dict[Kind, int] = {"direct": 126, "assisted": 120, "tunnel": 110, "proxy": 10}
_LIMIT = 300
_LARGEST_PRIORITY = 2**31 - 1


class Candidate(Value):
    """A SOCKS5 server that has one end of the stream; `jid` is who runs it."""

    cid: str
    host: str
    port: int
    jid: str
    priority: int
    kind: Kind = "direct"


class Transport(Value):
    """What one side says of a bytestream: its id, and where it may be had.

    `destination` is what its servers know it by, where that is said.
    """

    sid: str
    candidates: tuple[Candidate, ...] = ()
    destination: str = ""


def direct(host: str, port: int, own: str, *, rank: int) -> Candidate:
    """Return a candidate that we are ourselves; those of a lower rank are tried first."""
    return Candidate(secrets.token_hex(8), host, port, own, _priority("direct", rank))


def behind(proxy: Proxy, *, rank: int) -> Candidate:
    """Return a candidate that a proxy is."""
    priority = _priority("proxy", rank)
    return Candidate(secrets.token_hex(8), proxy.host, proxy.port, proxy.jid, priority, "proxy")


def _priority(kind: Kind, rank: int) -> int:
    return (_PREFERENCES[kind] << 16) + max(0, 0xFFFF - rank)


def encode(transport: Transport, *, is_initiator: bool) -> Element:
    """Return the `<transport/>`."""
    attributes = {"sid": transport.sid}
    if transport.destination:
        attributes["dstaddr"] = transport.destination
    if is_initiator:
        attributes["mode"] = "tcp"
    return xml.element(SOCKS5, "transport", attributes, map(encode_candidate, transport.candidates))


def encode_candidate(candidate: Candidate) -> Element:
    """Return the `<candidate/>`."""
    attributes = {
        "cid": candidate.cid,
        "host": candidate.host,
        "jid": candidate.jid,
        "port": str(candidate.port),
        "priority": str(candidate.priority),
        "type": candidate.kind,
    }
    return xml.element(SOCKS5, "candidate", attributes)


def decode(transport: Element) -> Transport:
    """Return what a `<transport/>` says; Refused where it isn't one that we can use."""
    sid, name = transport.get("sid", ""), transport.get("dstaddr", "")
    if not sid or len(sid) > _LIMIT or transport.get("mode", "tcp") != "tcp":
        raise Refused("bad-request")
    if not name.isascii() or len(name) > 255:
        raise Refused("bad-request")
    return Transport(sid, decode_candidates(transport.findall(CANDIDATE)), name)


def decode_candidates(elements: Iterable[Element]) -> tuple[Candidate, ...]:
    """Return the candidates that can be read, those to try first first."""
    found = [each for each in map(_decode, list(elements)[:MOST]) if each is not None]
    return tuple(sorted(found, key=lambda each: -each.priority))


def _decode(element: Element) -> Candidate | None:
    cid, host = element.get("cid", ""), element.get("host", "").strip("[]")
    kind = element.get("type", "direct")
    port, priority = _number(element, "port", "1080"), _number(element, "priority", "0")
    try:
        who = jid.received(element.get("jid", "")).full
    except InvalidJid:
        return None
    is_named = cid and host and max(len(cid), len(host)) <= _LIMIT and text.clean_line(host) == host
    if not is_named or kind not in _PREFERENCES or not 0 < port < 65536:
        return None
    return Candidate(cid, host, port, who, priority, kind)


def _number(element: Element, name: str, default: str) -> int:
    written = element.get(name, default)
    is_number = written.isascii() and written.isdigit() and len(written) < 11
    return min(int(written), _LARGEST_PRIORITY) if is_number else 0


def say(sid: str, word: str, cid: str = "") -> Element:
    """Return the `<transport/>` that says something of a candidate, or of all."""
    child = xml.element(SOCKS5, word, {"cid": cid} if cid else {})
    return xml.element(SOCKS5, "transport", {"sid": sid}, [child])


def nominate(
    by_us: Candidate | None, by_them: Candidate | None, *, is_initiator: bool
) -> Candidate | None:
    """Return the candidate that is taken (XEP-0260 2.4): one that either side connected to.

    None where neither could connect.
    """
    if by_us is None or by_them is None:
        return by_us or by_them
    if by_us.priority == by_them.priority:
        return by_us if is_initiator else by_them
    return by_us if by_us.priority > by_them.priority else by_them


def ask_proxy() -> Element:
    """Return the payload that asks a proxy where it is (XEP-0065)."""
    return xml.element(BYTESTREAMS, "query")


def decode_proxies(iq: Element) -> tuple[Proxy, ...]:
    """Return where a proxy says that it is."""
    query = xml.child(iq, BYTESTREAMS, "query")
    found = query.findall(f"{{{BYTESTREAMS}}}streamhost") if query is not None else []
    read = (
        _decode(xml.element(SOCKS5, "candidate", {"port": "1080", **each.attrib, "cid": "proxy"}))
        for each in found[:MOST]
    )
    return tuple(Proxy(each.jid, each.host, each.port) for each in read if each is not None)


def activate(sid: str, peer: str) -> Element:
    """Return the payload that has a proxy join both ends of a stream."""
    children = [xml.element(BYTESTREAMS, "activate", text=peer)]
    return xml.element(BYTESTREAMS, "query", {"sid": sid}, children)
