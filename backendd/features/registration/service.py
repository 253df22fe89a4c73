"""Registering with services, as with a gateway."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from backendd.api import records
from backendd.api.errors import FormRejected, NotAllowed, ServerError
from backendd.core import jid, registration
from backendd.core.asked import Asked
from backendd.core.form_records import to_record
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger

PATIENCE_S = 18.0
MOST = 20
"""Services whose question is kept for the answer."""

REFUSED = frozenset({"bad-request", "conflict", "not-acceptable"})
"""What speaks against the values that were given, not against registering."""


class RegistrationPart(Part):
    """Asks services what they want to know, and tells them."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._asked: dict[str, Asked] = {}

    def replaced(self, ledger: Ledger) -> None:
        self._asked.clear()

    async def form(self, address: str) -> records.Form:
        """Return what a service asks for, filled in as one is registered already."""
        return to_record((await self._ask(self._service(address))).form)

    async def register(
        self, address: str, values: Mapping[str, Sequence[str]], *, remove: bool
    ) -> None:
        """Register with a service, or change or end that."""
        whom = self._service(address)
        if remove:
            await self._set(whom, registration.remove())
            return
        asked = self._asked.get(whom) or await self._ask(whom)
        try:
            await self._set(whom, registration.submit(asked, values))
        except ServerError as error:
            raise rejected(error) from error
        self._asked.pop(whom, None)

    async def _ask(self, whom: str) -> Asked:
        question = registration.ask()
        answer = await self._home.stream.request("get", whom, question, timeout=PATIENCE_S)
        if len(self._asked) >= MOST:
            del self._asked[next(iter(self._asked))]
        self._home.bits.keep(whom, answer)
        self._asked[whom] = asked = registration.decode(answer)
        return asked

    async def _set(self, whom: str, payload: Element) -> None:
        await self._home.stream.request("set", whom, payload, timeout=PATIENCE_S)

    def _service(self, address: str) -> str:
        whom = jid.parse(address).full
        if whom in (self._home.account_jid.domain, self._home.own):
            raise NotAllowed(
                f"your account on {jid.shown(self._home.account_jid.domain)} is registered "
                "already; its password can be changed, and the account removed"
            )
        return whom


def rejected(error: ServerError) -> Exception:
    """Return the error for callers where values were refused, else the same."""
    if error.condition == "conflict":
        return FormRejected(f"username: this name is taken already ({error})")
    return FormRejected(str(error)) if error.condition in REFUSED else error
