"""The part that knows nicknames, and what it adds to contacts."""

from backendd.api import records
from backendd.features.nicknames import inbound, stanza, store
from backendd.features.nicknames.service import Nicknames
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.store.view import Contributor


def _start(home: Home) -> Nicknames:
    home.pubsub.events.on_items(stanza.NODE, inbound.take)
    return Nicknames(home)


FEATURE = Feature(
    "nicknames",
    _start,
    contributors=(Contributor(store.Called, store.TABLE, store.contributed, to=records.Contact),),
)
