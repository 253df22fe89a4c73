"""The part that knows invitations, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.invitations import inbound
from backendd.features.invitations.bus import InvitationsMembers
from backendd.features.invitations.model import KIND
from backendd.features.invitations.service import Invitations
from backendd.features.invitations.signals import InvitationsSignals
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet
from backendd.store.ledger import Owner


class ServedInvitations(Invitations):
    """`Invitations`, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = InvitationsMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.ROOMS: self._members}

    def tell(self, outlet: Outlet) -> None:
        InvitationsSignals(self._home, outlet)


FEATURE = Feature("invitations", ServedInvitations, owns={KIND: Owner(failed=inbound.failed)})
