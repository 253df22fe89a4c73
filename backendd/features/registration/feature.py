"""The parts that register, with their members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.registration.bus import RegistrarMembers, RegistrationMembers
from backendd.features.registration.service import RegistrationPart
from backendd.session.feature import Feature
from backendd.session.home import Home


class ServedRegistration(RegistrationPart):
    """Registering, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = RegistrationMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.SERVICES: self._members}


FEATURE = Feature("registration", ServedRegistration, backend=RegistrarMembers)
