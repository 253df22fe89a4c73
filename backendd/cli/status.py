"""`backendd status`."""

from collections.abc import Iterable, Iterator

from backendd.cli.backend import ProfileState, session_bus
from backendd.cli.failure import DONE, NOT_RUNNING


def show() -> int:
    """Print whether the backend runs, and how its profiles are."""
    with session_bus() as bus:
        pid = bus.pid()
        if pid is None:
            print("stopped")
            return NOT_RUNNING
        print(f"running, pid {pid}, version {bus.version()}")
        for warning in bus.warnings():
            print(f"  warning: {warning}")
        for line in table(bus.profiles(), bus.default_profile()):
            print(line)
    return DONE


def table(profiles: Iterable[ProfileState], default: str) -> Iterator[str]:
    """Yield a line for each profile; a star marks the default."""
    rows = list(profiles)
    name_width = max((len(row.name) for row in rows), default=0)
    jid_width = max((len(row.jid) for row in rows), default=0)
    for row in rows:
        mark = "*" if row.name == default else " "
        state = f"{row.state}: {row.error}" if row.error else row.state
        yield f"{mark} {row.name:{name_width}}  {row.jid:{jid_width}}  {state}"
        if row.missing:
            yield f"    the server doesn't answer: {', '.join(row.missing)}; trying again"
        yield from (f"    warning: {warning}" for warning in row.warnings)
