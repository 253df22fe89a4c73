"""An entity of a service, or a node of it: what is known of it, in lines one below the other."""

from collections.abc import Callable, Iterator, Sequence

from backendd.api.records import ExternalService, Form, FormField, Info, Item
from backendd.api.values import Mutable, Value, field
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr

COMMANDS = "http://jabber.org/protocol/commands"
SERVER_INFO = "http://jabber.org/network/serverinfo"
ROOM_INFO = "http://jabber.org/protocol/muc#roominfo"
# What can be done with who has a feature: the command, and what it does.
_DONE = {
    COMMANDS: ("command", tr("its commands")),
    "jabber:iq:register": ("register", tr("register there")),
    "jabber:iq:search": ("directory", tr("search for people")),
}
INTO, MORE, FEATURES = "services-into", "services-more", "services-features"


class Entry(Value):
    """A line of what is known: in what style, what Enter runs, and which item it is, if one."""

    style: str
    text: str
    run: str = ""
    item: Item | None = None


class Level(Mutable):
    """An entity, or a node of it, and what is known of it so far."""

    jid: str
    node: str = ""
    name: str = ""
    info: Info | None = None
    items: list[Item] = field(default_factory=list)
    external: Sequence[ExternalService] = ()
    # What is told beside an item, by its address; empty while that is asked for.
    details: dict[str, str] = field(default_factory=dict)
    next: str = ""
    error: str = ""
    # Whether it is the server of the account itself, with which one is registered.
    is_own: bool = False
    is_asked: bool = False
    is_loading: bool = False
    shows_features: bool = False
    selected: int = -1
    top: int = 0
    _entries: list[Entry] | None = None
    # The lines before something changed.
    _before: list[Entry] = field(default_factory=list)

    @property
    def shown_name(self) -> str:
        """Return what it is called in a path."""
        return self.name or self.node or self.jid

    @property
    def is_conference(self) -> bool:
        """Return whether what it has are rooms."""
        found = self.info.identities if self.info is not None else ()
        return any(each.category == "conference" for each in found) and "@" not in self.jid

    def changed(self) -> None:
        """Take note that something of it is different; the chosen line stays so."""
        self._before, self._entries = self._entries or self._before, None

    def entries(self, is_known: Callable[[str], bool]) -> list[Entry]:
        """Return its lines; `is_known` tells which commands there are."""
        if self._entries is None:
            self._entries = list(self._lines(is_known))
            chosen = self._before[self.selected : self.selected + 1] if self.selected >= 0 else []
            if chosen and chosen[0] in self._entries:
                self.selected = self._entries.index(chosen[0])
        return self._entries

    def _lines(self, is_known: Callable[[str], bool]) -> Iterator[Entry]:
        if self.error:
            yield Entry("message.error", self.error)
        if self.info is not None:
            yield from self._about(self.info)
            yield from self._deeds(self.info, is_known)
        yield from (_external(each) for each in self.external)
        for each in self.items:
            yield Entry("list", each.name or each.node or each.jid, INTO, each)
        if self.next:
            yield Entry("hint", tr("more of them"), MORE)
        if self.is_loading:
            yield Entry("hint", tr("asking"))
        elif self.is_asked and not self.items and not self.error:
            yield Entry("hint", tr("nothing more is there"))

    def _about(self, info: Info) -> Iterator[Entry]:
        for each in info.identities:
            yield Entry("message.info", f"{each.category} {each.type}  {each.name}".rstrip())
        for form in info.forms:
            yield from (Entry("message.info", line) for line in _told(form))
        if info.features:
            yield Entry("hint", ntr("{n} features", "{n} features", len(info.features)), FEATURES)
        if self.shows_features:
            yield from (Entry("message.info", f"  {each}") for each in info.features)

    def _deeds(self, info: Info, is_known: Callable[[str], bool]) -> Iterator[Entry]:
        if self.node:
            return
        is_room = any(each.category == "conference" for each in info.identities)
        if is_room and "@" in self.jid and is_known("join"):
            yield Entry("popup.key", tr("join this room"), f"join {quote(self.jid)}")
        for feature, (command, text) in _DONE.items():
            is_done = self.is_own and command == "register"
            if feature in info.features and is_known(command) and not is_done:
                yield Entry("popup.key", text, f"{command} {quote(self.jid)}")


def room_details(info: Info) -> str:
    """Return how many are in a room, and what it is for."""
    fields = {each.var: each.values for form in info.forms for each in form.fields}
    number = "".join(fields.get("muc#roominfo_occupants", [])[:1])
    many = ntr("{n} here", "{n} here", int(number)) if number.isdecimal() else ""
    about = "".join(fields.get("muc#roominfo_description", [])[:1])
    return "  ".join(filter(None, (many, about)))


def _told(form: Form) -> Iterator[str]:
    for each in form.fields:
        if each.type != "hidden" and any(each.values):
            yield f"{_label(form, each)}: {', '.join(each.values)}"


def _label(form: Form, field: FormField) -> str:
    is_address = form.id == SERVER_INFO and field.var.endswith("-addresses")
    return field.label or (field.var.removesuffix("-addresses") if is_address else field.var)


def _external(service: ExternalService) -> Entry:
    port = f":{service.port}" if service.port else ""
    words = (service.type, f"{service.host}{port}", service.transport, service.name)
    return Entry("message.info", " ".join(filter(None, words)))
