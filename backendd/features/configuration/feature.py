"""The settings of the backend, told to all frontends."""

from backendd.features.configuration.bus import ConfigurationMembers
from backendd.session.backend import Backend, BackendPart
from backendd.session.feature import Feature


class Configured(BackendPart):
    """Knows with which settings the backend was started."""

    def __init__(self, backend: Backend) -> None:
        self._members = ConfigurationMembers(backend.config, backend.config_file)

    def members(self) -> object:
        return self._members


FEATURE = Feature("configuration", backend=Configured)
