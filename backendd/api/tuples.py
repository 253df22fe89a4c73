"""Named tuples, made without compiling code for each at each start.

They are what those of `typing` are, and mypy takes them for those. But `typing` has a `__new__`
written as text and compiled for each class, which makes it six times as dear, and here are three
hundred. It is that of any other with as many fields, but for their names: so one is compiled for
each number of fields, and each class gets a copy with its own names.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from backendd.api.annotations import annotations

__all__ = ["NamedTuple"]


class _Named(tuple[Any, ...]):
    """What all of them share; what else they have depends on how many fields there are."""

    __slots__ = ()

    if TYPE_CHECKING:
        _fields: ClassVar[tuple[str, ...]]

        @classmethod
        def _make(cls, values: Iterable[object]) -> Self: ...

    def _replace(self, /, **changes: object) -> Self:
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"{type(self).__name__} has no place for {', '.join(changes)}")
        return made

    __replace__ = _replace

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({said})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


class _Kind(type):
    """Makes a class of what is annotated in it; that is a class as any other then."""

    def __new__(cls, name: str, _: tuple[type, ...], namespace: dict[str, Any]) -> type:
        fields = tuple(annotations(namespace))
        defaults = {each: namespace[each] for each in fields if each in namespace}
        if tuple(defaults) != fields[len(fields) - len(defaults) :]:
            raise TypeError(f"{name} needs a field behind one that it doesn't need")
        pattern = vars(_pattern(len(fields)))
        getters = dict(zip(fields, map(pattern.get, pattern["_fields"]), strict=True))
        own = {
            "__slots__": (),
            "__match_args__": fields,
            "__new__": _new(pattern["__new__"].__func__, name, fields, tuple(defaults.values())),
            "_make": pattern["_make"],
            "_fields": fields,
            "_field_defaults": defaults,
        }
        return type(name, (_Named,), namespace | getters | own)


@cache
def _pattern(count: int) -> type[tuple[Any, ...]]:
    """Return a class of so many fields, whatever they are called."""
    return namedtuple("_Pattern", [f"f{place}" for place in range(count)])


def _new(
    pattern: Callable[..., Any], name: str, fields: tuple[str, ...], defaults: tuple[object, ...]
) -> Callable[..., Any]:
    """Return a `__new__` with the names of these fields."""
    code = pattern.__code__.replace(
        co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__"
    )
    return FunctionType(code, pattern.__globals__, "__new__", defaults)


if TYPE_CHECKING:
    from typing import NamedTuple
else:
    NamedTuple = type.__new__(_Kind, "NamedTuple", (), {})
