"""Why a room takes nothing from us (XEP-0045 7.4, 7.5, 7.8), by the conditions it answers with."""

from collections.abc import Mapping

from backendd.core.refusal import Refusal

_OF_MESSAGE = Refusal("NotAllowed", "", blames_address=False)


def _no(sentence: str, name: str = "NotAllowed") -> Refusal:
    return _OF_MESSAGE._replace(name=name, sentence=sentence)


_OUTSIDE = _no("you are not in the room; enter it again", "UnknownRoom")
_GONE = {
    "item-not-found": Refusal("UnknownRoom", "there is no such room"),
    "gone": Refusal("UnknownRoom", "the room no longer exists"),
}

SAYING: Mapping[str, Refusal] = {
    **_GONE,
    "forbidden": _no("you have no voice in this room; its moderators may give you one"),
    "not-acceptable": _OUTSIDE,
    "not-allowed": _no("the room doesn't let you say this"),
    "policy-violation": _no("a rule of the room forbids this message"),
    "registration-required": _no("the room lets only its members speak", "MembersOnly"),
    "service-unavailable": Refusal("NotSupported", "the room takes no messages now"),
    "recipient-unavailable": Refusal("NotSupported", "the room can't be reached"),
    "resource-constraint": Refusal("ServerError", "the room takes no more messages now"),
}
"""What is said to all."""

_NOBODY = Refusal("UnknownItem", "nobody in the room has this nick")
_NOT_PRIVATELY = "the room doesn't let you write to its occupants, or this one refuses it"

PRIVATE: Mapping[str, Refusal] = {
    "gone": _GONE["gone"],
    "item-not-found": _NOBODY,
    "recipient-unavailable": _NOBODY,
    "forbidden": Refusal("NotAllowed", _NOT_PRIVATELY),
    "not-allowed": Refusal("NotAllowed", _NOT_PRIVATELY),
    "not-acceptable": _OUTSIDE,
    "policy-violation": _no("a rule of the room forbids this message"),
    "service-unavailable": Refusal("NotSupported", "the occupant takes no private messages now"),
}
"""What is said to an occupant alone. What their own client refuses comes from the room as well."""

_NO_INVITATION = _no("only its admins and owners may invite there")

INVITING: Mapping[str, Refusal] = {
    **_GONE,
    "forbidden": _NO_INVITATION,
    "not-allowed": _NO_INVITATION,
    "not-acceptable": _OUTSIDE,
    "service-unavailable": Refusal("NotSupported", "the room invites nobody now"),
}
"""What a room is asked to invite somebody by."""
