"""Which of what happens people are told, and which only who asks for it: one line a thing.

How far a message is, how much is unread, who types and who comes into rooms changes all the time,
and says nothing that would have to be done. What a record says again it is not told again of.
"""

from collections.abc import Iterator, Mapping, Sequence

from backendd.api.signature import Plain
from jp.commands.message.told import reactions
from jp.commands.watch.told import Told, each_of, told

_Record = Mapping[str, Plain]

_MESSAGES, _FILES = "Messages.Changed", "Files.Changed"
_TOLD = (
    _MESSAGES,
    "Roster.Changed",
    "Roster.RequestsChanged",
    "Rooms.Changed",
    "Rooms.InvitationsChanged",
    _FILES,
    "Blog.Changed",
    "Blog.DiscussionsChanged",
    "Blog.ReaderRequestsChanged",
    "Services.ChallengesChanged",
    "Manager.Stopping",
)
_PROPERTIES = ("State", "Warnings")  # of a profile or of the backend; the others are left out
_NAMES = ("service", "node", "id", "jid", "room")  # keys by which a record is known again
_KEPT = 5000


class News:
    """Tells of each thing once; of those `events` that are named in full all, each time."""

    def __init__(self, events: Sequence[str]) -> None:
        # By profile the id of the newest message that was there before, where that is known.
        self.newest: dict[str, int] = {}
        self._events = events
        self._known: dict[tuple[Plain, ...], Plain] = {}

    def of(self, profile: str, event: str, args: _Record) -> Iterator[Told]:
        """Yield the lines of an event; often none."""
        if event in self._events:
            yield from told(event, args)
        elif event.endswith(".PropertiesChanged"):
            changed = args.get("changed") or {}
            if any(changed.get(each) for each in _PROPERTIES):
                yield from told(event, args)
        elif event == _MESSAGES:
            for each in args.get("messages") or ():
                yield from self._message(profile, each)
        elif event in _TOLD:
            yield from self._changed(profile, event, args)

    def know(self, profile: str, event: str, args: _Record) -> None:
        """Take what is so by now for known."""
        for _ in self._changed(profile, event, args):
            pass

    def _changed(self, profile: str, event: str, args: _Record) -> Iterator[Told]:
        """Yield what is said of the records of an event that was not said of them last."""
        for record, line in each_of(event, args):
            key = tuple(record.get(name, "") for name in _NAMES)
            said = _without_progress(line) if event == _FILES and line is not None else line
            if line is not None and self._is_news((profile, event, *key), said):
                yield line

    def _message(self, profile: str, message: _Record) -> Iterator[Told]:
        """Yield that a message came, was edited, retracted or reacted to, or failed."""
        id = message.get("id", 0)
        without = {key: each for key, each in message.items() if key != "state"}
        is_failed = message.get("state") == "failed"
        line = next(told(_MESSAGES, {"messages": [message if is_failed else without]}), None)
        if line is None:
            return
        is_plain = line[0] in ("message", "mention")
        is_first = (profile, _MESSAGES, id) not in self._known
        if self._is_news((profile, _MESSAGES, id), line) and not (
            # Of one from before only its state is another now, or what nobody reads.
            is_plain and is_first and id <= self.newest.get(profile, 0)
        ):
            yield line
        if message.get("reactions_pending"):
            return  # told when they are sent
        said = reactions(message)
        if self._is_news((profile, "reactions", id), said) and said:
            yield "reaction", line[1], f"{said}: {line[2]}"

    def _is_news(self, key: tuple[Plain, ...], said: Plain) -> bool:
        """Return whether this was not said last, and keep that it was now."""
        before = self._known.pop(key, None)
        self._known[key] = said
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return bool(before != said)


def _without_progress(line: Told) -> Told:
    """Return a line without how far a file is."""
    kind, who, text = line
    return (kind, who, text.rpartition(", ")[0] or text) if text.endswith(" %") else line
