"""What adds lines to the view of settings: each feature's own, in its module."""

from collections.abc import Iterable

from primitivus.client.account import AccountClient
from primitivus.commands.context import Context
from primitivus.model.place import Place
from primitivus.model.setting import Setting


class Source:
    """Some settings, as they stand when the view is opened at `place`.

    What isn't known here by itself is asked for then. A profile that is locked has none.
    """

    def __init__(self, ctx: Context, place: Place) -> None:
        self.ctx = ctx
        self.place = place

    async def ask(self) -> None:
        """Fetch what isn't known, or may be other than it was; raises what the backend raises."""

    def settings(self) -> Iterable[Setting]:
        """Return them as they are now."""
        raise NotImplementedError

    @property
    def account(self) -> AccountClient | None:
        """Return the account of the place, as long as its owner is here."""
        account = self.ctx.accounts.at(self.place)
        return account if account is not None and not account.known.is_locked else None
