"""`jp watch`: signals as they come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import monotonic, strftime

from backendd.api.interfaces import Interface
from backendd.api.introspection import load, load_all
from backendd.api.names import BUS_NAME
from backendd.api.signature import Plain
from backendd.api.subscriptions import Signal
from jp.command import command, prints
from jp.commands.watch.before import know, profile_at
from jp.commands.watch.news import News
from jp.commands.watch.told import Told
from jp.events import Events, is_back, is_gone
from jp.failures import Failure
from jp.kinds.addresses import Peer
from jp.kinds.members import Event
from jp.kinds.numbers import Count, Duration
from jp.session import PROPERTIES, Session

_CHANGED = "PropertiesChanged"
_PEERS = ("peer", "jid", "room", "service")


def _keys(words: Sequence[str]) -> str:
    """Return the keys of the events that words choose: what is common, and their arguments."""
    names = {"event": "", "profile": ""}
    for name, interface in load_all().items():
        signals = {each.name: each.args for each in interface.signals.values()}
        for event, args in signals.items():
            if _is_chosen(f"{_short(name)}.{event}", words):
                names |= {argument.name: "" for argument in args}
        if interface.properties and _is_chosen(f"{_short(name)}.{_CHANGED}", words):
            names |= {"changed": "", "invalidated": ""}
    return " ".join(names)


def _is_chosen(event: str, events: Sequence[str]) -> bool:
    return not events or event in events or event.partition(".")[0] in events


@command
@prints(_keys)
async def watch(
    session: Session,
    events: list[Event] = [],  # noqa: B006 - never changed
    *,
    peer: Peer | None = None,
    all: bool = False,
    count: Count | None = None,
    limit: Duration | None = None,
) -> None:
    """Print what happens, as it happens: the signals of the backend.

    For people each is a short line: when, with --all which profile, what, who and a text. How far
    messages and files are, what is read, who types, who comes into rooms, your other clients and
    drafts are left out, unless the signal is named in full: `jp watch Messages.Changed
    Messages.ConversationsChanged Rooms.OccupantsChanged`. As JSON all is there, each a record:
    event, profile, and its arguments by their names. When the backend goes that is told on standard
    error, and so is its return; this goes on meanwhile.

    events: only these, as Messages.Changed, or all of an interface, as Messages
    peer: only what is about them
    all: of all profiles and of the backend, not of one profile alone
    count: end after so many
    limit: end after so long; it is an error when fewer than --count have come by then

    $ jp watch
    $ jp watch Messages Roster --peer bob@example.org
    $ jp watch Messages.Changed --count 1 --json
    """
    own = "" if all else await session.path()
    # Before anything is told: what comes meanwhile is newer.
    news = News(events) if session.out.is_for_people else None
    if news is not None:
        await know(session, news, own)
    events_ = await Events.begin(session)
    if all:
        await session.profiles()  # has the backend run
    left = int(count or -1)
    until = None if limit is None else monotonic() + limit
    async for signal in events_.within(None if until is None else until - monotonic()):
        if signal is None:
            continue
        if is_gone(signal) or is_back(signal):
            session.out.note("the backend has gone" if is_gone(signal) else "a backend is there")
            continue
        record = _record(signal)
        if not _is_wanted(record, signal, own, events) or not _is_about(record, peer):
            continue
        left -= _told(session, news, record, is_named=all)
        if not left:
            return
    _require_all(count, left)


def _require_all(count: int | None, left: int) -> None:
    """Raise Failure where so many are left of a number that was wanted."""
    if count is not None:
        came = f"only {count - left} of {count} events" if left < count else "no event"
        raise Failure(f"{came} came in time")


def _told(
    session: Session, news: News | None, record: Mapping[str, Plain], *, is_named: bool
) -> bool:
    """Print an event, for people with which profile where that `is_named`; return whether."""
    if news is None:
        session.out.records([record], (), none="")
    else:
        args = {key: each for key, each in record.items() if key not in ("event", "profile")}
        profile = str(record.get("profile", ""))
        found = [*news.of(profile, record["event"], args)]
        if not found:
            return False
        session.out.lines(_lines(profile if is_named else "", found))
    session.out.flush_now()
    return True


def _lines(profile: str, found: Iterable[Told]) -> Iterator[tuple[str, str, str]]:
    """Yield each line as what stands before its kind, the kind, and what follows."""
    before = "  ".join(filter(None, (strftime("%H:%M:%S"), profile)))
    for kind, who, text in found:
        yield before, kind, ": ".join(filter(None, (who, text)))


def _record(signal: Signal) -> dict[str, Plain]:
    """Return a signal as a record."""
    if signal.interface == PROPERTIES and signal.member == _CHANGED:
        interface, changed, gone = signal.args
        said = {"changed": changed, "invalidated": gone}
        event = f"{_short(interface)}.{_CHANGED}"
    else:
        event = f"{_short(signal.interface)}.{signal.member}"
        said = dict(zip(_names(signal), signal.args, strict=False))
    record: dict[str, Plain] = {"event": event}
    if profile := profile_at(signal.path):
        record["profile"] = profile
    return record | said


def _names(signal: Signal) -> Sequence[str]:
    """Return what the arguments of a signal are called."""
    interface = _known(signal.interface)
    if interface is not None and signal.member in interface.signals:
        return [each.name for each in interface.signals[signal.member].args]
    return [f"argument{number}" for number in range(1, len(signal.args) + 1)]


def _known(name: str) -> Interface | None:
    try:
        return load(name)
    except KeyError:
        return None


def _short(interface: str) -> str:
    return interface.removeprefix(f"{BUS_NAME}.").removeprefix("org.freedesktop.DBus.")


def _is_wanted(
    record: Mapping[str, Plain], signal: Signal, own: str, events: Sequence[str]
) -> bool:
    if own and signal.path != own:
        return False
    return _is_chosen(record["event"], events)


def _is_about(record: Mapping[str, Plain], peer: str | None) -> bool:
    """Return whether a peer is in an event, in itself or in its records."""
    if peer is None:
        return True
    if any(record.get(key) == peer for key in _PEERS):
        return True
    held = [each for value in record.values() if isinstance(value, list) for each in value]
    return any(isinstance(each, Mapping) and _is_about(each, peer) for each in held)
