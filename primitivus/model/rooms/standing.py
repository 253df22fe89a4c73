"""What becomes different in a room for us who are in it, and what it is about."""

from collections.abc import Mapping

from backendd.api.records import Room
from primitivus.failures import reason
from primitivus.sentences import tr

# Of a topic so much is told where it changes; the bar and `:topic` have more.
_TOPIC = 300
_ROLES = {
    ("visitor", "participant"): tr("you may speak now"),
    ("visitor", "moderator"): tr("you are a moderator now"),
    ("participant", "moderator"): tr("you are a moderator now"),
    ("moderator", "participant"): tr("you are no longer a moderator"),
}
_SILENCED = tr("you can only read now")
_NOW = {
    "owner": tr("you are an owner of the room now"),
    "admin": tr("you are an admin of the room now"),
    "member": tr("you are a member of the room now"),
}
_NO_LONGER = {
    "owner": tr("you are no longer an owner of the room"),
    "admin": tr("you are no longer an admin of the room"),
    "member": tr("you are no longer a member of the room"),
}


def news_of(old: Room, new: Room) -> Mapping[str, str]:
    """Return what became so of a room while we were there, each by what it is about."""
    if old.state != "in":
        return {}
    if new.state == "out":
        return {"us": left} if (left := reason(new.error).rstrip(".")) else {}
    if new.state != "in":
        return {}
    news = {
        "nick": tr("you are now {nick}", nick=new.nick)
        if old.nick and old.nick != new.nick
        else "",
        "affiliation": _affiliation(old, new),
        "role": _role(old, new),
        "topic": _topic(new) if new.subject_time > old.subject_time else "",
    }
    return {about: said for about, said in news.items() if said}


def _affiliation(old: Room, new: Room) -> str:
    if not old.affiliation or old.affiliation == new.affiliation:
        return ""
    return _NOW.get(new.affiliation) or _NO_LONGER.get(old.affiliation, "")


def _role(old: Room, new: Room) -> str:
    if not old.role or old.role == new.role:
        return ""
    return _SILENCED if new.role == "visitor" else _ROLES.get((old.role, new.role), "")


def _topic(room: Room) -> str:
    who, is_us = room.subject_by, room.subject_by == room.nick
    if not room.subject:
        if is_us or not who:
            return tr("you removed the topic") if is_us else tr("somebody removed the topic")
        return tr("{who} removed the topic", who=who)
    subject = f"{room.subject[:_TOPIC]}{'…' * (len(room.subject) > _TOPIC)}"
    if is_us:
        return tr("you set the topic: {subject}", subject=subject)
    if not who:
        return tr("somebody set the topic: {subject}", subject=subject)
    return tr("{who} set the topic: {subject}", who=who, subject=subject)
