"""`jp service ping`, `version`, `activity`, `time`, `vcard` and `external`."""

from collections.abc import Mapping

from backendd.api.signature import Plain
from jp.command import command, prints
from jp.kinds.addresses import Address, Peer
from jp.output.words import moment
from jp.session import Session


@command
@prints("microseconds")
async def ping(session: Session, jid: Peer) -> None:
    """Print how long an entity takes to answer (XEP-0199); of a contact name a client of theirs.

    $ jp service ping example.org
    """
    took = await session.services.ping(jid)
    if session.out.is_for_people:
        session.out.text(f"{took / 1000:.1f} ms")
    else:
        session.out.value("microseconds", took)


@command
@prints("SoftwareVersion.*")
async def version(session: Session, jid: Peer) -> None:
    """Print what program an entity says it is (XEP-0092); of a contact name a client of theirs.

    $ jp service version example.org
    """
    session.out.record(await session.services.software_version(jid))


@command
@prints("LastActivity.*")
async def activity(session: Session, jid: Peer) -> None:
    """Print since when somebody is away, a client idle, or a service up (XEP-0012)."""
    found = await session.services.last_activity(jid)
    session.out.record(found, (("since", _since), "status"), none="it doesn't say since when")


def _since(activity: Mapping[str, Plain]) -> str:
    return moment(activity.get("time", 0))


@command
@prints("EntityTime.*")
async def time(session: Session, jid: Peer) -> None:
    """Print what time it is where an entity is, by its own clock (XEP-0202)."""
    session.out.record(await session.services.entity_time(jid))


@command
@prints("VCard.*")
async def vcard(session: Session, jid: Peer) -> None:
    """Print what somebody, a room or a service says of themselves (XEP-0292, XEP-0054)."""
    session.out.record(await session.services.v_card(jid))


@command
@prints("ExternalService.*")
async def external(session: Session, jid: Address) -> None:
    """Print the services beside XMPP that a server tells of, such as STUN and TURN (XEP-0215)."""
    found = await session.services.external_services(jid)
    session.out.records(
        found, ("type", "host", "port", "transport", "name", "restricted"), none="no services"
    )
