"""The contacts: who asks to see us, who is there, who is not."""

from backendd.api.records import Contact, Request
from primitivus.widgets.cells import Row, Segment, fill, fit, single_line
from primitivus.widgets.scene import Scene


def draw(scene: Scene, columns: int, height: int) -> list[Row]:
    """Return `height` rows, scrolled so that the selected contact shows."""
    state = scene.state
    online = sum(1 for each in state.roster.listed() if each.show)
    title: Row = (("pane.title", fit(f" Contacts {online}/{len(state.roster)}", columns)),)
    entries: list[tuple[str, Row]] = []
    for jid in state.listed_contacts():
        request = state.roster.requests.get(jid)
        contact = state.roster.get(jid)
        if request is not None:
            rows = _request(scene, request, columns)
        elif contact is not None:
            rows = _contact(scene, contact, columns)
        else:
            continue
        entries += [(jid, row) for row in rows]
    room = max(0, height - 1)
    start = _start(entries, state.view.listed_contact, room)
    rows = [title, *(row for _, row in entries[start : start + room])]
    if not entries and room:
        hidden = ("all are offline, hidden:", ":offline-contacts")
        said = hidden if len(state.roster) else (":add ADDRESS adds one",)
        for text in said:
            rows.append((("message.info", fit(f" {text}", columns, scene.symbols.ellipsis)),))
    return [fill(row, columns, "list") for row in (*rows, *[()] * height)][:height]


def _start(entries: list[tuple[str, Row]], marked: str, room: int) -> int:
    places = [i for i, (jid, _) in enumerate(entries) if jid == marked]
    if not places or places[-1] < room:
        return 0
    return places[-1] - room + 1


def _request(scene: Scene, request: Request, columns: int) -> list[Row]:
    style = _marked(scene, request.jid) or "list.mention"
    rows: list[Row] = [((style, fit(f" ? {request.jid}", columns, scene.symbols.ellipsis)),)]
    if request.text:
        said = f"   {single_line(request.text)}"
        rows.append((("bar.status", fit(said, columns, scene.symbols.ellipsis)),))
    rows.append((("message.info", fit("   :accept or :deny", columns, scene.symbols.ellipsis)),))
    return rows


def _contact(scene: Scene, contact: Contact, columns: int) -> list[Row]:
    marked = _marked(scene, contact.jid)
    presence, sign = scene.presence(contact.show)
    style = marked or ("list" if contact.show else "list.muted")
    name = single_line(scene.state.roster.name(contact.jid))
    if contact.ask or contact.subscription not in ("to", "both"):
        name += " (asked)" if contact.ask else ""
    first: list[Segment] = [(style, " "), (marked or presence, sign)]
    first.append((style, fit(f" {name}", columns - 1 - len(sign), scene.symbols.ellipsis)))
    rows: list[Row] = [tuple(first)]
    view = scene.state.view
    if view.statuses and contact.status:
        said = f"   {single_line(contact.status)}"
        rows.append((("list.muted", fit(said, columns, scene.symbols.ellipsis)),))
    if view.resources:
        for each in contact.resources:
            text = f"   {each.resource} {each.show or 'online'} {each.priority}"
            fitted = fit(single_line(text), columns, scene.symbols.ellipsis)
            rows.append((("list.muted", fitted),))
    return rows


def _marked(scene: Scene, jid: str) -> str:
    view = scene.state.view
    if view.focus != "contacts" or view.listed_contact != jid:
        return ""
    return "list.selected.focused"
