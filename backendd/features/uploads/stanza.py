"""A place on the server for a file (XEP-0363)."""

from itertools import islice
from xml.etree.ElementTree import Element

from backendd.api.errors import ServerError
from backendd.api.tuples import NamedTuple
from backendd.core import file_addresses, xml
from backendd.core.disco import Info

NAMESPACE = "urn:xmpp:http:upload:0"

_MOST_HEADERS = 20


class Slot(NamedTuple):
    """Where a file is to be put, with which headers (as they came), and where it is to be had."""

    put: str
    headers: tuple[tuple[str, str], ...]
    get: str


def is_service(info: Info) -> bool:
    """Return whether an entity takes files."""
    return NAMESPACE in info.features


def largest(info: Info) -> int:
    """Return how many bytes a file may have for a service; 0 where it doesn't say."""
    form = info.form(NAMESPACE)
    said = form.value("max-file-size") if form is not None else ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0


def ask(name: str, size: int, mime: str) -> Element:
    """Return what asks for a place."""
    asked = {"filename": name, "size": str(size)} | ({"content-type": mime} if mime else {})
    return xml.element(NAMESPACE, "request", asked)


def decode(answer: Element) -> Slot:
    """Return the place that a service gives, blanks in it encoded; ServerError for none."""
    slot = xml.child(answer, NAMESPACE, "slot")
    put = xml.child(slot, NAMESPACE, "put") if slot is not None else None
    get = xml.child(slot, NAMESPACE, "get") if slot is not None else None
    if put is None or get is None:
        raise ServerError("the upload service says no address for the file")
    addresses = [file_addresses.read(each.get("url", "")) for each in (put, get)]
    if any(not each or file_addresses.is_secret(each) for each in addresses):
        raise ServerError("the upload service says an address that can't be one")
    told = islice(put.iterfind(f"{{{NAMESPACE}}}header"), _MOST_HEADERS)
    headers = tuple((each.get("name", ""), each.text or "") for each in told)
    return Slot(addresses[0], headers, addresses[1])
