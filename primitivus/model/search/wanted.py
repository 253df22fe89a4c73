"""Where is searched: in all that is stored, or in less."""

from backendd.api.values import Value


class Narrowed(Value):
    """In one conversation (`peer`), in what somebody wrote (`sender`), in what came in a time.

    `since` and `until` are in microseconds; what came at the latter is no longer meant. Nothing,
    or 0: wherever, whoever, whenever.
    """

    peer: str = ""
    sender: str = ""
    since: int = 0
    until: int = 0


EVERYWHERE = Narrowed()


class Wanted(Value):
    """What is looked for: `words`, in the account of this name, or in all of them.

    `is_ours`: only what one wrote oneself, as whoever one is in each.
    """

    words: str
    where: Narrowed = EVERYWHERE
    account: str = ""
    is_ours: bool = False

    @property
    def is_narrowed(self) -> bool:
        return self.is_ours or self.where != EVERYWHERE
