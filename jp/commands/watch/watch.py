"""`jp watch`: signals as they come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import monotonic, strftime

from backendd.api.interfaces import Interface
from backendd.api.introspection import load, load_all
from backendd.api.names import BUS_NAME, PROFILES_PATH, decode_label
from backendd.api.signature import Plain
from backendd.api.subscriptions import Signal
from jp.command import command, prints
from jp.commands.watch.told import Told, told
from jp.events import Events, is_back, is_gone
from jp.kinds.addresses import Peer
from jp.kinds.members import Event
from jp.kinds.numbers import Count, Duration
from jp.session import PROPERTIES, Session

_CHANGED = "PropertiesChanged"
_PEERS = ("peer", "jid", "room", "service")


def _keys(_: Sequence[str]) -> str:
    """Return the keys of events: what is common, and the arguments of all signals."""
    signals = [signal for each in load_all().values() for signal in each.signals.values()]
    names = dict.fromkeys(argument.name for each in signals for argument in each.args)
    return " ".join(["event profile changed invalidated", *names])


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

    For people each is a short line: when, with --all which profile, what, who and a text. As JSON
    each is a record: event, profile, and its arguments by their names. When the backend goes that
    is told on standard error, and so is its return; this goes on meanwhile.

    events: only these, as Messages.Changed, or all of an interface, as Messages
    peer: only what is about them
    all: of all profiles and of the backend, not of one profile alone
    count: end after so many
    limit: end after so long

    $ jp watch
    $ jp watch Messages Roster --peer bob@example.org
    $ jp watch Messages.Changed --count 1 --json
    """
    own = "" if all else await session.path()
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
        if session.out.is_for_people:
            args = {key: each for key, each in record.items() if key not in ("event", "profile")}
            profile = str(record.get("profile", "")) if all else ""
            session.out.lines(_lines(profile, told(record["event"], args)))
        else:
            session.out.records([record], ())
        session.out.flush_now()
        left -= 1
        if not left:
            return


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
    if signal.path.startswith(f"{PROFILES_PATH}/"):
        record["profile"] = decode_label(signal.path.rpartition("/")[2])
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
    event: str = record["event"]
    return not events or event in events or event.partition(".")[0] in events


def _is_about(record: Mapping[str, Plain], peer: str | None) -> bool:
    """Return whether a peer is in an event, in itself or in its records."""
    if peer is None:
        return True
    if any(record.get(key) == peer for key in _PEERS):
        return True
    held = [each for value in record.values() if isinstance(value, list) for each in value]
    return any(isinstance(each, Mapping) and _is_about(each, peer) for each in held)
