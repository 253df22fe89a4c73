"""The part that asks services, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.services.bus import ServicesMembers
from backendd.features.services.service import ServicesPart
from backendd.session.feature import Feature
from backendd.session.home import Home


class ServedServices(ServicesPart):
    """Services, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = ServicesMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.SERVICES: self._members}


FEATURE = Feature("services", ServedServices)
