"""`jp account archive`."""

from backendd.api.signature import Plain
from backendd.api.words import Archived
from jp.command import command, prints
from jp.kinds.addresses import Peer
from jp.kinds.backend import Backend
from jp.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class Somebody(Peer):
    """Whom one talks with, or nobody."""

    @classmethod
    def read(cls, text: str) -> "Self":
        return cls(super().read(text) if text else "")

    @classmethod
    async def resolve(cls, value: str, backend: Backend) -> "Self":
        """Return the address, or nobody's; ValueError."""
        return cls(await super().resolve(value, backend) if value else "")


@command
@prints("ArchivePreferences.*")
async def archive(
    session: Session,
    keep: Archived | None = None,
    *,
    always: list[Somebody] | None = None,
    never: list[Somebody] | None = None,
) -> None:
    """Print what the server keeps of your messages, or change that (XEP-0441).

    What it has already stays, and so does what is on this machine. It keeps always everything,
    roster what is written with contacts, never nothing.

    always: somebody with whom it keeps all in any case, and nobody else so; an empty one: nobody
    never: somebody with whom it keeps nothing in any case, and nobody else so; as above

    $ jp account archive roster --never bank@example.org
    """
    given: dict[str, Plain] = {} if keep is None else {"default": keep}
    for key, people in (("always", always), ("never", never)):
        if people is not None:
            given[key] = [str(each) for each in people if each]
    if given:
        await session.services.set_archive_preferences(given)
    else:
        session.out.record(await session.services.archive_preferences())
