"""Searching for people in the directory of a server."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.errors import FormRejected, NotSupported, ServerError
from backendd.core import asked as questions
from backendd.core import jid
from backendd.core.asked import Asked
from backendd.core.disco import Info
from backendd.core.form_records import to_record
from backendd.features.directories import stanza
from backendd.session import services
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger

PATIENCE_S = 18.0
MOST = 20
"""Directories whose question is kept for the answer."""


class DirectoriesPart(Part):
    """Finds the directory of the server, and asks it; an empty address is that one."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._asked: dict[str, Asked] = {}
        self._own = ""

    def replaced(self, ledger: Ledger) -> None:
        self._asked.clear()
        self._own = ""

    async def form(self, address: str) -> records.Form:
        """Return by what a directory can be searched."""
        return to_record((await self._ask(await self._directory(address))).form)

    async def search(self, address: str, values: Mapping[str, Sequence[str]]) -> records.Form:
        """Return who fits: their rows, and what these have."""
        whom = await self._directory(address)
        asked = self._asked.get(whom) or await self._ask(whom)
        question = questions.submit(asked, values, stanza.SEARCH)
        try:
            answer = await self._home.stream.request("set", whom, question, timeout=PATIENCE_S)
        except ServerError as error:
            if error.type == "modify":
                raise FormRejected(str(error)) from error
            raise
        return to_record(stanza.decode_found(answer))

    async def _ask(self, whom: str) -> Asked:
        answer = await self._home.stream.request("get", whom, stanza.ask(), timeout=PATIENCE_S)
        if len(self._asked) >= MOST:
            del self._asked[next(iter(self._asked))]
        self._asked[whom] = asked = stanza.decode(answer)
        return asked

    async def _directory(self, address: str) -> str:
        if address:
            return jid.parse(address).full
        if not self._own:
            self._own = await self._find()
        return self._own

    async def _find(self) -> str:
        """Return the directory among the services of the server; NotSupported."""
        found = await services.find(self._home, _is_one)
        if not found:
            domain = self._home.account_jid.domain
            raise NotSupported(f"{domain} has no directory to search; name one of another server")
        return found


def _is_one(info: Info) -> bool:
    is_for_rooms = any(each.category == "conference" for each in info.identities)
    return stanza.SEARCH in info.features and not is_for_rooms
