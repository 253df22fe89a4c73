"""Contacts: who they are, who sees whose presence, and who is blocked."""

from collections.abc import Mapping, Sequence

from backendd.api.records import Contact
from backendd.api.signature import Plain
from backendd.api.words import Report
from jp.command import command, prints
from jp.failures import Failure
from jp.kinds.addresses import Peer
from jp.kinds.files import NewFile
from jp.session import Session


def availability(contact: Mapping[str, Plain]) -> str:
    """Return how available somebody is."""
    return str(contact.get("show") or "offline")


def sees(contact: Mapping[str, Plain]) -> str:
    """Return who of both sees the presence of the other, in the words of RFC 6121."""
    asked = ", asked" if contact.get("ask") else ""
    return f"{contact.get('subscription') or 'none'}{asked}"


_COLUMNS = ("jid", "name", "groups", ("subscription", sees), ("show", availability), "status")


@command
@prints("Contact.*")
async def list_(session: Session, *, group: list[str] | None = None, online: bool = False) -> None:
    """Print the contacts, and how available they are.

    group: only those in this group
    online: only those who are there

    $ jp roster list --group friends --online
    $ jp roster list --template roster.vcf > friends.vcf
    """
    found = await session.roster.list()
    chosen = (each for each in found if not group or set(group) & set(each.groups))
    session.out.records(
        (each for each in chosen if each.show or not online),
        _COLUMNS,
        none="no contact is online" if online else "no contacts",
    )


@command
async def add(
    session: Session,
    peer: Peer,
    *,
    name: str | None = None,
    group: list[str] | None = None,
    text: str = "",
    ask: bool = True,
) -> None:
    """Put somebody on the roster, and ask to see their presence; they may see yours then.

    name: how you call them
    group: a group that they are in
    text: words that they read with the question
    ask: whether they are asked

    $ jp roster add bob@example.org --name Bob --group friends
    """
    contact = await _find(session, peer) or Contact()
    await _set(session, peer, contact, name, group)
    if ask:
        await session.roster.subscribe(peer, text=text)


@command
async def set_(
    session: Session, peer: Peer, *, name: str | None = None, group: list[str] | None = None
) -> None:
    """Change the name and the groups of a contact; what is not given stays as it is.

    name: how you call them; an empty one has their address shown
    group: a group that they are in, and in no other; an empty one takes them out of all

    $ jp roster set Bob --group friends --group family
    """
    await _set(session, peer, await _require(session, peer), name, group)


@command
async def remove(session: Session, peer: Peer) -> None:
    """Take somebody off the roster; you no longer see each other's presence."""
    await session.roster.remove((await _require(session, peer)).jid)


@command
async def subscribe(session: Session, peer: Peer, *, text: str = "") -> None:
    """Ask to see somebody's presence.

    text: words that they read with the question
    """
    await session.roster.subscribe(peer, text=text)


@command
async def unsubscribe(session: Session, peer: Peer) -> None:
    """Stop seeing somebody's presence, or take back that you asked for it."""
    await session.roster.unsubscribe(peer)


@command
@prints("Request.*")
async def requests(session: Session) -> None:
    """Print who asks to see your presence."""
    session.out.records(
        await session.roster.requests(), ("jid", "nickname", "time", "text"), none="no requests"
    )


@command
async def approve(session: Session, peer: Peer) -> None:
    """Let somebody see your presence, who has asked for it or will."""
    await session.roster.approve(peer)


@command
async def deny(session: Session, peer: Peer) -> None:
    """Let somebody not see your presence, or no longer."""
    await session.roster.deny(peer)


@command
async def block(session: Session, peer: Peer, *, report: Report = "") -> None:
    """Have nothing come from somebody any more, and nothing go to them.

    report: tell your server as well what they did

    $ jp roster block eve@example.org
    """
    await session.roster.block(peer, report=report)


@command
async def unblock(session: Session, peer: Peer) -> None:
    """Let come again what somebody sends."""
    await session.roster.unblock(peer)


@command
@prints("jid")
async def blocked(session: Session) -> None:
    """Print who is blocked."""
    session.out.records(
        [{"jid": each} for each in await session.roster.blocked()],
        ("jid",),
        none="nobody is blocked",
    )


@command
async def avatar(session: Session, peer: Peer, file: NewFile) -> None:
    """Write somebody's avatar to a new file; nothing is overwritten."""
    from jp.written import write

    with await session.roster.avatar(peer) as image:
        write(image, file)


async def _set(
    session: Session,
    peer: str,
    contact: Contact,
    name: str | None,
    group: Sequence[str] | None,
) -> None:
    groups = contact.groups if group is None else [each for each in group if each]
    await session.roster.set(peer, contact.name if name is None else name, groups)


async def _require(session: Session, peer: str) -> Contact:
    contact = await _find(session, peer)
    if contact is None:
        raise Failure(f"{peer} is no contact")
    return contact


async def _find(session: Session, peer: str) -> Contact | None:
    found = await session.roster.list()
    return next((each for each in found if each.jid.casefold() == peer.casefold()), None)
