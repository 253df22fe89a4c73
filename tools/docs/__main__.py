"""Command line: write the generated pages, or with --check say which are out of date.

Exit codes: 0 done or all up to date, 1 something is out of date, 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tools.docs import (
    backendd_manual,
    captures,
    cli,
    commands,
    config,
    dbus,
    jp_manual,
    keys,
    manual,
    sentences,
    themes,
    xeps,
)

ROOT = Path(__file__).parents[2]
PAGES: dict[str, Callable[[Path], str]] = {
    "docs/dbus.md": dbus.page,
    "docs/cli.md": cli.page,
    "docs/config.md": config.page,
    "docs/commands.md": commands.page,
    "docs/keys.md": keys.page,
    "docs/themes.md": themes.page,
    "docs/tour.md": captures.tour,
    "docs/xeps.md": xeps.page,
    "primitivus.doap": xeps.doap,
    "docs/primitivus.1": manual.page,
    "docs/backendd.1": backendd_manual.page,
    "docs/jp.1": jp_manual.page,
    "README.md": captures.readme,
    "primitivus/locale/primitivus.pot": sentences.page,
}


def main() -> int:
    """Write or check all pages; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, only compare")
    check = parser.parse_args().check
    stale = [name for name, page in PAGES.items() if not _is_current(ROOT / name, page(ROOT))]
    if check:
        for name in stale:
            print(f"{name} is out of date; run `make docs`", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(PAGES[name](ROOT), encoding="utf-8")
        print(f"wrote {name}")
    return 0


def _is_current(path: Path, wanted: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == wanted


if __name__ == "__main__":
    sys.exit(main())
