"""Elements to the bytes of a client stream, and back where they waited as text.

ElementTree would write prefixes that some servers don't take; slixmpp's writer drops
attributes of other namespaces. What XML can't hold is left out: a single control character
would end the stream, and end it again with every repetition.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError, fromstring

from backendd.core.xml import CLIENT, split

XML_NS = "http://www.w3.org/XML/1998/namespace"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_SPECIAL = '&<>"'  # of what can be printed
_VALUE = {**_TEXT, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


def encode(element: Element, *, namespace: str = CLIENT) -> bytes:
    """Return `element` as it is written where `namespace` is the default."""
    parts: list[str] = []
    _write(element, namespace, parts)
    return "".join(parts).encode()


def decode(written: str, *, namespace: str = CLIENT) -> Element:
    """Return the element that `encode` has written so; ValueError where it is none."""
    try:
        (element,) = fromstring(f'<x xmlns="{namespace}">{written}</x>')
    except ParseError as error:
        raise ValueError("this is no element") from error
    return element


def _write(element: Element, inherited: str, parts: list[str]) -> None:
    namespace, name = split(element.tag)
    parts.append(f"<{name}")
    if namespace and namespace != inherited:
        parts.append(f' xmlns="{_escape(namespace, _VALUE)}"')
    _write_attributes(element.attrib, parts)
    if not len(element) and not element.text:
        parts.append("/>")
        return
    parts.append(">")
    if element.text:
        parts.append(_escape(element.text, _TEXT))
    for child in element:
        _write(child, namespace or inherited, parts)
        if child.tail:
            parts.append(_escape(child.tail, _TEXT))
    parts.append(f"</{name}>")


def _write_attributes(attributes: Mapping[str, str], parts: list[str]) -> None:
    for number, (key, value) in enumerate(attributes.items()):
        namespace, name = split(key)
        if namespace == XML_NS:
            name = f"xml:{name}"
        elif namespace:
            parts.append(f' xmlns:n{number}="{_escape(namespace, _VALUE)}"')
            name = f"n{number}:{name}"
        parts.append(f' {name}="{_escape(value, _VALUE)}"')


def _escape(text: str, table: dict[int, str]) -> str:
    if text.isprintable() and not any(each in text for each in _SPECIAL):
        return text
    return _ILLEGAL.sub("", text).translate(table)
