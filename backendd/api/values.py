"""Classes of named fields: values, which stay as they are, and what is `Mutable`.

A value is equal to what holds the same, what may change to nothing but itself.

They are what dataclasses with slots are, for `fields`, `replace` and `asdict` as well, and `field`
says what is special about a field, of which here are defaults, what is given by name alone, and
what `repr` leaves out; `__post_init__` looks at what was given. But `dataclass` writes code for
each class and compiles it at each start, about a ms for each, and here are two hundred. So only a
class of which many are made gets an `__init__` of its own, which takes a third of the time.
"""

from collections.abc import Callable, Mapping
from dataclasses import _FIELD as FIELD  # type: ignore[attr-defined]  # how it knows its own
from dataclasses import MISSING, Field, FrozenInstanceError, field
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform, get_origin

from backendd.api.annotations import annotations
from backendd.api.tuples import NamedTuple

__all__ = ["Mutable", "Value", "field"]

_OFTEN = 50
"""From so many on it is worth the half ms that compiling takes."""


class _Slot(NamedTuple):
    """A field of a class: what puts something there, and what, where nothing is given."""

    name: str
    put: Callable[[object, object], None]
    default: object
    make: Any


def _field(name: str, hint: Any, default: Any) -> Field[Any]:  # noqa: ANN401 - as they come
    made: Field[Any] = default if isinstance(default, Field) else field(default=default)
    if not (made.init and made.compare and made.hash is None):
        raise TypeError(f"{name} is a field as values have none")
    made.name, made.type, made.kw_only = name, hint, made.kw_only is True
    made._field_type = FIELD  # type: ignore[attr-defined]  # noqa: SLF001
    return made


class _Kind(type):
    """Makes a class of fields: what is annotated is one."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> "_Kind":
        own = {
            each: _field(each, hint, namespace.pop(each, MISSING))
            for each, hint in annotations(namespace).items()
            if get_origin(hint) is not ClassVar
        }
        known: dict[str, Field[Any]] = {}
        for base in bases:
            known.update(getattr(base, "__dataclass_fields__", {}))
        namespace["__dataclass_fields__"] = {**known, **own}
        namespace["__match_args__"] = _positional({**known, **own})
        namespace["__slots__"] = tuple(own)
        made = super().__new__(cls, name, bases, namespace)
        if "__init__" not in namespace and hasattr(made.__init__, _OF_FIELDS):  # type: ignore[misc]
            # Not that of a class below, which has other fields.
            made.__init__ = _Fields.__init__  # type: ignore[misc]
        return made


def _positional(fields: Mapping[str, Field[Any]]) -> tuple[str, ...]:
    """Return those that are given in their order as well as by name."""
    return tuple(name for name, each in fields.items() if not each.kw_only)


def _of_fields(init: Callable[..., None]) -> Callable[..., None]:
    """Mark what makes an instance of its fields alone."""
    setattr(init, _OF_FIELDS, True)
    return init


_OF_FIELDS = "is_of_fields"


class _Fields(metaclass=_Kind):
    """What all classes of fields share: how they are made and shown."""

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
        # All fields, those by name alone last, and how many others there are.
        _slots: ClassVar[tuple[_Slot, ...]]
        _most: ClassVar[int]
        # How many were made so far.
        _made: ClassVar[count[int]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._made = count(1)
        fields = cls.__dataclass_fields__
        ordered = sorted(fields.items(), key=lambda item: item[1].kw_only is True)
        cls._slots = tuple(
            _Slot(name, getattr(cls, name).__set__, each.default, each.default_factory)
            for name, each in ordered
        )
        cls._most = len(_positional(fields))

    @_of_fields
    def __init__(self, *given: object, **named: object) -> None:
        if next(self._made) == _OFTEN and (init := _compiled(type(self))):
            type(self).__init__ = init  # type: ignore[method-assign]
        self._fill(given, named)

    def _fill(self, given: tuple[object, ...], named: dict[str, object]) -> None:
        slots = self._slots
        if len(given) > self._most:
            raise TypeError(f"{type(self).__name__} has {self._most} fields, not {len(given)}")
        for slot, value in zip(slots, given, strict=False):
            slot.put(self, value)
        for name, put, default, make in slots[len(given) :]:
            if name in named:
                put(self, named.pop(name))
            elif make is not MISSING:
                put(self, make())
            elif default is not MISSING:
                put(self, default)
            else:
                raise TypeError(f"{type(self).__name__} needs {name}")
        if named:
            raise TypeError(f"{type(self).__name__} has no place for {', '.join(named)}")
        self.__post_init__()

    def __post_init__(self) -> None:
        """Raise an exception where what was given can't be."""

    def __repr__(self) -> str:
        shown = (each.name for each in self.__dataclass_fields__.values() if each.repr)
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({said})"


def _compiled(kind: type[_Fields]) -> Callable[..., None] | None:
    """Return an `__init__` that has the fields of a class as its arguments; None if none can.

    None can where one is needed behind others that aren't, or the class has one of its own.
    """
    if not hasattr(kind.__init__, _OF_FIELDS):
        return None
    held: dict[str, Any] = {"_missing": MISSING}
    arguments, body, has_default = ["self"], [], False
    for place, (name, put, default, make) in enumerate(kind._slots):  # noqa: SLF001 - ours
        if place == kind._most:  # noqa: SLF001
            arguments.append("*")
            has_default = False
        held |= {f"_put{place}": put, f"_default{place}": default, f"_make{place}": make}
        value, argument = name, name
        if make is not MISSING:
            argument = f"{name}=_missing"
            value = f"_make{place}() if {name} is _missing else {name}"
        elif default is not MISSING:
            argument = f"{name}=_default{place}"
        elif has_default:
            return None
        has_default |= argument != name and place < kind._most  # noqa: SLF001
        arguments.append(argument)
        body.append(f"    _put{place}(self, {value})")
    if kind.__post_init__ is not _Fields.__post_init__:
        body.append("    self.__post_init__()")
    code = [f"def __init__({', '.join(arguments)}):", *(body or ["    pass"])]
    exec("\n".join(code), held)
    init: Callable[..., None] = held["__init__"]
    init.__qualname__ = f"{kind.__qualname__}.__init__"
    return _of_fields(init)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value(_Fields):
    """What all values share; a class of them has but annotations, defaults, and what it can do."""

    if TYPE_CHECKING:
        # What returns all that the fields hold.
        _held: ClassVar[attrgetter[Any]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._held = attrgetter(*(cls.__dataclass_fields__ or ("__class__",)))

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"{name} of a {type(self).__name__} can't be changed")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"{name} of a {type(self).__name__} can't be taken away")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        is_same: bool = self._held(self) == self._held(other)
        return is_same

    def __hash__(self) -> int:
        return hash(self._held(self))


@dataclass_transform(eq_default=False, field_specifiers=(field,))
class Mutable(_Fields):
    """What all share whose fields may change; beside other bases it comes first."""
