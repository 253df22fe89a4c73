"""What in a message input is meant as a command line, by how it begins."""

import re

# What after a colon is no face and no :shortcode:, but a name or what is typed in vi: `w`, `q!`,
# `s/one/other/`, `%d`, `1,$d`, `!ls`.
_AFTER_COLON = (
    r"[a-z][a-z-]+!?(?=\s|$)|[EWQew][qQ]?!?(?=\s|$)|[a-z][a-zA-Z]*!(?=\s|$)"
    r"|[A-Z][a-z]+!(?=\s|$)|[a-zA-Z]+/|%[\w/!]|[\d.$]+,[\d.$]|![a-z]"
)
_COMMAND = re.compile(rf"/(?!/)|:(?:{_AFTER_COLON})")
_BEGUN = re.compile(r":[%!]?[a-z-]*")
_ACTION = "/me "
_NOT_MEANT = re.compile(rf"//|:(?=:(?:{_AFTER_COLON}|[a-z](?:\s|$)))")


def is_command_line(text: str) -> bool:
    """Return whether `text` looks like a command, so that it is never sent unasked."""
    return _COMMAND.match(text) is not None


def may_become_command(text: str) -> bool:
    """Return whether `text` is a command, or the beginning of one."""
    return is_command_line(text) or _BEGUN.fullmatch(text) is not None


def may_begin_anew(line: str, typed: str) -> bool:
    """Return whether what is typed behind a command is another one; with /, paths go on."""
    return typed.startswith(":") or (typed.startswith("/") and line.startswith("/"))


def as_text(text: str) -> str:
    """Return what is sent of a text: where a sign is doubled not to be a command, one of it."""
    return text[1:] if _NOT_MEANT.match(text) else text


def as_typed(text: str) -> str:
    """Return what is typed to have a text sent: where it looks like a command, with a sign more."""
    is_meant = is_command_line(text) and not text.startswith(_ACTION)
    return text[0] + text if is_meant or _NOT_MEANT.match(text) else text
