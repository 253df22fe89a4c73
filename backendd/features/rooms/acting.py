"""What we do in a room while we are in it, beside talking."""

from contextlib import suppress
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, NotConnected, ServerError, Timeout, TooLarge
from backendd.core import clock, disco, xml
from backendd.features.rooms.attendance import WARNING, Attendance
from backendd.session.home import Home
from backendd.store import rooms
from backendd.store.ledger import Ledger

_ANSWER_S = 15.0
_HEAR_S = 5.0
# Another client of ours under the same nick may have answered that it knows no pings; and where the
# room isn't reached nobody knows (XEP-0410 3.2).
_STILL_THERE = frozenset(
    {
        "service-unavailable",
        "feature-not-implemented",
        "remote-server-not-found",
        "remote-server-timeout",
    }
)
_HOLDS_BACK = "{urn:xmpp:csi:0}csi"
_NOBODY = frozenset({"item-not-found", "gone"})


async def rename(home: Home, attendance: Attendance, nick: str) -> None:
    """Return when we have this nick; raises why not, and the old one stays."""
    room, old = attendance.room, attendance.nick
    if nick == old:
        return
    address = f"{room}/{nick}"
    if home.stream.offers(_HOLDS_BACK):
        home.do_soon(_hear_all(home, room), name="hear what is held back")
    seen = await attendance.answers.ask(
        home, address, home.presence(address), _ANSWER_S, old_nick=old
    )
    attendance.wish = wish = attendance.wish._replace(nick=seen.nick)
    home.warnings.settle(WARNING, room)
    await home.store.write(lambda ledger: rooms.want(ledger, wish))


async def _hear_all(home: Home, room: str) -> None:
    """Ask a room anything, behind what was asked before.

    What a server holds back of a room while nobody looks (XEP-0352), our nick among it, comes
    before the answer.
    """
    with suppress(BackendError):
        await home.disco.info(room, anew=True)


async def hear(home: Home, room: str) -> None:
    """Return when what a server holds back of a room has passed, if it doesn't take too long."""
    asked = xml.element(disco.INFO, "query")
    with suppress(BackendError):
        # It is settled behind what came before it.
        await home.stream.request("get", room, asked, timeout=_HEAR_S, settle=_nothing)


def _nothing(ledger: Ledger, answer: Element) -> None:
    """Store nothing."""


async def set_subject(home: Home, attendance: Attendance, subject: str) -> None:
    """Return when the room has told all that this is what it is about; raises why not."""
    await attendance.answers.change(home, attendance.room, subject, _ANSWER_S)


async def learn(home: Home, attendance: Attendance) -> None:
    """Have stored what a room says of itself now."""
    facts = await attendance.entering.ask()
    if attendance.state == "in" and facts.is_known:
        attendance.entering.believe_still(facts)
        room, now = attendance.room, clock.now_us()
        await home.store.write(lambda ledger: rooms.describe(ledger, room, facts, now))


async def is_there(home: Home, attendance: Attendance) -> bool:
    """Return whether a room has us still, as far as it says so (XEP-0410).

    Where it doesn't answer itself (`Facts.answers_pings`), our own client under that nick does.
    """
    ping = xml.element("urn:xmpp:ping", "ping")
    try:
        await home.stream.request("get", f"{attendance.room}/{attendance.nick}", ping)
    except NotConnected:
        raise
    except (Timeout, TooLarge):
        return True  # nobody knows; it is asked again
    except ServerError as error:
        if error.condition in _NOBODY and not attendance.entering.facts.answers_pings:
            # Nobody of this nick, for it has just changed, or no such room any more.
            return await _is_a_room(home, attendance.room)
        return error.condition in _STILL_THERE
    return True


async def _is_a_room(home: Home, room: str) -> bool:
    """Return whether there is such a room still, as far as its service says so."""
    try:
        await home.disco.info(room, anew=True)
    except NotConnected:
        raise
    except ServerError as error:
        return error.condition not in _NOBODY
    except BackendError:
        return True  # nobody knows
    return True


def announce(home: Home, attendance: Attendance) -> None:
    """Tell the room how the user is to be seen."""
    if attendance.state == "in":
        home.stream.send(home.presence(f"{attendance.room}/{attendance.nick}"))
