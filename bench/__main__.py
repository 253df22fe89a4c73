"""Command line of the measurements: `python -m bench [--quick] [--write] [GROUP ...]`."""

import argparse
import asyncio
import importlib
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

from bench import report
from bench.options import Options
from bench.row import Row
from tests.lab.signals import give_defaults

_NAMES = (
    "start history search flood arrival drawing long idle calls outbox memory archive roster rooms "
    "files pictures blogs cli"
)
GROUPS = tuple(_NAMES.split())

_LIMIT_S = 900.0


class Group(Protocol):
    """A module of bench.groups."""

    async def measure(self, options: Options) -> list[Row]: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; return 0 even where a number isn't reached, 1 where a group fails."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=" ".join(GROUPS))
    parser.add_argument("--quick", action="store_true", help="less of everything, for a first look")
    parser.add_argument("--write", action="store_true", help="put the results into the docs")
    parser.add_argument("--archived", type=int, default=10_000, help="messages to catch up with")
    parser.add_argument("--keep", action="store_true", help="keep the scratch directory")
    given = parser.parse_args(arguments)
    give_defaults()
    groups = given.groups or list(GROUPS)
    if unknown := set(groups) - set(GROUPS):
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    root = Path(tempfile.mkdtemp(prefix="primitivus-bench-"))
    try:
        rows, failed = _measure(groups, given, root)
    finally:
        if not given.keep:
            shutil.rmtree(root, ignore_errors=True)
    text = report.table(rows)
    print(f"\n{report.machine()}\n\n{text}", flush=True)
    if given.write:
        words = [*(["--quick"] if given.quick else []), *given.groups]
        report.write(text, command=" ".join(["python -m bench", *words]), failed=failed)
    return 1 if failed else 0


def _measure(
    groups: list[str], given: argparse.Namespace, root: Path
) -> tuple[list[Row], list[str]]:
    """Return the rows, and which groups have failed."""
    rows: list[Row] = []
    failed: list[str] = []
    for group in groups:
        begun = time.monotonic()
        print(f"bench: {group} ...", end=" ", file=sys.stderr, flush=True)
        options = Options(root / group, is_quick=given.quick, archived=given.archived)
        options.root.mkdir()
        try:
            rows += asyncio.run(_bounded(_group(group), options))
        except Exception as error:  # whatever it is, the other groups are measured
            failed.append(group)
            print(f"failed: {type(error).__name__} {error}", file=sys.stderr)
            continue
        print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    return rows, failed


def _group(name: str) -> Group:
    return cast("Group", importlib.import_module(f"bench.groups.{name}"))


async def _bounded(group: Group, options: Options) -> list[Row]:
    """Measure a group; leave nothing running when it takes too long, or we are told to end."""
    this = asyncio.current_task()
    assert this is not None
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, this.cancel)
    async with asyncio.timeout(_LIMIT_S):
        return await group.measure(options)


if __name__ == "__main__":
    sys.exit(main())
