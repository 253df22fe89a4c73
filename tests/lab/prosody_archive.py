"""What an account's archive has, as Prosody 0.12 keeps it: for what was said long ago."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from tests.lab import prosody_stanza

_CLIENT = "jabber:client"


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was sent once, from one bare JID to another."""

    sender: str
    to: str
    body: str
    time: datetime


def items(owner: str, said: Iterable[Said]) -> str:
    """Return the file of the archive of an account, which has taken part in all of it."""
    return "".join(
        f"item({_kept(owner, number, each)});\n" for number, each in enumerate(said, start=1)
    )


def _kept(owner: str, number: int, said: Said) -> str:
    id = f"said-{number}"
    message = Element(
        f"{{{_CLIENT}}}message", {"from": said.sender, "to": said.to, "type": "chat", "id": id}
    )
    SubElement(message, f"{{{_CLIENT}}}body").text = said.body
    whom = said.to if said.sender == owner else said.sender
    when = int(said.time.timestamp())
    return prosody_stanza.written(message, key=f"archived-{number}", when=when, **{"with": whom})
