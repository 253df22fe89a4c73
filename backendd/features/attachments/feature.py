"""The part that has our messages tell of their files, and the key of the records."""

from backendd.core import sharing, xml
from backendd.features.attachments import inbound, store
from backendd.features.attachments.model import KIND, Attached
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store import attachments
from backendd.store.ledger import Owner
from backendd.store.view import Contributor


class AttachmentsPart(Part):
    """Announces what is understood, and has ours tell of their files."""

    disco_features = (xml.LINK, sharing.SHARING, sharing.MEDIA)

    def __init__(self, home: Home) -> None:
        self._home = home

    async def compose(self, composition: Composition) -> None:
        message_id = composition.says
        if message_id is None or not self._home.store.may_have(attachments.TABLE):
            return
        files = await self._home.store.read(lambda view: attachments.of(view, message_id))
        sharing.put(composition.stanza, files)


FEATURE = Feature(
    "attachments",
    AttachmentsPart,
    contributors=(
        Contributor(Attached, attachments.TABLE, store.load, repeats=True, of_text=True),
    ),
    owns={KIND: Owner(inbound.apply, takes="author", names="either")},
)
