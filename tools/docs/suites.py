"""How far the compliance suites of XEP-0479 are reached, as a section of docs/xeps.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.docs import specifications

_HEAD = f"""
## Compliance suites

What [XEP-0479]({specifications.xep_address(479)}), the suites of 2023, asks of a client, in its
levels; IM and Mobile ask for Core as well. The table above says what is missing of what is done in
part.

| suite | reached | done | in part | left out |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Suite:
    """What a level of a suite asks for."""

    title: str
    xeps: tuple[int, ...]
    rfcs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An XEP that a suite has and we don't, and why."""

    number: int
    title: str
    why: str


def suites(data: Mapping[str, Any]) -> list[Suite]:
    """Return the suites of the file of the table."""
    return [
        Suite(row["title"], tuple(row["xeps"]), tuple(row.get("rfcs", ()))) for row in data["suite"]
    ]


def left_out(data: Mapping[str, Any]) -> list[LeftOut]:
    """Return what the file of the table gives reasons for."""
    return [LeftOut(**row) for row in data["left_out"]]


def section(data: Mapping[str, Any], are_complete: Mapping[int, bool]) -> str:
    """Return the section; `are_complete` are the XEPs of the table."""
    return _HEAD + "\n".join(_lines(data, are_complete)) + "\n"


def _lines(data: Mapping[str, Any], are_complete: Mapping[int, bool]) -> Iterator[str]:
    for suite in suites(data):
        yield _row(suite, are_complete)
    yield ""
    for each in left_out(data):
        yield f"- {specifications.xep(each.number)} {each.title}: {each.why}."


def _row(suite: Suite, are_complete: Mapping[int, bool]) -> str:
    rfcs = [f"RFC {number}" for number in suite.rfcs]
    done, in_part, missing = (
        [f"{number:04}" for number in suite.xeps if are_complete.get(number) is how]
        for how in (True, False, None)
    )
    asked = len(suite.xeps) + len(rfcs)
    cells = (
        suite.title,
        f"{asked - len(missing)} of {asked}",
        *(", ".join(each) for each in ([*rfcs, *done], in_part, missing)),
    )
    return f"| {' | '.join(cells)} |"
