"""Signals as programs expect them, however the tests were started."""

import signal

_OF_THE_TERMINAL = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)


def give_defaults() -> None:
    """Have programs that this process starts begin with the default dispositions.

    A job in the background, or one under nohup, ignores some, and so would all that it starts. A
    signal with a handler is the default one in a new program; here it is as good as ignored still.
    """
    for number in _OF_THE_TERMINAL:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, _ignore)


def _ignore(number: int, frame: object) -> None:
    """Do nothing."""
