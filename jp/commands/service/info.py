"""`jp service info`."""

from backendd.api.records import Info
from jp.command import command, prints
from jp.kinds.addresses import Peer
from jp.session import Session


@command
@prints("Info.*")
async def info(session: Session, jid: Peer, node: str = "") -> None:
    """Print what an entity, or a node of it, says that it is and can do (XEP-0030).

    node: which one of its nodes

    $ jp service info conference.example.org
    """
    found = await session.services.info(jid, node)
    session.out.record(found if not session.out.is_for_people else _told(found))


def _told(info: Info) -> dict[str, str]:
    identities = (f"{each.category}/{each.type} {each.name}".rstrip() for each in info.identities)
    fields = (
        f"{each.label or each.var}: {', '.join(each.values)}"
        for form in info.forms
        for each in form.fields
        if each.type != "hidden"
    )
    return {
        "is": "\n".join(identities),
        "can": "\n".join(info.features),
        "says": "\n".join(fields),
    }
