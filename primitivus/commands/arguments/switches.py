"""What is switched on and off by a word; without one a command tells what is so."""

from primitivus.commands.arguments.types import Switch
from primitivus.sentences import tr


def switched(switch: Switch | None, *, is_on: bool) -> bool:
    """Return whether something that `is_on`, or isn't, is on after this; None leaves it."""
    if switch is None:
        return is_on
    return not is_on if switch == "toggle" else switch == "on"


def what_is_so(said: str, command: str, switch: Switch | None, *, is_on: bool) -> str:
    """Return `said`, and where nothing was switched, which command line changes it."""
    other = "off" if is_on else "on"
    return (
        said
        if switch is not None
        else tr("{said}; :{command} {other} changes that", said=said, command=command, other=other)
    )
