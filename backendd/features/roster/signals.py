"""What the Roster interface tells."""

from collections.abc import Sequence

from backendd.api import names, records
from backendd.bus.coalesce import Burst
from backendd.core.contacts import ContactsChanged, RequestsChanged
from backendd.session.home import Home
from backendd.session.part import Outlet


class RosterSignals:
    """Turns what is stored of one profile's contacts into signals."""

    def __init__(self, home: Home, outlet: Outlet) -> None:
        self._emit = outlet.emit
        self._contacts: Burst[records.Contact] = Burst(
            self._tell_contacts, key=lambda contact: contact.jid, is_clear=outlet.is_clear
        )
        home.events.subscribe(ContactsChanged, self._on_contacts)
        home.events.subscribe(RequestsChanged, self._on_requests)

    def _on_contacts(self, event: ContactsChanged) -> None:
        self._contacts.add(*event.contacts)
        if event.gone:
            self._contacts.flush()
            self._emit(names.ROSTER, "Removed", list(event.gone))

    def _on_requests(self, event: RequestsChanged) -> None:
        self._emit(names.ROSTER, "RequestsChanged", list(event.requests), list(event.gone))

    def _tell_contacts(self, contacts: Sequence[records.Contact]) -> None:
        self._emit(names.ROSTER, "Changed", list(contacts))
