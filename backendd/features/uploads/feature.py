"""The part that sends files by way of the server."""

from collections.abc import Mapping

from backendd.api import names, records
from backendd.features.uploads.albums import Albums
from backendd.features.uploads.bus import UploadMembers
from backendd.features.uploads.service import Uploads
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet, Part
from backendd.store.ledger import Ledger


class UploadsPart(Part):
    """Has files go by way of the server, and their messages go again with them."""

    def __init__(self, home: Home) -> None:
        self._uploads = Uploads(home)
        albums = Albums(home, self._uploads)
        self._members = UploadMembers(home, self._uploads.places, albums)

    def interfaces(self) -> Mapping[str, object]:
        return {names.FILES: self._members}

    def tell(self, outlet: Outlet) -> None:
        self._uploads.places.when_found = lambda: outlet.changed(names.FILES, "MaxUploadSize")

    def replaced(self, ledger: Ledger) -> None:
        self._uploads.places.forget()

    def send_again(self, ledger: Ledger, message: records.Message) -> bool:
        return self._uploads.send_again(ledger, message)


FEATURE = Feature("uploads", UploadsPart)
