"""Options of Send, of the Messages interface: how a message is to be shown."""

from backendd.api import text
from backendd.api.errors import TooLarge
from backendd.bus.further import option_of
from backendd.features.appearance import store
from backendd.features.appearance.model import LONGEST_ABOUT, Appearance
from backendd.store.ledger import Ledger


class AppearanceMembers:
    """What callers say of how a message is to be shown."""

    @option_of("send")
    def spoiler(self, ledger: Ledger, message_id: int, spoiler: bool = False) -> None:
        if spoiler:
            store.save(ledger, message_id, Appearance(is_spoiler=True))

    @option_of("send")
    def spoiler_about(self, ledger: Ledger, message_id: int, spoiler_about: str = "") -> None:
        about = text.clean_line(spoiler_about)
        if len(about) > LONGEST_ABOUT:
            raise TooLarge(f"what a spoiler is about takes at most {LONGEST_ABOUT} characters")
        if about:
            store.save(ledger, message_id, Appearance(is_spoiler=True, about=about))

    @option_of("send")
    def unstyled(self, ledger: Ledger, message_id: int, unstyled: bool = False) -> None:
        if unstyled:
            store.save(ledger, message_id, Appearance(is_unstyled=True))
