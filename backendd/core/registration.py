"""Registering with a server or a service, as elements (XEP-0077)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from backendd.core import answers, forms, text, xml
from backendd.core.fields import Field, FieldType, Form

NAMESPACE = "jabber:iq:register"

_LIMIT, _TEXT_LIMIT = 1000, 10_000
# What a service asks for by elements of its own, each a line of text (14.1).
_LABELS = {
    "username": "User name", "nick": "Nickname", "password": "Password", "name": "Name",
    "first": "First name", "last": "Last name", "email": "E-mail", "address": "Address",
    "city": "City", "state": "State", "zip": "Postal code", "phone": "Phone", "url": "Web page",
    "date": "Date", "misc": "Other", "text": "Text", "key": "",
}  # fmt: skip


class Registration(NamedTuple):
    """What is asked for: a form, of the service's own or made of the elements it names."""

    form: Form
    is_own: bool
    is_registered: bool = False


def ask() -> Element:
    """Return the payload that asks what is needed to register."""
    return xml.element(NAMESPACE, "query")


def decode(answer: Element) -> Registration:
    """Return what a result says is needed."""
    query = xml.child(answer, NAMESPACE, "query")
    if query is None:
        return Registration(Form(), is_own=False)
    is_registered = xml.child(query, NAMESPACE, "registered") is not None
    found = forms.find(query)
    link = _link(query)
    if found is not None:
        form = Form(found.type, found.title, (*found.instructions, *link), found.fields)
        return Registration(form, is_own=True, is_registered=is_registered)
    said = text.clean(xml.child_text(query, NAMESPACE, "instructions"), limit=_TEXT_LIMIT)
    fields = tuple(
        _field(name, xml.child_text(query, NAMESPACE, name))
        for name in _LABELS
        if xml.child(query, NAMESPACE, name) is not None
    )
    instructions = (*((said,) if said else ()), *link)
    return Registration(
        Form(instructions=instructions, fields=fields), is_own=False, is_registered=is_registered
    )


def _field(name: str, value: str) -> Field:
    kinds: Mapping[str, FieldType] = {"password": "text-private", "key": "hidden"}
    values = (value[:_LIMIT],) if value else ()
    kind = kinds.get(name, "text-single")
    return Field(name, kind, _LABELS[name], is_required=kind != "hidden", values=values)


def _link(query: Element) -> tuple[str, ...]:
    """Return where one registers on the web, or looks at what is asked for (XEP-0066)."""
    link = xml.child(query, xml.LINK, "x")
    url = xml.child_text(link, xml.LINK, "url") if link is not None else ""
    cleaned = text.clean_line(url, limit=_LIMIT)
    return (cleaned,) if cleaned else ()


def submit(registration: Registration, values: Mapping[str, Sequence[str]]) -> Element:
    """Return the payload that registers with these values; FormRejected."""
    filled = answers.fill_in(registration.form, values)
    if registration.is_own:
        return xml.element(NAMESPACE, "query", children=[filled])
    said = forms.decode(filled)
    return _query({each.var: "".join(each.values[:1]) for each in said.fields})


def change_password(username: str, password: str) -> Element:
    """Return the payload that gives one's own account another password (3.3)."""
    return _query({"username": username, "password": password})


def remove() -> Element:
    """Return the payload that ends a registration; of one's own server, the account (3.2)."""
    return xml.element(NAMESPACE, "query", children=[xml.element(NAMESPACE, "remove")])


def _query(elements: Mapping[str, str]) -> Element:
    children = [xml.element(NAMESPACE, name, text=said) for name, said in elements.items()]
    return xml.element(NAMESPACE, "query", children=children)
