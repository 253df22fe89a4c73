"""Commands and Execute, of the Services interface."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.words import CommandAction
from backendd.features.commands.service import CommandsPart


class CommandsMembers:
    """What callers see of ad-hoc commands."""

    def __init__(self, service: CommandsPart) -> None:
        self._commands = service

    async def commands(self, jid: str) -> Sequence[records.Item]:
        return await self._commands.list(jid)

    async def execute(
        self,
        jid: str,
        node: str,
        session: str,
        action: CommandAction,
        values: dict[str, list[str]],
    ) -> records.Execution:
        return await self._commands.execute(jid, node, session, action, values)
