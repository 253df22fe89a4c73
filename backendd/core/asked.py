"""What a service wants to know, by a form or by elements of its own (XEP-0055, XEP-0077)."""

from collections.abc import Collection, Mapping, Sequence
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.tuples import NamedTuple
from backendd.core import answers, forms, xml
from backendd.core.fields import Field, FieldType, Form

_LIMIT, _TEXT_LIMIT = 1000, 10_000
LABELS = {
    "username": "User name", "nick": "Nickname", "password": "Password", "name": "Name",
    "first": "First name", "last": "Last name", "email": "E-mail", "address": "Address",
    "city": "City", "state": "State", "zip": "Postal code", "phone": "Phone", "url": "Web page",
    "date": "Date", "misc": "Other", "text": "Text", "key": "",
}  # fmt: skip
"""The elements that both protocols know, each a line of text."""


class Asked(NamedTuple):
    """What is asked for: a form, of the service's own or made of the elements it names."""

    form: Form
    is_own: bool = False


def decode(query: Element | None, namespace: str, *, needed: Collection[str] = ()) -> Asked:
    """Return what a `<query/>` asks for; of its elements those `needed` have to be filled in."""
    if query is None:
        return Asked(Form())
    found, link = forms.find(query), _link(query)
    if found is not None:
        form = Form(found.type, found.title, (*found.instructions, *link), found.fields)
        return Asked(form, is_own=True)
    said = text.clean(xml.child_text(query, namespace, "instructions"), limit=_TEXT_LIMIT)
    fields = tuple(
        _field(name, xml.child_text(query, namespace, name), is_required=name in needed)
        for name in LABELS
        if xml.child(query, namespace, name) is not None
    )
    return Asked(Form(instructions=(*((said,) if said else ()), *link), fields=fields))


def submit(asked: Asked, values: Mapping[str, Sequence[str]], namespace: str) -> Element:
    """Return the `<query/>` that answers with these values; FormRejected."""
    filled = answers.fill_in(asked.form, values)
    if asked.is_own:
        return xml.element(namespace, "query", children=[filled])
    said = forms.decode(filled).fields
    return said_by_elements({each.var: "".join(each.values[:1]) for each in said}, namespace)


def said_by_elements(said: Mapping[str, str], namespace: str) -> Element:
    """Return a `<query/>` with an element for each of these."""
    children = [xml.element(namespace, name, text=value) for name, value in said.items()]
    return xml.element(namespace, "query", children=children)


def _field(name: str, value: str, *, is_required: bool) -> Field:
    kinds: Mapping[str, FieldType] = {"password": "text-private", "key": "hidden"}
    kind = kinds.get(name, "text-single")
    return Field(
        name,
        kind,
        LABELS[name],
        is_required=is_required and kind != "hidden",
        values=(value[:_LIMIT],) if value else (),
    )


def _link(query: Element) -> tuple[str, ...]:
    """Return where one does it on the web, or looks at what is asked for (XEP-0066)."""
    link = xml.child(query, xml.LINK, "x")
    url = xml.child_text(link, xml.LINK, "url") if link is not None else ""
    cleaned = text.clean_line(url, limit=_LIMIT)
    return (cleaned,) if cleaned else ()
