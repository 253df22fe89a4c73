"""Passwords and answers: asked for at a terminal, or read from standard input, one a line."""

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
        raise CommandFailed(f"standard input ended before the {_in_sentence(prompt)}")
    return line.removesuffix("\n").removesuffix("\r")


def _in_sentence(prompt: str) -> str:
    is_abbreviation = prompt[:2].isupper()
    return prompt if is_abbreviation else prompt[0].lower() + prompt[1:]


def ask_new(prompt: str) -> str:
    """Return a password that is asked for twice at a terminal; it may be empty."""
    password = ask(prompt)
    if password and sys.stdin.isatty() and ask("Repeat it") != password:
        raise CommandFailed("the two passwords differ")
    return password


def confirm(question: str) -> bool:
    """Return whether the answer is yes, from a terminal or else the next line of standard input.

    CommandFailed where there is no answer.
    """
    if sys.stdin.isatty():
        print(f"{question} [y/N] ", end="", flush=True)
    answer = sys.stdin.readline()
    if not answer:
        raise CommandFailed("nothing was done: there was no answer (--yes needs none)")
    return answer.strip().lower() in ("y", "yes")
