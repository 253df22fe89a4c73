"""A data form as values (XEP-0004): what its fields ask for (XEP-0122) and show (XEP-0221)."""

from collections.abc import Mapping
from typing import Literal

from backendd.api.values import Value

FORM_TYPE = "FORM_TYPE"

FormType = Literal["form", "submit", "result", "cancel"]
FieldType = Literal[
    "boolean", "fixed", "hidden", "jid-multi", "jid-single", "list-multi", "list-single",
    "text-multi", "text-private", "text-single",
]  # fmt: skip
MULTI: frozenset[FieldType] = frozenset({"jid-multi", "list-multi", "text-multi"})


class Choice(Value):
    """A value of a list, and what it is called."""

    value: str
    label: str = ""


class Media(Value):
    """A picture or sound to look at before answering: addresses by their media type."""

    uris: tuple[tuple[str, str], ...]  # (media type, address)
    width: int = 0
    height: int = 0


class Rule(Value):
    """What the values of a field must be (XEP-0122).

    `is_open`: a list takes what is not among its options as well. `least` and `most` bound a
    value of a number or a time, `fewest` and `many` how many values of a list there are.
    """

    datatype: str = "xs:string"
    is_open: bool = False
    least: str = ""
    most: str = ""
    regex: str = ""
    fewest: int = 0
    many: int | None = None


class Field(Value):
    """A field: what it is called, what it holds, and what may be put into it."""

    var: str
    type: FieldType = "text-single"
    label: str = ""
    description: str = ""
    is_required: bool = False
    values: tuple[str, ...] = ()
    options: tuple[Choice, ...] = ()
    media: Media | None = None
    rule: Rule | None = None


class Form(Value):
    """A form to fill in, or what came of one: `items` are the rows of a result."""

    type: FormType = "form"
    title: str = ""
    instructions: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    reported: tuple[Field, ...] = ()
    items: tuple[Mapping[str, tuple[str, ...]], ...] = ()

    @property
    def form_type(self) -> str:
        """What kind of form it is (XEP-0068), empty where it doesn't say."""
        return next((value for value in self.values(FORM_TYPE)), "")

    def values(self, var: str) -> tuple[str, ...]:
        """Return what the first field of this name holds."""
        return next((each.values for each in self.fields if each.var == var), ())

    def value(self, var: str) -> str:
        """Return the first value of a field, empty without one."""
        return next(iter(self.values(var)), "")

    def is_true(self, var: str) -> bool:
        """Return whether a boolean field says yes."""
        return is_true(self.value(var))


def is_true(value: str) -> bool:
    """Return what a boolean value means (XEP-0004 3.3)."""
    return value.strip() in ("1", "true")
