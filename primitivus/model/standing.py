"""What becomes different in a room for us who are in it, and what it is about."""

from collections.abc import Mapping

from backendd.api.records import Room

# Of a topic so much is told where it changes; the bar and `:topic` have more.
_TOPIC = 300
_ROLES = {
    ("visitor", "participant"): "you may speak now",
    ("visitor", "moderator"): "you are a moderator now",
    ("participant", "moderator"): "you are a moderator now",
    ("moderator", "participant"): "you are no longer a moderator",
}
_SILENCED = "you can only read now"
_AFFILIATIONS = {"owner": "an owner", "admin": "an admin", "member": "a member"}


def news_of(old: Room, new: Room) -> Mapping[str, str]:
    """Return what became so of a room while we were there, each by what it is about."""
    if old.state != "in":
        return {}
    if new.state == "out":
        return {"us": why} if (why := new.error[1].rstrip(".")) else {}
    if new.state != "in":
        return {}
    news = {
        "nick": f"you are now {new.nick}" if old.nick and old.nick != new.nick else "",
        "affiliation": _affiliation(old, new),
        "role": _role(old, new),
        "topic": _topic(new) if new.subject_time > old.subject_time else "",
    }
    return {about: said for about, said in news.items() if said}


def _affiliation(old: Room, new: Room) -> str:
    if not old.affiliation or old.affiliation == new.affiliation:
        return ""
    if new.affiliation in _AFFILIATIONS:
        return f"you are {_AFFILIATIONS[new.affiliation]} of the room now"
    was = _AFFILIATIONS.get(old.affiliation)
    return f"you are no longer {was} of the room" if was else ""


def _role(old: Room, new: Room) -> str:
    if not old.role or old.role == new.role:
        return ""
    return _SILENCED if new.role == "visitor" else _ROLES.get((old.role, new.role), "")


def _topic(room: Room) -> str:
    who = "you" if room.subject_by == room.nick else room.subject_by or "somebody"
    if not room.subject:
        return f"{who} removed the topic"
    cut = "…" if len(room.subject) > _TOPIC else ""
    return f"{who} set the topic: {room.subject[:_TOPIC]}{cut}"
