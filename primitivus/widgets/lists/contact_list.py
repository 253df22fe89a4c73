"""The contacts: who asks to see us, who is there, who is not."""

from collections.abc import Sequence

from backendd.api.records import Contact, Request
from backendd.api.tuples import NamedTuple
from primitivus.model.accounts.account import Account
from primitivus.model.panes.places import ContactsPane
from primitivus.model.place import Place
from primitivus.model.roster.arrangement import Group
from primitivus.model.screen.touch import Choice
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.headings import heading_at, settled
from primitivus.model.wording.address import with_meaning
from primitivus.model.wording.terms import term
from primitivus.sentences import tr
from primitivus.widgets import accounts
from primitivus.widgets.drawing.cells import Row, clip, fill, fit, single_line, width
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.pointing import pointed
from primitivus.widgets.scene import Scene

# From this room beside the name on, groups show.
GROUPS_FROM = 5


def draw(scene: Scene, pane: ContactsPane, columns: int, height: int) -> list[Row]:
    """Return `height` rows, scrolled so that the selected contact shows."""
    state = scene.state
    rosters = [account.roster for account in state.accounts.opened()]
    contacts = sum(map(len, rosters))
    places = pane.entries()
    room = max(0, height - 1)
    shown, beyond = _shown(scene, places, columns, room)
    said = tr("Contacts {online}{contacts}", online=_online(scene), contacts=contacts)
    if pane.wanted:
        found, name = len({each._replace(group="") for each in places if each.peer}), pane.wanted
        said = tr(
            '{found}/{count} with "{name}"', found=found, count=contacts, name=single_line(name)
        )
    title = scene.title(
        said,
        columns,
        is_focused=state.focus == "contacts",
        beyond=beyond,
    )
    rows = [title, *shown]
    if not places and room:
        hidden = (tr("all are offline, hidden:"), ":offline-contacts")
        why = hidden if contacts else (tr(":add ADDRESS adds one"),)
        for text in (tr("nobody; Esc shows all"),) if pane.wanted else why:
            rows.append((("message.info", fit(f" {text}", columns, scene.symbols.ellipsis)),))
    return [fill(row, columns, "list") for row in (*rows, *[()] * height)][:height]


def _online(scene: Scene) -> str:
    """Return how many of all are online, as it stands before their number, if anybody knows."""
    heard = list(filter(scene.hears_of_others, scene.state.accounts.opened()))
    return f"{sum(each.roster.arranged.all.online for each in heard)}/" if heard else ""


def _shown(
    scene: Scene, places: Sequence[Place], columns: int, room: int
) -> tuple[list[Row], Beyond]:
    """Return the rows of those contacts that fit, under the heading of the first of them."""
    start, end, rows, cut = _fitting(scene, places, columns, room)
    contacts = scene.state.layout.contacts
    among = [each._replace(peer="") for each in places[start : start + 1]]
    at = heading_at(places, start, room, _is_heading, among)
    if at >= 0 and (contacts.first in places or places[start] != contacts.marked):
        hidden = places[start]
        above = _entry(scene, places[at], columns, hidden)
        rows = rows[len(_entry(scene, hidden, columns)) - cut :]
        if settled(places, start, room, _is_heading, among) == start:
            rows = [*above, *rows]
        while end < len(places) and len(rows) < room:
            rows += _entry(scene, places[end], columns)
            end += 1
    return rows[:room], Beyond(start, len(places) - end)


class _Stretch(NamedTuple):
    """The rows of the contacts from `start` to `end`, but for so many first ones that are cut."""

    start: int
    end: int
    rows: list[Row]
    cut: int = 0


def _fitting(scene: Scene, places: Sequence[Place], columns: int, room: int) -> _Stretch:
    """Return the first contacts, or those up to the marked one; the last may not show whole.

    The others are not laid out: there may be thousands.
    """
    contacts = scene.state.layout.contacts
    if contacts.first in places:
        return _from(scene, places, places.index(contacts.first), columns, room)
    marked = contacts.marked
    is_marked_shown = marked not in places
    rows: list[Row] = []
    end = 0
    while end < len(places) and len(rows) < room:
        rows += _entry(scene, places[end], columns)
        is_marked_shown |= places[end] == marked and len(rows) <= room
        end += 1
    if is_marked_shown:
        return _Stretch(0, end, rows)
    return _up_to(scene, places, places.index(marked) + 1, columns, room)


def _up_to(scene: Scene, places: Sequence[Place], end: int, columns: int, room: int) -> _Stretch:
    """Return the last of those contacts up to `end` that fit."""
    start, rows = end, list[Row]()
    while start and len(rows) < room:
        start -= 1
        rows = [*_entry(scene, places[start], columns), *rows]
    cut = max(0, len(rows) - room)
    return _Stretch(start, end, rows[cut:], cut)


def _from(scene: Scene, places: Sequence[Place], start: int, columns: int, room: int) -> _Stretch:
    """Return the contacts from one on; where they are too few, the last that fit."""
    end, rows = start, list[Row]()
    while end < len(places) and len(rows) < room:
        rows += _entry(scene, places[end], columns)
        end += 1
    if len(rows) < room:
        return _up_to(scene, places, len(places), columns, room)
    return _Stretch(start, end, rows)


