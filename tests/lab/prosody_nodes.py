"""Nodes of an account as Prosody 0.12 keeps them, for those that are too long to be published.

It reads and writes all items of a node again for each that comes.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from tests.lab import prosody_stanza
from tests.lab.prosody_stanza import table

_KEPT_AT = 1_767_225_600
"""When all of it came there, in seconds since 1970."""


def configuration(owner: str, node: str, options: Mapping[str, str | bool]) -> str:
    """Return the file of an account's nodes, of which this is the only one."""
    known = {"name": node, "config": options, "affiliations": {owner: "owner"}, "subscribers": {}}
    return f"return {table({node: known})};\n"


def items(kept: Mapping[str, tuple[str, Element]]) -> str:
    """Return the file of a node's items: by their ids, who has published them, and what they say.

    Nothing of that has attributes of a namespace.
    """
    return "".join(
        f"item({prosody_stanza.written(payload, key=id, when=_KEPT_AT, **{'with': publisher})});\n"
        for id, (publisher, payload) in kept.items()
    )
