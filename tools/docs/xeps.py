"""docs/xeps.md and primitivus.doap (XEP-0453): what is supported of XMPP's extensions."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tools.docs import specifications, suites

TABLE = Path("docs", "xeps.toml")
RFCS = (5122, 6120, 6121, 7590, 7622)

_HEAD = """# Supported XEPs

<!-- Generated from docs/xeps.toml by `make docs`; change that. -->

What of [XMPP's extensions](https://xmpp.org/extensions/) is supported, and a test that shows it.
The version is the one of the XEP that was read, "since" the one of Primitivus that had it first.

| XEP | title | version | supported | since | shown by |
|---|---|---|---|---|---|
"""
_DOAP_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Generated from docs/xeps.toml by `make docs`; change that. -->
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns="http://usefulinc.com/ns/doap#"
         xmlns:xmpp="https://linkmauve.fr/ns/xmpp-doap#">
  <Project xml:lang="en">
    <name>Primitivus</name>
    <shortdesc xml:lang="en">XMPP for the terminal: a daemon and a console client</shortdesc>
    <license rdf:resource="https://www.gnu.org/licenses/agpl-3.0.html"/>
    <language>en</language>
    <programming-language>Python</programming-language>
    <os>Linux</os>
    <category rdf:resource="https://linkmauve.fr/ns/xmpp-doap#category-client"/>
"""
_DOAP_TAIL = """  </Project>
</rdf:RDF>
"""


@dataclass(frozen=True, slots=True)
class Xep:
    """A row of the table."""

    number: int
    title: str
    version: str
    complete: bool
    part: str
    since: str
    test: str
    announces: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where its text is."""
        return specifications.xep_address(self.number)


def load(root: Path) -> dict[str, Any]:
    """Return all that stands in the file of the table."""
    return tomllib.loads((root / TABLE).read_text("utf-8"))


def table(root: Path) -> list[Xep]:
    """Return the rows; ValueError where they are not in the order of their numbers."""
    rows = load(root)["xep"]
    xeps = [Xep(**row | {"announces": tuple(row.get("announces", ()))}) for row in rows]
    numbers = [xep.number for xep in xeps]
    if numbers != sorted(set(numbers)):
        raise ValueError(f"{TABLE} is not in the order of the numbers, each once")
    return xeps


def page(root: Path) -> str:
    """Return docs/xeps.md."""
    xeps = table(root)
    rows = "".join(f"{_row(xep)}\n" for xep in xeps)
    return _HEAD + rows + suites.section(load(root), {xep.number: xep.complete for xep in xeps})


def doap(root: Path) -> str:
    """Return primitivus.doap."""
    rfcs = map(specifications.rfc_address, RFCS)
    lines = [f'    <implements rdf:resource="{address}"/>' for address in rfcs]
    lines += (line for xep in table(root) for line in _supported(xep))
    return _DOAP_HEAD + "\n".join(lines) + "\n" + _DOAP_TAIL


def _row(xep: Xep) -> str:
    supported = xep.part if xep.complete else f"in part: {xep.part}"
    file, _, name = xep.test.partition("::")
    shown = f"[{name}](../tests/{file})"
    number = specifications.xep(xep.number)
    return f"| {number} | {xep.title} | {xep.version} | {supported} | {xep.since} | {shown} |"


def _supported(xep: Xep) -> Iterator[str]:
    yield "    <implements>"
    yield "      <xmpp:SupportedXep>"
    yield f'        <xmpp:xep rdf:resource="{xep.address}"/>'
    yield f"        <xmpp:status>{'complete' if xep.complete else 'partial'}</xmpp:status>"
    yield f"        <xmpp:version>{xep.version}</xmpp:version>"
    yield f"        <xmpp:since>{xep.since}</xmpp:since>"
    yield f'        <xmpp:note xml:lang="en">{escape(xep.part)}</xmpp:note>'
    yield "      </xmpp:SupportedXep>"
    yield "    </implements>"
