"""The part that knows pictures, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names, records
from backendd.features.avatars import inbound, stanza, store
from backendd.features.avatars.bus import AvatarMembers, OwnAvatarMembers
from backendd.features.avatars.service import Avatars
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.store.view import Contributor


class ServedAvatars(Avatars):
    """Pictures, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = AvatarMembers(home, self)
        self._own_members = OwnAvatarMembers(self)
        home.pubsub.events.on_items(stanza.METADATA, inbound.take)

    def interfaces(self) -> Mapping[str, object]:
        return {names.ROSTER: self._members, names.SERVICES: self._own_members}


FEATURE = Feature(
    "avatars",
    ServedAvatars,
    contributors=(Contributor(store.Pictured, store.TABLE, store.contributed, to=records.Contact),),
)
