"""What waits for an answer of the user, as the backend tells it: what all its kinds share."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar, cast

from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.questions.asked import Asked
from primitivus.model.questions.questions import announce
from primitivus.model.questions.unanswered import Record, Unanswered

Calls = TypeVar("Calls")
Kept = TypeVar("Kept", bound=Unanswered)  # type: ignore[type-arg]  # of whichever record


class UnansweredPart(Part, Generic[Calls, Record, Kept]):
    """Keeps what of a kind waits in an account, and says what is new; `calls` is the interface.

    `signal` tells what came and what is gone, `record` is what is told.
    """

    contract: ClassVar[type]
    signal: ClassVar[tuple[str, str]]
    record: ClassVar[type]
    question: ClassVar[type[Asked]]  # type: ignore[type-arg]  # of that record

    def __init__(self, access: Access) -> None:
        self.calls: Calls = access.interface(self.contract)
        self._state = access.state
        self._account = access.account

    @property
    def known(self) -> Kept:
        """Return what is known of them."""
        return cast("Kept", self._account.of(self.question.kept))

    async def listed(self) -> Sequence[Record]:
        """Return those that the backend has."""
        raise NotImplementedError

    def signals(self) -> Handlers:
        return {self.signal: self._changed}

    async def fetch(self) -> None:
        self.known.expect()
        self.known.reset(await self.listed())
        self._state.changed(Area.REQUESTS)

    def forget(self) -> None:
        self.known.reset(())

    def _changed(self, records: Iterable[Mapping[str, Any]], gone: Iterable[str]) -> None:
        ids = list(gone)
        fresh = self.known.merge((from_wire(self.record, each) for each in records), ids)
        self._state.changed(Area.REQUESTS)
        for id in ids:
            self._state.settle(self.question.about_id(id), self._account)
        announce(self._state, [self.question.of(self._account, each) for each in fresh])
