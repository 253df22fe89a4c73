"""How results are shown, and kept in docs/performance.md between its markers."""

import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bench import rivals
from bench.row import Row

DOCUMENT = Path(__file__).parent.parent / "docs/performance.md"
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
_HEAD = ("measure", "to reach", "measured", "rival", "ratio", "reached")


def table(rows: list[Row]) -> str:
    """Return the results as a table of Markdown."""
    cells = [
        (row.measure, row.to_reach, row.measured, row.rival, row.ratio, row.verdict) for row in rows
    ]
    lines = [_HEAD, tuple("---" for _ in _HEAD), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """Return one line on what was measured where."""
    versions = [
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        *(f"profanity {version}" for version in [rivals.profanity_version()] if version),
        *(f"poezio {version}" for version in [rivals.poezio_version()] if version),
    ]
    return f"{_processor()}, {os.cpu_count()} cores, {_system()}; {', '.join(versions)}"


def write(
    text: str, *, command: str, failed: Sequence[str] = (), document: Path = DOCUMENT
) -> None:
    """Replace what stands between the markers of the document; the rest is written by hand.

    `failed` are the groups of which there are no rows.
    """
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{document} lacks its markers")
    lacking = f" (not measured: {', '.join(failed)})" if failed else ""
    results = f"`{command}` on {machine()}{lacking}:\n\n{text}"
    document.write_text(f"{before}{BEGIN}\n{results}\n{END}{after}", encoding="utf-8")


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    found = re.search(r"model name\s*: (.+)", text)
    return found[1] if found else platform.machine()


def _system() -> str:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return platform.system()
    return release.get("PRETTY_NAME", platform.system())
