"""What keeps us out of a room, or silent in it, and what helps."""

from backendd.api.records import Room
from primitivus.failures import reason
from primitivus.model.telling.banner import Banner, Remedy, news_unless
from primitivus.sentences import tr

# What helps against what a room says, by the names of errors.
_CURES: dict[str, Remedy] = {
    "RoomPasswordRequired": (":join", tr("asks for the password")),
    "NicknameInUse": (":join", tr("asks for another nick")),
    "MembersOnly": (":join", tr("tries again when you are a member")),
    "Banned": (":join", tr("tries again when you may")),
    "UnknownRoom": (":join", tr("makes it again")),
}
_AGAIN: Remedy = (":join", tr("tries now"))
_ENTERS: Remedy = (":join", tr("enters it"))
_SILENT = tr("You can only read here; moderators decide who may speak")
_ASKS: Remedy = (":request-voice", tr("asks them"))
# What has to be given before a room lets us in.
ASKED = ("RoomPasswordRequired", "NicknameInUse")


def banner(room: Room) -> Banner | None:
    """Return what to show above a room, or None when we are in it and may speak."""
    why = reason(room.error).rstrip(".")
    match room.state:
        case "in":
            is_silent = room.moderated and room.role == "visitor"
            return Banner(_SILENT, remedies=(_ASKS,), tone="warning") if is_silent else None
        case "joining":
            return Banner(
                tr("Entering the room as {nick}", nick=room.nick), why, tone=news_unless(why)
            )
        case "waiting":
            return Banner(
                tr("Not in this room"), why, remedies=(_CURES.get(room.error[0], _AGAIN),)
            )
    return Banner(
        tr("You are not in this room"), why, remedies=(_cure(room),), tone=news_unless(why)
    )


def _cure(room: Room) -> Remedy:
    if room.moved_to:
        return ":join", tr("enters {room}", room=room.moved_to)
    return _CURES.get(room.error[0], _ENTERS)


def entered(room: Room, name: str, nick: str) -> list[str]:
    """Return what is to be known by who has entered a room, and asked for this nick."""
    news = list[str]()
    if room.created:
        news.append(
            tr("it is new and yours: only whom you :invite gets in")
            if room.members_only
            else tr("it is new and yours: anybody gets in")
        )
        news.append(tr(":configure changes it, :destroy removes it"))
    elif room.nonanonymous:
        news.append(tr("everyone in {name} sees your address", name=name))
    if nick and room.nick != nick:
        news.append(
            tr("the nick {nick} couldn't be had, yours is {room}", nick=nick, room=room.nick)
        )
    return news


def said_of(old: Room, new: Room) -> str:
    """Return what to say of a room from which we were removed, or nothing."""
    was_there = old.state in ("in", "joining", "waiting")
    if new.state in ("in", "joining") or not was_there or not new.error[1]:
        return ""
    if old.error == new.error:
        return ""
    why = reason(new.error).rstrip(".")
    if new.moved_to:
        return tr("{why} (:join {room} enters that)", why=why, room=new.moved_to)
    name, does = _cure(new)
    return f"{why} ({name} {new.room} {does})"
