"""What people read of a message: what it says, and beside that what a view of it would show."""

from collections.abc import Iterator, Mapping

from backendd.api.signature import Plain
from jp.output.widths import fit
from jp.output.words import moment

_Message = Mapping[str, Plain]

_ACTION = "/me "
_BEGINNING = 60  # columns of what is answered
_NAMED = 3  # so many who reacted are named; of more only how many
_DAY = len("2026-01-31")


def sender(message: _Message) -> str:
    """Return who wrote a message: a nick in a room, else an address."""
    who = str(message.get("sender") or "")
    return str(message.get("nick") or "") or (who if message.get("kind") == "chat" else _name(who))


def mentions(message: _Message) -> str:
    """Return a sign where a message speaks to the user, and nothing elsewhere."""
    return "you" if message.get("mention") else ""


def text(message: _Message) -> str:
    """Return what a message says, what it answers and brings, and what has become of it."""
    return "\n".join(_lines(message))


def _lines(message: _Message) -> Iterator[str]:
    if message.get("gap"):
        yield "(before this one some may be missing)"
    if message.get("ignored"):
        yield "(of somebody whom you ignore)"
    elif message.get("retracted"):
        yield _retracted(message)
    else:
        yield from _said(message)
    if message.get("state") == "failed":
        name, sentence = message.get("error") or ("", "")
        yield f"(not sent: {sentence or name})"


def _retracted(message: _Message) -> str:
    by, reason = (str(message.get(key) or "") for key in ("retracted_by", "reason"))
    said = "retracted"
    if message.get("moderated"):
        said += f" by {_name(by)}, a moderator" if by else " by a moderator"
    return f"({said}: {reason})" if reason else f"({said})"


def _said(message: _Message) -> Iterator[str]:
    if message.get("received") and _day(message, "time") != _day(message, "received"):
        yield f"(came {moment(message['received'])})"
    if message.get("attention"):
        yield "(asks for your attention)"
    if message.get("reply_to") or message.get("quote"):
        yield _answered(message)
    if message.get("spoiler"):
        about = f": {message['spoiler_about']}" if message.get("spoiler_about") else ""
        yield f"(spoiler{about}; `jp message get {message.get('id')}` prints it)"
    else:
        yield from _content(message)
    if message.get("edited"):
        yield "(edited, which waits to be sent)" if message.get("edited_pending") else "(edited)"
    if message.get("reactions"):
        yield reactions(message)


def _content(message: _Message) -> Iterator[str]:
    """Yield the text of a message, and its files."""
    files = message.get("attachments") or ()
    body = words(message)
    if body or not files:
        yield body
    for each in files:
        yield _file(each)
    if message.get("truncated"):
        yield f"(cut; `jp message get {message.get('id')}` prints all of it)"


def _day(message: _Message, key: str) -> str:
    return moment(message.get(key) or 0)[:_DAY]


def _answered(message: _Message) -> str:
    """Return how what a message answers begins, on one line."""
    who = "you" if message.get("quote_own") else _name(str(message.get("quote_sender") or ""))
    begins = " ".join(str(message.get("quote") or "").split()) or "(retracted)"
    return fit(f"> {who}: {begins}" if who else f"> {begins}", _BEGINNING)


def words(message: _Message) -> str:
    """Return what a message says beside the addresses of its files, as it is meant."""
    body = _without_addresses(message) if message.get("attachments") else message.get("body") or ""
    if body.startswith(_ACTION):
        return f"* {sender(message)} {body[len(_ACTION) :]}"
    if body and message.get("type") not in (None, "", "message"):
        return f"[{body}]"  # a line of the backend's, and none of the sender's words
    return str(body)


def files(message: _Message) -> list[str]:
    """Return the files of a message by their names and sizes."""
    return [_file_name(each) for each in message.get("attachments") or ()]


def _without_addresses(message: _Message) -> str:
    from backendd.api import attachments
    from backendd.api.records import Message
    from backendd.api.wire import from_wire

    return attachments.words(from_wire(Message, message))


def _file(attachment: _Message) -> str:
    """Return a file by its name and size, and where it is."""
    where = str(attachment.get("url") or "")
    said = " ".join(str(attachment.get("description") or "").split())
    return ": ".join(filter(None, ("file", _file_name(attachment), said, where)))


def _file_name(attachment: _Message) -> str:
    from backendd.api.sizes import shown

    size = attachment.get("size")
    return str(attachment.get("name") or "file") + (f" ({shown(size)})" if size else "")


def reactions(message: _Message) -> str:
    """Return what a message was reacted with, and by whom; nothing where nobody did."""
    found = message.get("reactions") or {}
    return "  ".join(_reaction(message, *each) for each in found.items())


def _reaction(message: _Message, emoji: str, by: list[str]) -> str:
    """Return an emoji with who used it: a number where there are several, and names of few."""
    others, own = list(by), message.get("reactions_own") or {}
    if own.get(emoji) in others:
        others.remove(own[emoji])  # once: in a room somebody else may have our nick by now
    names = [_name(each) for each in others]
    if emoji in own:
        waits = emoji in (message.get("reactions_pending") or ())
        names.append("you (waits to be sent)" if waits else "you")
    count = f" {len(names)}" if len(names) > 1 else ""
    return f"{emoji}{count} {', '.join(names)}" if len(names) <= _NAMED else f"{emoji}{count}"


def _name(address: str) -> str:
    """Return how somebody is called in a room, else the address."""
    return address.partition("/")[2] or address
