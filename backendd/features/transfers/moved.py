"""Files that somebody put somewhere else once they had come."""

from backendd.api.errors import NotAllowed
from backendd.core.transfers import Facts
from backendd.files import reasons
from backendd.session.home import Home
from backendd.store import transfers


async def note(home: Home, id: int, path: str) -> None:
    """Note where a file is that has come; InvalidArgument, UnknownTransfer, NotAllowed."""
    reasons.check_path(path)
    transfer = await home.transfers.require(id)
    if transfer.direction != "in" or transfer.state != "done":
        raise NotAllowed("only a file that has come can be somewhere else")
    await home.store.write(lambda ledger: transfers.learn(ledger, id, Facts(path=path)))
