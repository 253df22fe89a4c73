"""Addresses as links write them: `xmpp:room@example.org?join` (RFC 5122, XEP-0147)."""

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from backendd.api.tuples import NamedTuple
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

SCHEME = "xmpp:"
LONGEST = 10_000
_COMMANDS = {
    "join": "join {bare} {resource} {password}",
    "invite": "invite {invited}",
    "subscribe": "add {bare} {name}",
    "roster": "add {bare} {name}",
    "unsubscribe": "unsubscribe {bare}",
    "remove": "remove {bare}",
    "vcard": "whois {bare}",
    "disco": "services {jid} {node}",
    "pubsub": "services {jid}",
    "command": "command {jid} {node}",
    "register": "register {jid}",
    "unregister": "register {jid} remove",
}
ACTIONS = ("", "message", *_COMMANDS)
_OF_NODE = {"subscribe": "follow {bare} {node}"}
_NODE = "blog {bare} {node}"

_ENCODED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")


class Link(NamedTuple):
    """Who or what a link names, what is to be done there, and as whom, if it says that."""

    jid: str
    action: str
    values: Mapping[str, str]
    account: str = ""


def read(text: str) -> Link:
    """Return what a link says; ValueError with a sentence where it is none that can be opened."""
    written = text.strip()
    if written[: len(SCHEME)].lower() != SCHEME or len(written) > LONGEST:
        raise ValueError(tr("this isn't an address of the form xmpp:name@server"))
    named, _, query = written[len(SCHEME) :].partition("#")[0].partition("?")
    account = ""
    if named.startswith("//"):
        account, _, named = named[2:].partition("/")
    action, *pairs = query.split(";")
    if action not in ACTIONS:
        raise ValueError(
            tr('addresses with "?{decoded}" can\'t be opened here', decoded=_decoded(action))
        )
    keys = (pair.partition("=") for pair in pairs)
    values = {_decoded(key): _decoded(value, is_text=True) for key, _, value in keys}
    return Link(_address(named or account), action, values, _address(account) if account else "")


def is_of_item(link: Link) -> bool:
    """Return whether a link leads to an item of a node, such as a post of a blog."""
    return _is_read(link) and bool(link.values.get("item"))


def is_of_node(link: Link) -> bool:
    """Return whether a link leads to a node as a whole, such as a blog."""
    return _is_read(link) and not link.values.get("item")


def _is_read(link: Link) -> bool:
    is_meant = link.action == "" or (
        link.action == "pubsub" and link.values.get("action", "retrieve") == "retrieve"
    )
    return is_meant and bool(link.values.get("node"))


def line(link: Link) -> str:
    """Return the command line that does what a link is for; nothing where one is to be written to.

    It is for the user to run: whoever wrote the link must not have anything sent.
    """
    named = _COMMANDS.get(link.action, "")
    if link.values.get("node") and link.action in ("", "pubsub"):
        named = _OF_NODE.get(link.values.get("action", ""), _NODE)
    if not named:
        return ""
    bare, _, resource = link.jid.partition("/")
    known = {"{bare}": bare, "{jid}": link.jid, "{resource}": resource}
    known["{invited}"] = link.values.get("jid", "")
    known |= {f"{{{key}}}": link.values.get(key, "") for key in ("name", "node", "password")}
    words = [known.get(word, word) for word in named.split()]
    while not words[-1]:
        words.pop()
    return " ".join(quote(" ".join(word.split())) for word in words)


def group(link: Link) -> str:
    """Return the group into which a link would put who is added; nothing where into none."""
    return " ".join(link.values.get("group", "").split()) if link.action == "roster" else ""


def _address(written: str) -> str:
    """Return an address, each part decoded; what stands for a sign that divides them is none."""
    bare, slash, resource = written.partition("/")
    local, at, domain = bare.rpartition("@")
    parts = [_decoded(each) for each in (local, domain, resource)]
    if not parts[1] or (at and not parts[0]) or (slash and not parts[2]):
        raise ValueError(tr("the address names no server, or leaves a part of itself empty"))
    if set("@/") & set(parts[0] + parts[1]):
        raise ValueError(tr("the address has an @ or a / where none can be"))
    return f"{parts[0]}{at}{parts[1]}{slash}{parts[2]}"


def _decoded(written: str, *, is_text: bool = False) -> str:
    """Return what is percent-encoded; of a text the lines and what joins signs stay."""
    if not _ENCODED.fullmatch(written):
        raise ValueError(tr("the address has a % without two hexadecimal digits behind it"))
    try:
        decoded = unquote_to_bytes(written).decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ValueError(tr("the address is not encoded as UTF-8")) from None
    refused = ("Cc",) if is_text else ("Cc", "Cf")
    for sign in decoded:
        if unicodedata.category(sign) in refused and not (is_text and sign == "\n"):
            raise ValueError(tr("the address has characters that can't be seen"))
    return decoded
