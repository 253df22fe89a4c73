"""Filters for templates: moments, addresses, XHTML and text."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import unescape
from re import sub

from backendd.api.signature import Plain
from backendd.api.text import clean
from jp.output.json_lines import to_json


def local_time(microseconds: int, form: str = "%Y-%m-%d %H:%M") -> str:
    """Return a moment by the local clock."""
    return datetime.fromtimestamp(microseconds / 1_000_000).strftime(form)


def utc(microseconds: int) -> str:
    """Return a moment as RFC 3339 has it, as Atom wants it."""
    moment = datetime.fromtimestamp(microseconds // 1_000_000, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def bare(jid: str) -> str:
    """Return an address without its resource."""
    return str(jid).partition("/")[0]


def resource(jid: str) -> str:
    """Return the resource of an address: in a room, the nick."""
    return str(jid).partition("/")[2]


def node(jid: str) -> str:
    """Return what an address has before the @."""
    head, at, _ = bare(jid).partition("@")
    return head if at else ""


def plain_text(xhtml: str) -> str:
    """Return XHTML as text."""
    lines = sub(r"(?i)<(br|/p|/div|/li|/h[1-6])\b[^>]*>", "\n", str(xhtml))
    return unescape(sub(r"<[^>]*>", "", lines)).strip()


def quoted(text: str) -> str:
    """Return a text as a quotation of Markdown and of messages."""
    return "\n".join(f"> {line}" for line in str(text).split("\n"))


def vcard(text: str) -> str:
    """Return a text as a value of a vCard (RFC 6350 3.4)."""
    escaped = str(text).replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return escaped.replace("\n", "\\n")


def markdown(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return sub(r"([\\`*_{}\[\]()#+.!|<>~-])", r"\\\1", str(text))


def file_name(text: str) -> str:
    """Return a name for a file: letters and digits stay, every other byte is a dash."""
    return sub(rb"[^A-Za-z0-9]", b"-", str(text).encode()).decode()


FILTERS: Mapping[str, Callable[..., Plain]] = {
    "time": local_time,
    "utc": utc,
    "bare": bare,
    "resource": resource,
    "node": node,
    "text": plain_text,
    "clean": clean,
    "quoted": quoted,
    "vcard": vcard,
    "markdown": markdown,
    "json": to_json,
    "file": file_name,
}
