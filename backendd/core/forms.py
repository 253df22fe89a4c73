"""Data forms (XEP-0004): the only place that builds or reads one.

What comes is bounded, and cleaned where it is only shown: names and values go back as they came.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast, get_args
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.core import xml
from backendd.core.fields import FORM_TYPE, Choice, Field, FieldType, Form, FormType, Media, Rule

FORM = "jabber:x:data"
MEDIA = "urn:xmpp:media-element"
VALIDATE = "http://jabber.org/protocol/xdata-validate"

MOST = 1000
"""Fields of a form, values and options of a field, and rows of a result that are read."""

_LINE_LIMIT, _TEXT_LIMIT = 1000, 100_000


def find(parent: Element, form_type: str = "") -> Form | None:
    """Return the first form in `parent`, or the first of this FORM_TYPE."""
    for element in parent.iterfind(f"{{{FORM}}}x"):
        form = decode(element)
        if form_type in ("", form.form_type):
            return form
    return None


def decode(element: Element) -> Form:
    """Return the form that an `<x/>` is; what it has too much of is left out."""
    kind = element.get("type", "form")
    reported = xml.child(element, FORM, "reported")
    rows = _children(element, "item")
    return Form(
        type=cast("FormType", kind) if kind in get_args(FormType) else "form",
        title=_line(element, "title"),
        instructions=tuple(
            text.clean(each.text or "", limit=_TEXT_LIMIT)
            for each in _children(element, "instructions")
        ),
        fields=_fields(element),
        reported=_fields(reported) if reported is not None else (),
        items=tuple({each.var: each.values for each in _fields(row)} for row in rows),
    )


def submit(form_type: str = "", **answers: str | bool | int | Sequence[str]) -> Element:
    """Return a form that is sent unasked: `answers` to fields that the protocol names.

    In their names a double underscore stands for `#` (`pubsub__access_model`), and one at the end
    is left out (`with_`).
    """
    values = {
        name.removesuffix("_").replace("__", "#"): written(value) for name, value in answers.items()
    }
    return encode_answers(values, form_type=form_type)


def encode_answers(
    answers: Mapping[str, Sequence[str]], *, form_type: str = "", types: Iterable[Field] = ()
) -> Element:
    """Return the `<x type="submit"/>` with these values by field; `types` are known fields."""
    known = {each.var: each.type for each in types}
    form = xml.element(FORM, "x", {"type": "submit"})
    if form_type:
        form.append(_encode_field(FORM_TYPE, "hidden", [form_type]))
    for var, values in answers.items():
        form.append(_encode_field(var, known.get(var), values))
    return form


def written(value: str | bool | int | Sequence[str]) -> Sequence[str]:
    """Return the values of a field that holds `value`."""
    if isinstance(value, bool):
        return ("1" if value else "0",)
    if isinstance(value, str | int):
        return (str(value),)
    return tuple(value)


def result(form_type: str, values: Mapping[str, Sequence[str]]) -> Element:
    """Return a form that tells `values` by field, and asks for nothing (XEP-0128)."""
    form = encode_answers(values, form_type=form_type)
    form.set("type", "result")
    return form


def cancel() -> Element:
    """Return the form that says that nothing will be filled in."""
    return xml.element(FORM, "x", {"type": "cancel"})


def _encode_field(var: str, kind: FieldType | None, values: Sequence[str]) -> Element:
    attributes = {"var": var} | ({"type": kind} if kind else {})
    children = [xml.element(FORM, "value", text=value) for value in values]
    return xml.element(FORM, "field", attributes, children)


def _fields(parent: Element) -> tuple[Field, ...]:
    return tuple(_decode_field(each) for each in _children(parent, "field"))


def _decode_field(element: Element) -> Field:
    options = tuple(
        Choice(
            value=_text(each, "value"),
            label=text.clean_line(each.get("label", ""), limit=_LINE_LIMIT),
        )
        for each in _children(element, "option")
    )
    return Field(
        var=element.get("var", "")[:_LINE_LIMIT],
        type=_type(element.get("type"), has_options=bool(options)),
        label=text.clean_line(element.get("label", ""), limit=_LINE_LIMIT),
        description=text.clean(_text(element, "desc"), limit=_TEXT_LIMIT),
        is_required=xml.child(element, FORM, "required") is not None,
        values=tuple((each.text or "")[:_TEXT_LIMIT] for each in _children(element, "value")),
        options=options,
        media=_media(xml.child(element, MEDIA, "media")),
        rule=_rule(xml.child(element, VALIDATE, "validate")),
    )


def _type(written: str | None, *, has_options: bool) -> FieldType:
    if written in get_args(FieldType):
        return cast("FieldType", written)
    # XEP-0004 3.2: without a type, or of one that is not known, it is a line of text.
    return "list-single" if has_options else "text-single"


def _media(element: Element | None) -> Media | None:
    if element is None:
        return None
    uris = [
        (each.get("type", "")[:_LINE_LIMIT], (each.text or "").strip()[:_TEXT_LIMIT])
        for each in element.iterfind(f"{{{MEDIA}}}uri")
    ]
    return Media(tuple(uris[:MOST]), _number(element.get("width")), _number(element.get("height")))


def _rule(element: Element | None) -> Rule | None:
    if element is None:
        return None
    bounds = xml.child(element, VALIDATE, "range")
    count = xml.child(element, VALIDATE, "list-range")
    return Rule(
        datatype=element.get("datatype", "xs:string")[:_LINE_LIMIT],
        is_open=xml.child(element, VALIDATE, "open") is not None,
        least=bounds.get("min", "")[:_LINE_LIMIT] if bounds is not None else "",
        most=bounds.get("max", "")[:_LINE_LIMIT] if bounds is not None else "",
        regex=xml.child_text(element, VALIDATE, "regex")[:_LINE_LIMIT],
        fewest=_number(count.get("min")) if count is not None else 0,
        many=_number(count.get("max")) or None if count is not None else None,
    )


def _children(parent: Element, name: str) -> list[Element]:
    return parent.findall(f"{{{FORM}}}{name}")[:MOST]


def _text(parent: Element, name: str) -> str:
    return xml.child_text(parent, FORM, name)[:_TEXT_LIMIT]


def _line(parent: Element, name: str) -> str:
    return text.clean_line(_text(parent, name), limit=_LINE_LIMIT)


def _number(written: str | None) -> int:
    is_number = written is not None and written.isascii() and written.isdigit()
    return int(written) if written is not None and is_number and len(written) < 10 else 0
