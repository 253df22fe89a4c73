"""When the garbage collector works: not while a program starts.

What a start makes is there to stay. Looking through it again and again costs a tenth of the start,
and looking through it later costs each collection.
"""

import gc

STARTED_S = 2.0
"""By then a start is over on any machine."""


def collect_none() -> None:
    """Have nothing collected until `collect_again`."""
    gc.disable()


def collect_again() -> None:
    """Have garbage collected, and what is there by now never looked through."""
    gc.freeze()
    gc.enable()
