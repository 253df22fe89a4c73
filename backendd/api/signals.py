"""Which signals a program takes care of."""

import signal


def heeded(*numbers: signal.Signals) -> list[signal.Signals]:
    """Return those of `numbers` that aren't ignored.

    One that a program was started with as ignored (nohup, or a job in the background of a script)
    stays so: whoever started it wants it to go on.
    """
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
