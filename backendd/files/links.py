"""Addresses of the web, as they come from outside: what is asked of which server.

One that could be read in two ways is none, so nobody is shown another server than is asked.
"""

import ipaddress
import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from backendd.api.errors import InvalidArgument
from backendd.api.values import Value
from backendd.core import domains

MOST_CHARACTERS = 8000
"""What servers take at least (RFC 9110 section 4.1)."""

_PORTS = {"http": 80, "https": 443}
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_SERVER = re.compile(r"(?:\[[^][%]+\]|[^][%:]+)(?::\d*)?", re.ASCII)
_HOST = re.compile(r"[a-z0-9_.-]+", re.ASCII)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
_V4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}(?<!\.)", re.ASCII)
_NO_SERVER = "the address names no server that there can be"
_KEPT = "".join(map(chr, range(0x21, 0x7F)))


class Link(Value):
    """One address: a host in ASCII, without brackets, and what is asked for there."""

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def is_secure(self) -> bool:
        """Whether nobody on the way can read or change what goes over it."""
        return self.scheme == "https"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Whom it asks: what is told to one isn't told to another."""
        return self.scheme, self.host, self.port

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        query = f"?{self.query}" if self.query else ""
        return f"{self.scheme}://{host}{port}{self.path}{query}"

    def leads_to(self, reference: str) -> "Link":
        """Return where a server refers to from here; InvalidArgument."""
        if _ODD.search(spaced := reference.replace(" ", "%20")):
            raise InvalidArgument("the address has characters in it that no address has")
        try:
            return parse(urljoin(str(self), spaced))
        except ValueError as error:
            raise InvalidArgument("this is no address of the web") from error


def parse(url: str) -> Link:
    """Return what `url` asks for; InvalidArgument, which says why it can't be."""
    if len(url) > MOST_CHARACTERS:
        raise InvalidArgument("the address is too long to be asked for")
    if _ODD.search(url):
        raise InvalidArgument("the address has characters in it that no address has")
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise InvalidArgument("this is no address of the web") from error
    if split.scheme not in _PORTS:
        raise InvalidArgument("only http and https addresses can be fetched from or sent to")
    if "@" in split.netloc:
        raise InvalidArgument("an address with a user name in it isn't used: it hides its server")
    if port == 0:
        raise InvalidArgument("no server has port 0")
    port = _PORTS[split.scheme] if port is None else port
    host = _host(split)
    return Link(split.scheme, host, port, _quoted(split.path) or "/", _quoted(split.query))


def _host(split: SplitResult) -> str:
    host = split.hostname or ""
    if not _SERVER.fullmatch(split.netloc):
        raise InvalidArgument(_NO_SERVER)
    try:
        if split.netloc.startswith("["):
            return str(ipaddress.IPv6Address(host))
        ascii_only = host if host.isascii() else domains.to_ascii(domains.normalise(host))
    except ValueError as error:
        raise InvalidArgument(_NO_SERVER) from error
    if not _HOST.fullmatch(ascii_only) or _is_odd_number(ascii_only):
        raise InvalidArgument(_NO_SERVER)
    return ascii_only


def _is_odd_number(host: str) -> bool:
    """Return whether it is an IPv4 address to some, in one of the forms that hide which."""
    last = host.removesuffix(".").rpartition(".")[2]
    return bool(_NUMBER.fullmatch(last)) and not _V4.fullmatch(host)


def _quoted(part: str) -> str:
    return quote(part, safe=_KEPT, errors="replace")
