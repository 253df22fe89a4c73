"""What the other side can say of one content of a session, as what it means."""

from xml.etree.ElementTree import Element

from backendd.api.values import Value
from backendd.jingle.reasons import Reason


class Accepted(Value):
    """The other side takes the file: `description` says what of it, `transport` how."""

    description: Element | None
    transport: Element


class Informed(Value):
    """The other side says something of the way that is being tried."""

    transport: Element


class WantsOther(Value):
    """The other side wants another way."""

    transport: Element


class Answered(Value):
    """The other side takes the other way that we want; None where it doesn't."""

    transport: Element | None


class Noted(Value):
    """The other side says something of the file."""

    info: Element


class Ended(Value):
    """The other side has done with the file, or with the session."""

    reason: Reason


Event = Accepted | Informed | WantsOther | Answered | Noted | Ended
