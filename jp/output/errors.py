"""Sentences beside what is printed: why a command can't go on, and what happened."""

import sys
from contextlib import suppress


def say(sentence: str) -> None:
    """Tell people on standard error; where that can't be written to, nobody wanted to know."""
    from backendd.api.text import clean

    with suppress(OSError):
        print(f"jp: {clean(sentence)}", file=sys.stderr)
