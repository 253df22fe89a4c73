"""Nodes of an account as Prosody 0.12 keeps them, for those that are too long to be published.

It reads and writes all items of a node again for each that comes.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

_KEPT_AT = 1_767_225_600
"""When all of it came there, in seconds since 1970."""


def configuration(owner: str, node: str, options: Mapping[str, str | bool]) -> str:
    """Return the file of an account's nodes, of which this is the only one."""
    table = {"name": node, "config": options, "affiliations": {owner: "owner"}, "subscribers": {}}
    return f"return {_table({node: table})};\n"


def items(kept: Mapping[str, tuple[str, Element]]) -> str:
    """Return the file of a node's items: by their ids, who has published them, and what they say.

    Nothing of that has attributes of a namespace.
    """
    return "".join(
        f"item({_stanza(payload, key=id, when=_KEPT_AT, **{'with': publisher})});\n"
        for id, (publisher, payload) in kept.items()
    )


def _stanza(element: Element, **more: str | int) -> str:
    namespace, _, name = element.tag[1:].rpartition("}")
    attributes = {**element.attrib, "xmlns": namespace}
    if more:
        attributes["stamp"] = "2026-01-01T00:00:00Z"
    return _table({"name": name, "attr": attributes, **more}, list(_children(element)))


def _children(element: Element) -> Iterator[str]:
    if element.text:
        yield _written(element.text)
    for child in element:
        yield _stanza(child)
        if child.tail:
            yield _written(child.tail)


def _table(values: Mapping[str, object], listed: list[str] | None = None) -> str:
    named = [f"[{_written(key)}]={_written(value)}" for key, value in values.items()]
    return f"{{{';'.join([*(listed or ()), *named])}}}"


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        return _table(value)
    if isinstance(value, bool | int):
        return str(value).lower()
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
