"""Where something is on the screen: a conversation or a contact, and whose."""

from backendd.api.tuples import NamedTuple


# A tuple, for lists of thousands are searched for one, and some are compared each frame.
class Place(NamedTuple):
    """With whom, in which account (by the name of its profile); without a peer only where.

    In the list of contacts: under the heading of which `group`; without a peer that itself.
    """

    account: str = ""
    peer: str = ""
    group: str = ""


NOWHERE = Place()
