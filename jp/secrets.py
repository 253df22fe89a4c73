"""What is asked of the user: secrets and answers.

Secrets are never words of a command: those stand in histories, and in the list of processes. They
are asked for at a terminal, read from standard input where that is none, or from a descriptor of
the user's choice, one a line.
"""

import os
import sys

from backendd.api.text import clean_line
from jp.failures import Failure, UsageError


class Secrets:
    """Where the secrets of one run come from; `descriptor` is what `--password-fd` says."""

    def __init__(self, descriptor: str) -> None:
        self._descriptor = descriptor

    def secret(self, name: str) -> str:
        """Return one that is known here; Failure where none is given."""
        if self._descriptor:
            return _line(self._number(), f"file descriptor {self._descriptor}", name)
        if _is_terminal():
            return _typed(name)
        return _line(0, "standard input", name)

    def new_secret(self, name: str) -> str:
        """Return one to be, which is asked for twice at a terminal; it may be empty."""
        secret = self.secret(name)
        is_typed = not self._descriptor and _is_terminal()
        if secret and is_typed and _typed("Repeat it") != secret:
            raise Failure("the two differ; nothing was done")
        return secret

    def _number(self) -> int:
        if not (self._descriptor.isascii() and self._descriptor.isdecimal()):
            raise UsageError(f"--password-fd: {self._descriptor!r} is no file descriptor")
        return min(int(self._descriptor), 1 << 30)


def confirm(question: str) -> None:
    """Ask whether to go on; Failure where nobody says yes, or nobody can be asked."""
    if not _is_terminal():
        raise Failure(
            "nothing was done: standard input is no terminal, where jp never asks; --yes says yes"
        )
    sys.stderr.write(f"{clean_line(question)} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise Failure("nothing was done")


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _typed(prompt: str) -> str:
    import getpass

    try:
        return getpass.getpass(f"{clean_line(prompt)}: ")
    except EOFError:
        raise Failure(f"no {prompt} was given") from None


def _line(descriptor: int, where: str, prompt: str) -> str:
    """Return the next line of a descriptor, of which nothing more is taken than that."""
    name = _in_a_sentence(prompt)
    data = bytearray()
    try:
        # Byte by byte: what follows is of somebody else, perhaps of another program.
        while (piece := os.read(descriptor, 1)) not in (b"", b"\n"):
            data += piece
    except (OSError, OverflowError) as error:
        raise Failure(f"the {name} can't be read from {where}: {_why(error)}") from None
    if not piece and not data:
        raise Failure(f"{where} ended before the {name}")
    if b"\0" in data:
        raise Failure(f"the {name} is no text: there is a NUL in it")
    try:
        return data.decode().removesuffix("\r")
    except UnicodeDecodeError:
        raise Failure(f"the {name} is no text in UTF-8") from None


def _in_a_sentence(prompt: str) -> str:
    """Return what is asked for as it stands behind an article."""
    name = prompt.partition(" (")[0]
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
