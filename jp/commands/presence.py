"""How available you are, and others."""

from collections.abc import Mapping

from backendd.api.signature import Plain
from backendd.api.words import Show
from jp.command import command, prints
from jp.kinds.addresses import Peer
from jp.kinds.texts import Body
from jp.output.keys import keys_of
from jp.session import Session


def availability(resource: Mapping[str, Plain]) -> str:
    """Return how available somebody is, as it is printed."""
    return str(resource.get("show") or "offline")


_COLUMNS = ("jid", "resource", ("show", availability), "status", "idle_since")


@command
@prints("State Show Status")
async def get(session: Session) -> None:
    """Print the presence that your contacts are shown, and the state of the connection."""
    found = [(each, await session.property(each)) for each in ("State", "Show", "Status")]
    session.out.record(dict(found))


@command
async def set_(session: Session, show: Show, status: Body | None = None) -> None:
    """Set the presence that your contacts are shown; it is kept over restarts.

    Without a text the status is empty. `jp profile disconnect` is how one goes offline.

    $ jp presence set away "at lunch"
    """
    await session.profile.set_presence(show, status or "")


@command
@prints("jid Resource.*")
async def list_(session: Session, peer: Peer | None = None) -> None:
    """Print the clients that are online: those of a contact, or of all and your own others.

    $ jp presence list bob@example.org
    """
    contacts = await session.roster.list()
    found = [
        {"jid": contact.jid, **keys_of(each)}
        for contact in contacts
        if peer is None or contact.jid == peer
        for each in contact.resources
    ]
    if peer is None:
        own = {"jid": await session.property("Jid")}
        found += [{**own, **keys_of(each)} for each in await session.roster.resources()]
    session.out.records(found, _COLUMNS, none="nobody is online")
