"""The part that leads through commands, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.commands.bus import CommandsMembers
from backendd.features.commands.service import CommandsPart
from backendd.session.feature import Feature
from backendd.session.home import Home


class ServedCommands(CommandsPart):
    """Commands, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = CommandsMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.SERVICES: self._members}


FEATURE = Feature("commands", ServedCommands)
