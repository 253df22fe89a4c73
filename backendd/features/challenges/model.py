"""What is asked before something of ours gets through."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from backendd.core.fields import Form


@dataclass(frozen=True, eq=False, slots=True)
class Challenge:
    """A question of `sender` about what we sent to the bare address `about`, with `stanza_id`.

    `stanza` is how it came, with the pictures in it. The same twice is asked twice.
    """

    sender: str
    about: str
    stanza_id: str
    form: Form
    text: str
    url: str
    time: int
    stanza: Element
