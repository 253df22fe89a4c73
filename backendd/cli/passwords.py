"""Passwords: asked for at a terminal, or read from standard input, one a line."""

import getpass
import sys

from backendd.cli.failure import CommandFailed


def ask(prompt: str) -> str:
    """Return one password; it never shows."""
    if sys.stdin.isatty():
        try:
            return getpass.getpass(f"{prompt}: ")
        except EOFError:
            raise CommandFailed("no password was given") from None
    line = sys.stdin.readline()
    if not line:
        raise CommandFailed(f"standard input ended before the {prompt[0].lower()}{prompt[1:]}")
    return line.removesuffix("\n").removesuffix("\r")


def ask_new(prompt: str) -> str:
    """Return a password that is asked for twice at a terminal; it may be empty."""
    password = ask(prompt)
    if password and sys.stdin.isatty() and ask("The same again") != password:
        raise CommandFailed("these were two different passwords")
    return password


def confirm(question: str) -> bool:
    """Return whether somebody at a terminal agrees; where there is none, nobody objects."""
    if not sys.stdin.isatty():
        return True
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
