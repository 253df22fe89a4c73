"""Who somebody is: all that is known of them, and what they say when asked."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.records import (
    BlogNode,
    Contact,
    EntityTime,
    LastActivity,
    Resource,
    SoftwareVersion,
    VCard,
)
from primitivus.client.account import AccountClient
from primitivus.client.blogs import BlogsPart
from primitivus.client.services import ServicesPart
from primitivus.commands.arguments.people import PeerJid
from primitivus.commands.command import command
from primitivus.commands.contacts.roster import the_contact
from primitivus.commands.context import Context
from primitivus.model.accounts import about
from primitivus.model.accounts.about import Rows
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.blogs.blogs import MICROBLOG
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.place import Place
from primitivus.model.popups.listing import Markup
from primitivus.model.popups.popup import Overlay
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording.address import occupant
from primitivus.model.wording.times import local_moment, moment
from primitivus.sentences import ctr, tr

# More clients of one person than these are not asked.
_MOST_CLIENTS = 5
_WORD_COLUMNS = 12

Question = tuple[Awaitable[object], Callable[[object], Rows]]
"""What is being asked, and what is told of the answer."""


class _Gathering:
    """What is told of somebody: what is known, then the answers in order."""

    def __init__(
        self,
        ctx: Context,
        title: str,
        known: Rows,
        questions: Sequence[Question],
        *,
        is_heard: bool,
    ) -> None:
        """`is_heard`: whether they can be asked at all."""
        self.popup = Overlay(title, ())
        self._is_heard = is_heard
        self._ctx = ctx
        self._questions = questions
        self._told = [known, *([] for _ in questions)]
        self._waiting = len(questions)
        self._show()

    async def gather(self) -> None:
        """Return when all have answered, or failed to."""
        await asyncio.gather(*(self._ask(n, *each) for n, each in enumerate(self._questions, 1)))

    async def _ask(
        self, number: int, asking: Awaitable[object], read: Callable[[object], Rows]
    ) -> None:
        # Most have but some of it, and strangers tell little.
        with suppress(BackendError, LinkError):
            self._told[number] = read(await asking)
        self._waiting -= 1
        self._show()

    def _show(self) -> None:
        lines = [_line(row) for rows in self._told for row in rows]
        if self._waiting:
            ellipsis = self._ctx.screen.symbols().ellipsis
            lines.append((("hint", tr("asking them{ellipsis}", ellipsis=ellipsis)),))
        if not self._is_heard:
            lines.append((("hint", tr("nobody can be asked while you are not online")),))
        self.popup.lines = tuple(lines)
        self._ctx.state.changed(Area.VIEW)


@command("whois")
async def whois(ctx: Context, jid: PeerJid | None = None) -> None:
    """Show who somebody is: what is known of them, and what they and their clients say.

    Without an address: whom you look at. What they are asked for comes as they answer. In a room it
    may be a nick; where it hides their address, nothing is asked.
    """
    pane = ctx.state.layout.pane
    place = pane.marked if not jid and isinstance(pane, OccupantsPane) else the_contact(ctx, jid)
    await _tell(ctx, place)


@command("clients")
async def clients(ctx: Context) -> None:
    """Show which other clients of your account are online, and what they are."""
    account = ctx.account.known
    await _tell(ctx, account.place(account.profile.jid))


async def _tell(ctx: Context, place: Place) -> None:
    """Show who is at `place`, as its account knows them."""
    known = ctx.state.at(place)
    who = _address(known, place.peer)
    is_heard = ctx.state.backend.hears_of_others(known.profile)
    online = await _online(ctx.at(place), who) if is_heard else ()
    questions = _questions(ctx.at(place), who, online) if is_heard and who else []
    name, rows = known.name(place.peer), about.known(known, place.peer, online, is_heard=is_heard)
    gathering = _Gathering(ctx, name, rows, questions, is_heard=is_heard)
    ctx.state.open_popup(gathering.popup)
    await gathering.gather()


def _address(account: Account, who: str) -> str:
    """Return whom one can ask, nothing where a room hides it."""
    if not occupant(who)[1]:
        return who
    known = account.of(Rooms).occupant(who)
    return known.jid if known is not None else ""


async def _online(account: AccountClient, who: str) -> Sequence[Resource]:
    """Return the clients of somebody that are online, those that are meant most first."""
    if who == account.known.profile.jid:
        online = await account.roster.resources()
    else:
        online = (account.known.roster.get(who) or Contact()).resources
    return sorted(online, key=lambda each: each.priority, reverse=True)


def _questions(account: AccountClient, who: str, clients: Sequence[Resource]) -> list[Question]:
    services, known = account.part(ServicesPart).interface, account.known
    asked: list[Question] = [(services.v_card(who), _vcard)]
    names = [each.resource for each in clients[:_MOST_CLIENTS]]
    if names:
        asked.append((services.entity_time(f"{who}/{names[0]}"), _time))
    for name in names:
        asked.append((services.software_version(f"{who}/{name}"), partial(_client, name)))
    if not _is_known_to_blog(known, who):
        asked.append((account.part(BlogsPart).calls.nodes(who.partition("/")[0]), _blogs))
    if not clients and who != known.profile.jid:
        is_server = "@" not in who and "/" not in who
        asked.append((services.last_activity(who), _uptime if is_server else _last))
    return asked


def _is_known_to_blog(account: Account, who: str) -> bool:
    contact = account.roster.get(who)
    return contact is not None and bool(contact.more.get("blog"))


def _blogs(said: object) -> Rows:
    found, _ = said if isinstance(said, tuple) else ((), {})
    own = (each for each in found if isinstance(each, BlogNode) and each.node == MICROBLOG)
    return [(tr("blog"), about.shown_by(each.service)) for each in own]


def _line(row: tuple[str, str]) -> Markup:
    word, said = row
    return (("popup.key", f"{word:<{_WORD_COLUMNS}}"), ("popup", said))


def _client(name: str, said: object) -> Rows:
    if not isinstance(said, SoftwareVersion):
        return []
    program = " ".join(filter(None, (said.name, said.version)))
    told = tr("{program} on {os}", program=program, os=said.os) if said.os else program
    return about.said([(tr("client"), program and f"{name}: {told}")])


def _time(said: object) -> Rows:
    if not isinstance(said, EntityTime):
        return []
    return [(tr("time there"), local_moment(said.time, said.offset))]


def _last(said: object) -> Rows:
    if not isinstance(said, LastActivity) or not said.time:
        return []
    status = f" ({said.status})" if said.status else ""
    return [(tr("last seen"), f"{moment(said.time)}{status}")]


def _uptime(said: object) -> Rows:
    """Return what a server says: it is never away, and counts since when it runs."""
    if not isinstance(said, LastActivity) or not said.time:
        return []
    return [(tr("running"), tr("since {time}", time=moment(said.time)))]


def _vcard(said: object) -> Rows:
    if not isinstance(said, VCard):
        return []
    family, given, *more = said.n or ["", ""]
    names = " ".join(filter(None, (given, *more[:1], family)))
    rows = [
        (tr("full name"), said.fn or names),
        *((tr("called"), each) for each in said.nickname),
        (tr("born"), said.bday),
        (tr("works for"), said.org),
        (ctr("what somebody works as", "as"), ", ".join(filter(None, (said.title, said.role)))),
        *((tr("mail"), each) for each in said.email),
        *((tr("telephone"), each) for each in said.tel),
        *((tr("chat"), each) for each in said.impp),
        *((tr("page"), each) for each in said.url),
        *((tr("lives at"), each) for each in said.adr),
        *((tr("note"), each) for each in said.note.split("\n")),
    ]
    return about.said(rows)
