"""What an event is about, for people: what kind of thing, who, and a text, on one line each."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from backendd.api.signature import Plain
from jp.commands.message.told import files, sender, words
from jp.output.words import shown

Told = tuple[str, str, str]
"""Kind, who, text; none has passed the gate."""

_Record = Mapping[str, Plain]
_NAMED = 3  # so many are named; of more only how many


def told(event: str, args: _Record) -> Iterator[Told]:
    """Yield the lines of an event; nothing where people would learn nothing from it."""
    if event in _EACH:
        yield from (line for _, line in each_of(event, args) if line is not None)
    elif event in _WHOLE:
        yield _WHOLE[event](args)
    else:
        said = (f"{key}: {shown(key, each)}" for key, each in args.items() if _says(each))
        yield event.lower(), "", "; ".join(said)


def each_of(event: str, args: _Record) -> Iterator[tuple[_Record, Told | None]]:
    """Yield the records of an event, each with its line if it has one."""
    if event in _EACH:
        key, line = _EACH[event]
        yield from ((each, line(each)) for each in args.get(key) or ())
    else:
        yield from (({}, line) for line in told(event, args))


def _says(value: Plain) -> bool:
    return value not in ((), [], {}, "")


def _message(message: _Record) -> Told | None:
    if message.get("ignored"):
        return None
    peer = who = str(message.get("peer") or "")
    if message.get("kind") == "room" or message.get("nick"):
        who = f"{sender(message)} in {peer}"
    state = str(message.get("state") or "")
    if message.get("direction") == "out":
        who = f"you to {peer}"
    text = " ".join(filter(None, (words(message), *map("(file: {})".format, files(message)))))
    if message.get("spoiler"):
        text = _with("(spoiler)", message.get("spoiler_about"))
    if message.get("retracted"):
        return "retracted", who, ""
    if state == "failed":
        name, sentence = message.get("error") or ("", "")
        return "failed", who, f"{text} (not sent: {sentence or name})"
    if message.get("edited"):
        return "edited", who, text
    kind = "mention" if message.get("mention") else "message"
    return kind, who, f"{text} ({state})" if message.get("direction") == "out" and state else text


def _discussion(discussion: _Record) -> Told | None:
    """Return what was said last about a post; nothing where nothing is new there."""
    last = discussion.get("last") or {}
    title = str(discussion.get("title") or "")
    if last:
        who = str(last.get("author") or last.get("publisher") or "")
        said = str(last.get("body") or last.get("title") or "")
        return "comment", f"{who} on {title}" if title else who, said
    likers = discussion.get("new_likers") or ()
    return ("like", str(likers[-1]), title) if likers else None


def _reader(request: _Record) -> Told:
    blog = "/".join(filter(None, (str(request.get(key) or "") for key in ("service", "node"))))
    return "request", str(request.get("jid") or ""), _with("asks to read", blog)


def _challenge(challenge: _Record) -> Told:
    asked = str(challenge.get("text") or challenge.get("about") or "")
    return "question", str(challenge.get("jid") or ""), asked


def _conversation(conversation: _Record) -> Told | None:
    who = str(conversation.get("name") or conversation.get("peer") or "")
    if typing := conversation.get("typing"):
        return "typing", who, _several([str(each) for each in typing])
    unread, mentions = conversation.get("unread", 0), conversation.get("mentions", 0)
    said = [f"{unread} unread"] if unread else ["all read"]
    said += [f"{mentions} mentions"] if mentions else []
    return "unread", who, ", ".join(said)


def _contact(contact: _Record) -> Told:
    who = str(contact.get("name") or contact.get("jid") or "")
    return "presence", who, _with(str(contact.get("show") or "offline"), contact.get("status"))


def _resource(resource: _Record) -> Told:
    who = f"you at {resource.get('resource', '')}"
    return "presence", who, _with(str(resource.get("show") or "offline"), resource.get("status"))


def _file(transfer: _Record) -> Told:
    name, state = str(transfer.get("name") or ""), str(transfer.get("state") or "")
    size, done = transfer.get("size", 0), transfer.get("done", 0)
    if size and state == "running":
        state = f"{state}, {100 * done // size} %"
    error = transfer.get("error") or ("", "")
    said = _with(f"{name} {state}".strip(), error[1] or error[0])
    return "failed" if state == "failed" else "file", str(transfer.get("peer") or ""), said


def _entry(entry: _Record) -> Told:
    who = str(entry.get("author") or entry.get("publisher") or entry.get("service") or "")
    return "blog", who, str(entry.get("title") or entry.get("body") or "")


def _room(room: _Record) -> Told:
    return "room", str(room.get("room") or ""), _with(
        str(room.get("state") or ""), room.get("subject")
    )  # fmt: skip


def _invitation(invitation: _Record) -> Told:
    said = _with(f"invites you to {invitation.get('room', '')}", invitation.get("reason"))
    return "invitation", str(invitation.get("from") or ""), said


def _request(request: _Record) -> Told:
    said = _with("asks to see your presence", request.get("text"))
    return "request", str(request.get("jid") or ""), said


def _occupants(args: _Record) -> Told:
    here = _several([str(each.get("nick", "")) for each in args.get("changed") or ()])
    gone = _several([_left(each) for each in args.get("left") or ()])
    said = [f"{here} there"] if here else []
    said += [f"{gone} gone"] if gone else []
    return "occupants", str(args.get("room") or ""), ", ".join(said)


def _left(left: _Record) -> str:
    about = _with(str(left.get("cause") or ""), left.get("reason"))
    return f"{left.get('nick', '')} ({about})" if about else str(left.get("nick", ""))


def _properties(args: _Record) -> Told:
    changed = args.get("changed") or {}
    if "State" in changed:
        error = changed.get("LastError") or ("", "")
        return "state", "", _with(str(changed["State"]), error[1])
    if changed.get("Warnings"):
        return "warning", "", "; ".join(str(each.get("text")) for each in changed["Warnings"])
    said = (f"{key}: {shown(key, each) or '-'}" for key, each in changed.items())
    return "changed", "", "; ".join(said)


def _stopping(args: _Record) -> Told:
    return "backend", "", _with("is about to stop", args.get("reason"))


def _with(said: str, more: Plain) -> str:
    return ": ".join(filter(None, (said, str(more or ""))))


def _several(names: Sequence[str]) -> str:
    """Return names, of many the first alone and how many more there are."""
    if len(names) <= _NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"


_Line = Callable[[_Record], Told | None]
_EACH: Mapping[str, tuple[str, _Line]] = {
    "Messages.Changed": ("messages", _message),
    "Messages.ConversationsChanged": ("conversations", _conversation),
    "Roster.Changed": ("contacts", _contact),
    "Roster.ResourcesChanged": ("resources", _resource),
    "Roster.RequestsChanged": ("requests", _request),
    "Rooms.Changed": ("rooms", _room),
    "Rooms.InvitationsChanged": ("invitations", _invitation),
    "Files.Changed": ("transfers", _file),
    "Blog.Changed": ("entries", _entry),
    "Blog.DiscussionsChanged": ("discussions", _discussion),
    "Blog.ReaderRequestsChanged": ("requests", _reader),
    "Services.ChallengesChanged": ("challenges", _challenge),
}
_WHOLE: Mapping[str, Callable[[_Record], Told]] = {
    "Rooms.OccupantsChanged": _occupants,
    "Profile.PropertiesChanged": _properties,
    "Manager.PropertiesChanged": _properties,
    "Manager.Stopping": _stopping,
}
