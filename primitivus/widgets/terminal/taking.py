"""Taking a terminal's input over, without losing what was typed before."""

import os
import select
import termios
from typing import Any

_IFLAG, _LFLAG, _CC = 0, 3, 6
_ENOUGH = 1 << 16

Settings = list[Any]


def take_over(descriptor: int) -> bytes:
    """Have each key come at once and unchanged; return what was typed until now.

    Nothing that waits is thrown away. Until now the terminal made line feeds of Enter, so they
    were Enter; from now on C-j is another key.
    """
    settings = termios.tcgetattr(descriptor)
    settings[_IFLAG] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
    settings[_LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.FLUSHO)
    settings[_CC][termios.VMIN] = 1
    settings[_CC][termios.VTIME] = 0
    termios.tcsetattr(descriptor, termios.TCSANOW, settings)
    typed = b""
    while len(typed) < _ENOUGH and select.select([descriptor], [], [], 0)[0]:
        data = os.read(descriptor, _ENOUGH)
        if not data:
            # It hung up; who reads next is told so again.
            break
        typed += data
    return typed.replace(b"\n", b"\r")
