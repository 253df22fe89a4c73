"""What a form is filled in with."""

from jp.kinds.kind import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class Answer(Kind, tuple[str, str]):
    """`FIELD=VALUE`: the name of a field, and one of its values."""

    __slots__ = ()

    metavar = "FIELD=VALUE"
    doc = "a field of the form and what it holds; more than once for a field of several values"

    @classmethod
    def read(cls, text: str) -> "Self":
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise ValueError("is not of the form FIELD=VALUE")
        return cls((name, value))
