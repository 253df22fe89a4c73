"""Stanzas and tables as Prosody 0.12 writes them into its files, which are Lua."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from xml.etree.ElementTree import Element


def written(element: Element, *, when: int = 0, **more: str | int) -> str:
    """Return an element, of which nothing has attributes of a namespace.

    `when` it came there is in seconds since 1970, and what else is kept with it is `more`.
    """
    namespace, _, name = element.tag[1:].rpartition("}")
    attributes = {**element.attrib, "xmlns": namespace}
    if when:
        attributes["stamp"] = f"{datetime.fromtimestamp(when, UTC):%Y-%m-%dT%H:%M:%SZ}"
        more["when"] = when
    return table({"name": name, "attr": attributes, **more}, list(_children(element)))


def table(values: Mapping[str, object], listed: list[str] | None = None) -> str:
    """Return a table, first of what is `listed` as it is written, then of `values` by names."""
    named = [f"[{_value(key)}]={_value(value)}" for key, value in values.items()]
    return f"{{{';'.join([*(listed or ()), *named])}}}"


def _children(element: Element) -> Iterator[str]:
    if element.text:
        yield _value(element.text)
    for child in element:
        yield written(child)
        if child.tail:
            yield _value(child.tail)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return table(value)
    if isinstance(value, bool | int):
        return str(value).lower()
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
