"""The part that knows corrections, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.corrections import inbound, store
from backendd.features.corrections.bus import CorrectionsMembers
from backendd.features.corrections.model import KIND, Edited
from backendd.features.corrections.service import CorrectionsPart
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.store.ledger import Owner
from backendd.store.view import Contributor


class ServedCorrections(CorrectionsPart):
    """Corrections, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = CorrectionsMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}


FEATURE = Feature(
    "corrections",
    ServedCorrections,
    contributors=(Contributor(Edited, store.TABLE, store.load, repeats=True),),
    owns={
        KIND: Owner(
            inbound.apply,
            takes="author",
            names="author",
            settled=store.settled,
            failed=inbound.failed,
            erased=store.erased,
        )
    },
)
