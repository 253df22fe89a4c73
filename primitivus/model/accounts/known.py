"""What the backend tells, of itself and of its profiles, and who watches that."""

from backendd.api.quiet import QuietTime
from backendd.api.records import Warning
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.accounts import Accounts
from primitivus.model.accounts.link import Attachment, Backend
from primitivus.model.area import Area, Changes
from primitivus.model.place import Place


class Known:
    """What is known of XMPP: it changes only by what the backend tells (client/)."""

    def __init__(self) -> None:
        self.changes = Changes()
        self.backend = Backend()
        # What the backend as a whole warns of, beside its profiles.
        self.backend_warnings: tuple[Warning, ...] = ()
        # When nothing is to call for attention, as the backend keeps it.
        self.quiet_time = QuietTime()
        self.accounts = Accounts()

    def changed(self, *areas: Area) -> None:
        """Tell watchers which areas changed."""
        for area in areas:
            self.changes.changed(area)

    def at(self, place: Place) -> Account:
        """Return the account that a place is in; a blank one for one that is gone."""
        return self.accounts.at(place)

    @property
    def account(self) -> Account:
        """Return the account where one is; a blank one before there is any."""
        raise NotImplementedError

    @property
    def is_attached(self) -> bool:
        return self.backend.attachment is Attachment.ATTACHED
