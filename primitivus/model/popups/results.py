"""What came of a form: its fields as lines, its rows as a table to choose from."""

from collections.abc import Iterator, Sequence

from backendd.api.records import Form, FormField
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.popups.popup import Overlay
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

# No column is wider than this, so that the others show as well.
_WIDEST = 40


def result(title: str, form: Form, notes: Sequence[str] = ()) -> Overlay | Listing:
    """Return the popup that shows it; Enter on a row that has an address goes to that."""
    lines = [*notes, *form.instructions, *_fields(form)]
    if not form.items:
        shown = [(("popup", line),) for text in lines for line in text.split("\n")]
        return Overlay(form.title or title, tuple(shown))
    told = tuple(Entry((("popup", line),)) for line in lines)
    columns = form.reported or _columns(form)
    table = Part(_line(columns, form, [each.label or each.var for each in columns]), _rows(form))
    parts = (Part("", told), table) if told else (table,)
    return Listing(form.title or title, parts, tr("type to narrow down, Enter opens a chat"))


def _fields(form: Form) -> Iterator[str]:
    for each in form.fields:
        if each.type == "hidden":
            continue
        said = "\n".join(each.values) if each.type == "fixed" else ", ".join(each.values)
        yield f"{each.label or each.var}: {said}" if each.label or each.var else said


def _columns(form: Form) -> list[FormField]:
    return [FormField(var=var) for var in dict.fromkeys(var for row in form.items for var in row)]


def _rows(form: Form) -> tuple[Entry, ...]:
    columns = form.reported or _columns(form)
    addresses = [each.var for each in columns if each.type == "jid-single" or each.var == "jid"]
    entries = []
    for row in form.items:
        cells = [_cell(row, each.var) for each in columns]
        address = next((row[var][0] for var in addresses if row.get(var)), "")
        run = f"chat {quote(address)}" if address else ""
        entries.append(Entry((("popup", _line(columns, form, cells)),), run))
    return tuple(entries)


def _cell(row: dict[str, list[str]], var: str) -> str:
    return ", ".join(row.get(var, ())).replace("\n", " ")


def _line(columns: Sequence[FormField], form: Form, cells: Sequence[str]) -> str:
    """Return cells one below the other's, but the last as long as it is."""
    *others, last = zip(cells, columns, strict=True)
    padded = [_padded(cell, _width(form, column)) for cell, column in others]
    return "  ".join([*padded, last[0]])


def _padded(cell: str, width: int) -> str:
    return f"{cell[:width]:<{width}}"


def _width(form: Form, column: FormField) -> int:
    cells = (len(_cell(row, column.var)) for row in form.items)
    return min(_WIDEST, max(len(column.label or column.var), *cells))
