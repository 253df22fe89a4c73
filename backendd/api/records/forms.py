"""Data forms (XEP-0004), wherever one appears."""

from backendd.api.records.record import Record, key


class FormOption(Record):
    """A value of a list, and what it is called."""

    label: str = key("s", "")
    value: str = key("s", "")


class FormMedia(Record):
    """Where a picture or sound is that belongs to a field (XEP-0221)."""

    uri: str = key("s", "")
    mime: str = key("s", "")


class FormRule(Record):
    """What the values of a field must be (XEP-0122)."""

    datatype: str = key("s", "")
    open: bool = key("b", False)
    min: str = key("s", "")
    max: str = key("s", "")
    regex: str = key("s", "")
    fewest: int = key("u", 0)
    many: int = key("u", 0)


class FormField(Record):
    """A field: what it holds, and what may be put into it."""

    var: str = key("s", "")
    type: str = key("s", "")
    label: str = key("s", "")
    description: str = key("s", "")
    required: bool = key("b", False)
    values: list[str] = key("as", [])
    options: list[FormOption] = key("aa{sv}", [])
    media: list[FormMedia] = key("aa{sv}", [])
    rule: FormRule | None = key("a{sv}", None)


class Form(Record):
    """A form to fill in, or what came of one: `reported` and `items` are the rows of a result."""

    id: str = key("s", "")
    title: str = key("s", "")
    instructions: list[str] = key("as", [])
    fields: list[FormField] = key("aa{sv}", [])
    reported: list[FormField] = key("aa{sv}", [])
    items: list[dict[str, list[str]]] = key("aa{sas}", [])
