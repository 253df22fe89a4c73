"""The part that knows how messages ask to be shown, with its options on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.appearance import stanza, store
from backendd.features.appearance.bus import AppearanceMembers
from backendd.features.appearance.model import Shown
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store.view import Contributor


class AppearancePart(Part):
    """Announces what is understood, and says of ours how they are to be shown."""

    disco_features = (stanza.SPOILER, stanza.STYLING)

    def __init__(self, home: Home) -> None:
        self._home = home

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: AppearanceMembers()}

    async def compose(self, composition: Composition) -> None:
        message_id = composition.says
        if message_id is None or not self._home.store.may_have(store.TABLE):
            return
        asked = await self._home.store.read(lambda view: store.of(view, message_id))
        if asked is not None:
            composition.stanza.extend(stanza.encode(asked))


FEATURE = Feature(
    "appearance",
    AppearancePart,
    contributors=(Contributor(Shown, store.TABLE, store.load, repeats=True, fold=store.fold),),
)
