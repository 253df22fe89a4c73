"""What a feature is to a profile: a `Part` with hooks, called in the order of the registry."""

from collections.abc import Awaitable, Iterable, Mapping
from typing import Any, Protocol
from xml.etree.ElementTree import Element

from backendd.api import records
from backendd.api.words import Older
from backendd.core.conversations import Behaviour, Peer
from backendd.session.outbound import Composition
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Outlet(Protocol):
    """Where the signals of an object go out, and what of its properties is different."""

    def emit(self, interface: str, signal: str, *arguments: object) -> None: ...

    def changed(self, interface: str, *properties: str) -> None: ...

    def is_clear(self) -> bool: ...


class Part:
    """The part a feature takes in one profile. Each hook does nothing until overridden."""

    @property
    def disco_features(self) -> tuple[str, ...]:
        """What we announce because of it (XEP-0030), from the next stream on; often a constant."""
        return ()

    def interfaces(self) -> Mapping[str, object]:
        """Return what serves D-Bus members, by interface name."""
        return {}

    def live(self, peer: str) -> Mapping[str, Any]:
        """Return what is so just now and stored nowhere: keys of the record of a conversation."""
        return {}

    def tell(self, outlet: Outlet) -> None:
        """Send signals through `outlet` from now on."""

    async def meet(self, whom: Peer) -> None:
        """Find out of somebody what `permit` goes by, before something is said to them."""

    def permit(self, view: View, whom: Peer) -> None:
        """Raise why the user can say nothing in a conversation now; nothing is sent then."""

    async def compose(self, composition: Composition) -> None:
        """Add what an outgoing stanza shall carry: a stage of OUTBOUND.

        What can't be sent so, or may not be, raises why: it fails, and nothing of it is sent. Where
        that passes it waits, and is composed again (`core/passing.py`).
        """

    def send_again(self, ledger: Ledger, message: records.Message) -> bool:
        """Have a message go out again that failed, and return True, if that is one's business."""
        return False

    def read(self, ledger: Ledger, conversation_id: int, messages: list[int]) -> None:
        """Follow up on messages the user read, oldest first, in the same transaction."""

    def present(self) -> Iterable[Element]:
        """Return what our presence says because of it, to all who get it."""
        return ()

    def behaves(self, ledger: Ledger, conversation_id: int, behaviour: Behaviour) -> None:
        """Follow up on how the user wants a conversation to behave, in the same transaction."""

    def announce(self) -> None:
        """Tell how the user is to be seen from now on, where it is time to tell that."""

    def fetch_older(self, whom: Peer) -> Older | None:
        """Begin to fetch what is before the oldest message stored of a conversation.

        Return what lies there: `server` where it is asked now. None if it isn't one's business.
        """
        return None

    def fill_gap(self, whom: Peer, message_id: int) -> None:
        """Begin to fetch what may be missing before a message, if that is one's business."""

    def enter_room(self, room: str, nick: str, password: str) -> Awaitable[None] | None:
        """Return what ends when we are in a room, and raises why we aren't.

        Without a nick it is the usual one. None if entering rooms isn't one's business.
        """
        return None

    def leave_room(self, room: str) -> Awaitable[None] | None:
        """Return what ends when we leave a room; None if that isn't one's business."""
        return None

    def replaced(self, ledger: Ledger) -> None:
        """Forget what was known of the stream before; the new one knows nothing of it."""

    async def set_up(self, *, resumed: bool) -> None:
        """Do what is due on a stream: a step of SETUP.

        What it asks of the server may stay unanswered: others don't wait long for it, and
        `Home.missing` says so.
        """

    def offline(self) -> None:
        """Take note that the stream is gone."""

    async def removed(self) -> None:
        """Leave nothing outside of the store: the profile is removed now, and offline already."""
