"""What a service says of a node to whoever asks (XEP-0060 5.4)."""

from backendd.api import text
from backendd.api.values import Value
from backendd.core import access
from backendd.core.disco import Info

METADATA = "http://jabber.org/protocol/pubsub#meta-data"

_LINE, _LINES = 200, 1000


class Metadata(Value):
    """What a node is called, what it is about, what is in it and whom it is for."""

    title: str = ""
    description: str = ""
    type: str = ""
    access: str = ""

    @classmethod
    def of(cls, info: Info) -> "Metadata":
        """Return what stands in an answer of service discovery; nothing where nothing does."""
        form = info.form(METADATA)
        if form is None:
            return cls()
        return cls(
            title=text.clean_line(form.value("pubsub#title"), limit=_LINE),
            description=text.clean_line(form.value("pubsub#description"), limit=_LINES),
            type=text.clean_line(form.value("pubsub#type"), limit=_LINE),
            access=text.clean_line(form.value(access.MODEL), limit=_LINE),
        )
