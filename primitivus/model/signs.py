"""What in a message input is meant as a command line, by how it begins."""

import re

# After a colon people write faces and :shortcodes: as well, none of which looks like a name.
_COMMAND = re.compile(r"/(?!/)|:[a-z][a-z-]+!?(?=\s|$)")
_BEGUN = re.compile(r":[a-z-]*")
_NOT_MEANT = re.compile(r"//|:(?=:[a-z][a-z-]*!?(?:\s|$))")


def is_command_line(text: str) -> bool:
    """Return whether `text` looks like a command, so that it is never sent unasked."""
    return _COMMAND.match(text) is not None


def may_become_command(text: str) -> bool:
    """Return whether `text` is a command, or the beginning of one."""
    return is_command_line(text) or _BEGUN.fullmatch(text) is not None


def as_text(text: str) -> str:
    """Return what is sent of a text: where a sign is doubled not to be a command, one of it."""
    return text[1:] if _NOT_MEANT.match(text) else text
