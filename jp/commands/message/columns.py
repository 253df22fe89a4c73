"""What a list of messages shows of each."""

from collections.abc import Mapping

from backendd.api.signature import Plain


def sender(message: Mapping[str, Plain]) -> str:
    """Return who wrote a message: a nick in a room, else an address."""
    return str(message.get("nick") or message.get("sender") or "")


def text(message: Mapping[str, Plain]) -> str:
    """Return what a message says, and what has become of it."""
    if message.get("retracted"):
        return "(retracted)"
    said = str(message.get("body") or "")
    if message.get("state") == "failed":
        name, sentence = message.get("error") or ("", "")
        said += f"\n(not sent: {sentence or name})"
    return said


COLUMNS = ("id", "time", ("from", sender), "state", ("text", text))
