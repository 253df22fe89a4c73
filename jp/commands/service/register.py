"""`jp service register` and `unregister`."""

from jp.command import command, prints
from jp.forms import fill_in, show
from jp.kinds.addresses import Address
from jp.kinds.answers import Answer
from jp.session import Session


@command
@prints("Form.*")
async def register(
    session: Session, jid: Address, *, set: list[Answer] | None = None, ask: bool = False
) -> None:
    """Register with a service, such as a gateway (XEP-0077).

    Where nothing is set, what it asks for is printed. An account of your own is made by
    `jp account register`.

    set: a field of its form and what it holds; more than once for several
    ask: register, though nothing is set: only secrets are asked for
    """
    form = await session.services.register_form(jid)
    if set is None and not ask:
        show(session, form)
        return
    await session.services.register(jid, fill_in(session, form, set or ()))


@command
async def unregister(session: Session, jid: Address) -> None:
    """End a registration with a service: it forgets you."""
    await session.services.register(jid, {}, remove=True)
