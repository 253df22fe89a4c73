"""How it stands between this frontend and the backend."""

from enum import Enum

from backendd.api.values import Value
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.profile import Profile
from primitivus.sentences import tr

NOT_RUNNING = tr("the backend is not running; :start-backend starts it")


class Attachment(Enum):
    """Whether the backend is there."""

    STARTING = "starting"
    ATTACHED = "attached"
    LOST = "lost"


class Backend(Value):
    """The backend as seen from here; `since_us` is when it was lost."""

    attachment: Attachment = Attachment.STARTING
    since_us: int = 0
    owner: str = ""

    @property
    def is_lost(self) -> bool:
        """Return whether nobody is there to be asked."""
        return self.attachment is Attachment.LOST

    def hears_of_others(self, profile: Profile) -> bool:
        """Return whether what is known of others in a profile is so now: it is connected."""
        return self.attachment is Attachment.ATTACHED and profile.state == "online"

    def standing_of(self, account: Account) -> str:
        """Return how an account stands, in a word: nobody knows without the backend."""
        if self.attachment is not Attachment.ATTACHED:
            return "unknown"
        return "locked" if account.is_locked else account.profile.state
