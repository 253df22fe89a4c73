"""What the Roster interface tells."""

from collections.abc import Callable, Sequence

from backendd.api import names, records
from backendd.bus.coalesce import Burst
from backendd.core.contacts import ContactsChanged, OwnClientsChanged, RequestsChanged
from backendd.session.home import Home
from backendd.session.part import Outlet

Others = Callable[[Sequence[records.Resource]], Sequence[records.Resource]]
"""Leaves out of our own clients the one that we are."""


class RosterSignals:
    """Turns what is stored of one profile's contacts into signals."""

    def __init__(self, home: Home, outlet: Outlet, others: Others) -> None:
        self._emit = outlet.emit
        self._others = others
        self._contacts: Burst[records.Contact] = Burst(
            self._tell_contacts, key=lambda contact: contact.jid, is_clear=outlet.is_clear
        )
        home.events.subscribe(ContactsChanged, self._on_contacts)
        home.events.subscribe(RequestsChanged, self._on_requests)
        home.events.subscribe(OwnClientsChanged, self._on_own_clients)

    def _on_contacts(self, event: ContactsChanged) -> None:
        self._contacts.add(*event.contacts)
        if event.gone:
            self._contacts.flush()
            self._emit(names.ROSTER, "Removed", list(event.gone))

    def _on_requests(self, event: RequestsChanged) -> None:
        self._emit(names.ROSTER, "RequestsChanged", list(event.requests), list(event.gone))

    def _on_own_clients(self, event: OwnClientsChanged) -> None:
        self._emit(names.ROSTER, "ResourcesChanged", list(self._others(event.clients)))

    def _tell_contacts(self, contacts: Sequence[records.Contact]) -> None:
        self._emit(names.ROSTER, "Changed", list(contacts))
