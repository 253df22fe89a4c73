"""`jp service search`."""

from jp.command import command, prints
from jp.forms import fill_in, show, show_result
from jp.kinds.addresses import Address
from jp.kinds.answers import Answer
from jp.session import Session


@command
@prints("*")
async def search(session: Session, jid: Address, *, set: list[Answer] | None = None) -> None:
    """Look somebody up in a directory of users (XEP-0055).

    Where nothing is set, what it can be asked is printed.

    set: a field of its form and what it holds; more than once for several
    """
    form = await session.services.search_form(jid)
    if set is None:
        show(session, form)
        return
    found = await session.services.search(jid, fill_in(session, form, set))
    show_result(session, found, none="nobody was found")
