"""Searches of directories as elements (XEP-0055)."""

from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.core import asked, forms, xml
from backendd.core.asked import Asked
from backendd.core.fields import Field, Form

SEARCH = "jabber:iq:search"

_COLUMNS = {"nick": "Nickname", "first": "First name", "last": "Last name", "email": "E-mail"}
_LIMIT = 1000


def ask() -> Element:
    """Return the payload that asks by what one can search."""
    return xml.element(SEARCH, "query")


def decode(answer: Element) -> Asked:
    """Return by what one can search."""
    return asked.decode(xml.child(answer, SEARCH, "query"), SEARCH)


def decode_found(answer: Element) -> Form:
    """Return who was found, as the rows of a form, whichever way they are told."""
    query = xml.child(answer, SEARCH, "query")
    if query is None:
        return Form("result")
    found = forms.find(query)
    if found is not None:
        return found
    rows = query.findall(f"{{{SEARCH}}}item")[: forms.MOST]
    address = Field("jid", "jid-single", "Address")
    columns = (Field(name, label=label) for name, label in _COLUMNS.items())
    return Form("result", reported=(address, *columns), items=tuple(map(_row, rows)))


def _row(item: Element) -> dict[str, tuple[str, ...]]:
    told = {"jid": item.get("jid", "")}
    told |= {name: xml.child_text(item, SEARCH, name) for name in _COLUMNS}
    return {name: (text.clean_line(said, limit=_LIMIT),) for name, said in told.items() if said}