def _is_heading(place: Place) -> bool:
    return not place.peer


def _entry(scene: Scene, place: Place, columns: int, hides: Place | None = None) -> list[Row]:
    """Return the rows of an entry, a heading also in place of what it `hides`."""
    rows = _rows(scene, place, columns)
    if rows and _marked(scene, place):
        rows = [pointed(scene, rows[0]), *rows[1:]]
    # What stands above others is folded or unfolded at once.
    chosen = Choice(place, "fold" if place.group and not place.peer else "", hides=hides)
    return [row_of(chosen, row) for row in rows]


def _rows(scene: Scene, place: Place, columns: int) -> list[Row]:
    """Return the rows of a contact, of somebody who asks, or of both in one."""
    if place.group and not place.peer:
        return [_heading(scene, place, columns)]
    if not place.peer:
        return [accounts.heading(scene, place, columns, marked=_marked(scene, place))]
    roster = scene.state.at(place).roster
    request, contact = roster.requests.get(place.peer), roster.get(place.peer)
    rows = _contact(scene, place, contact, columns) if contact is not None else []
    if request is not None:
        rows += _request(scene, place, request, columns, is_contact=contact is not None)
    return rows


def _heading(scene: Scene, place: Place, columns: int) -> Row:
    """Return the row above the contacts in a group: whether it is folded, and who is online."""
    account = scene.state.at(place)
    members = account.roster.arranged.groups.get(place.group, Group())
    contacts = scene.state.layout.contacts
    is_folded = place.group in account.contacts.folded and not contacts.wanted
    sign = scene.symbols.focus if is_folded else scene.symbols.below
    online = f"{members.online}/" if scene.hears_of_others(account) else ""
    text = f"{sign} {single_line(place.group)} {online}{len(members)}"
    style = _marked(scene, place) or "list.group"
    return ((style, fit(text, columns, scene.symbols.ellipsis)),)


def _request(
    scene: Scene, place: Place, request: Request, columns: int, *, is_contact: bool
) -> list[Row]:
    style = _marked(scene, place) or "list.mention"
    who = tr("asks to see you") if is_contact else single_line(with_meaning(request.jid))
    # Behind the address, for anybody may say to be called anything.
    who += f' "{single_line(request.nickname)}"' if request.nickname else ""
    rows: list[Row] = [((style, fit(f" ? {who}", columns, scene.symbols.ellipsis)),)]
    if request.text:
        said = f"   {single_line(request.text)}"
        rows.append((("bar.status", fit(said, columns, scene.symbols.ellipsis)),))
    how = tr(":accept or :deny")
    wrapped = wrap_runs(how, [("message.info", len(how))], max(4, columns - 3))
    return [*rows, *(fill((("message.info", "   "), *row), columns) for row in wrapped)]


def _contact(scene: Scene, place: Place, contact: Contact, columns: int) -> list[Row]:
    marked = _marked(scene, place)
    account = scene.state.at(place)
    is_heard = scene.hears_of_others(account)
    presence, sign = scene.presence_in(account, contact.show)
    style = marked or ("list" if contact.show and is_heard else "list.muted")
    name = single_line(account.label(contact.jid)) + _note(scene, account, contact)
    room = max(1, columns - 1 - width(sign))
    named = clip(f" {name}", room, scene.symbols.ellipsis)
    grouped = Contact() if place.group else contact  # its heading says it
    groups = _groups(grouped, room - width(named), scene.symbols.ellipsis)
    last = (marked or "list.muted", groups) if groups else (style, fit("", room - width(named)))
    rows: list[Row] = [((style, " "), (marked or presence, sign), (style, named), last)]
    settings = scene.settings
    if settings.statuses and contact.status and is_heard:
        said = f"   {single_line(contact.status)}"
        rows.append((("list.muted", fit(said, columns, scene.symbols.ellipsis)),))
    if settings.resources and is_heard:
        for each in contact.resources:
            text = f"   {each.resource} {term(each.show or 'online')} {each.priority}"
            fitted = fit(single_line(text), columns, scene.symbols.ellipsis)
            rows.append((("list.muted", fitted),))
    return rows


def _note(scene: Scene, account: Account, contact: Contact) -> str:
    """Return what stands behind the name of a contact."""
    if account.blocked.entry(contact.jid):
        return " " + tr("(blocked)")
    blog = f" {scene.symbols.blog}" if contact.more.get("blog") else ""
    return tr("{blog} (asked)", blog=blog) if contact.ask else blog


def _groups(contact: Contact, room: int, ellipsis: str) -> str:
    """Return the groups of a contact, sorted, where there is room for something of them."""
    if not contact.groups or room < GROUPS_FROM:
        return ""
    said = ", ".join(sorted((single_line(each) for each in contact.groups), key=str.casefold))
    return "  " + fit(said, room - 2, ellipsis)


def _marked(scene: Scene, place: Place) -> str:
    state = scene.state
    if state.focus != "contacts" or state.layout.contacts.marked != place:
        return ""
    return "list.selected.focused"
