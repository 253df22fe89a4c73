"""How single values are shown to people."""

from collections.abc import Mapping
from datetime import datetime

from backendd.api.signature import Plain

TIMES = frozenset(
    ("time", "received", "published", "updated", "idle_since", "NextAttempt", "next_attempt")
)
"""Keys of moments, in microseconds since the epoch."""


def shown(key: str, value: Plain) -> str:
    """Return a value as people read it; it has not passed the gate."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key in TIMES and isinstance(value, int):
        return moment(value)
    if isinstance(value, Mapping):
        said = {name: shown(name, each) for name, each in value.items()}
        return ", ".join(f"{name} {text}" for name, text in said.items() if text)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (shown("", each) for each in value)))
    return str(value)


def moment(microseconds: int) -> str:
    """Return a moment by the local clock; nothing for 0."""
    if not microseconds:
        return ""
    try:
        # Of the system: the clock that tests may set is that of now, not of then.
        return datetime.fromtimestamp(microseconds // 1_000_000).strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, OSError, ValueError):
        return str(microseconds)
