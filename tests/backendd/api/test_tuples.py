"""Named tuples: they are what those of `typing` are."""

import builtins
import copy
import gc
import inspect
import pickle
import runpy
import sys
import typing

import pytest

from backendd.api import tuples
from backendd.api.tuples import NamedTuple


class Point(NamedTuple):
    """Where something is."""

    x: int
    y: int = 0
    marks: tuple[str, ...] = ()

    @property
    def is_level(self) -> bool:
        return self.y == 0

    def moved(self, by: int) -> "Point":
        return self._replace(x=self.x + by)


class Typed(typing.NamedTuple):
    """Where something is."""

    x: int
    y: int = 0
    marks: tuple[str, ...] = ()

    @property
    def is_level(self) -> bool:
        return self.y == 0

    def moved(self, by: int) -> "Typed":
        return self._replace(x=self.x + by)


class Nothing(NamedTuple):
    """Holds nothing."""


class Spoken(NamedTuple):
    """Says itself how it is shown."""

    said: str

    def __repr__(self) -> str:
        return f"{super().__repr__()}!"


class Named(Point):
    """A class below one is a class as any other."""


@pytest.mark.parametrize(
    "look",
    [
        lambda kind: kind(1, y=2),
        lambda kind: kind(y=2, x=1, marks=("a",)).marks,
        lambda kind: kind(1)[:],
        lambda kind: [*kind(1, 2)],
        lambda kind: kind(1, 2) == (1, 2, ()),
        lambda kind: hash(kind(1, 2)),
        lambda kind: kind(2) < kind(3) < (3, 1),
        lambda kind: kind(1).is_level,
        lambda kind: kind(1).moved(2).x,
        lambda kind: kind(1)._replace(y=5, marks=("b",)).y,
        lambda kind: kind(1)._asdict(),
        lambda kind: kind._make(iter([1, 2, 3])).marks,
        lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__, kind.__slots__),
        lambda kind: kind(1).__getnewargs__(),
        lambda kind: copy.deepcopy(kind(1, 2)).y,
        lambda kind: inspect.signature(kind).replace(return_annotation=None).parameters.keys(),
        lambda kind: [each.default for each in inspect.signature(kind).parameters.values()],
        lambda kind: typing.get_type_hints(kind),
        lambda kind: (kind.__doc__, kind.__module__, type(kind), tuple in kind.__mro__),
        lambda kind: sys.getsizeof(kind(1)),
        lambda kind: hasattr(kind(1), "__dict__"),
        lambda kind: kind.x.__doc__,
    ],
)
def test_they_are_what_those_of_typing_are(look):
    assert str(look(Point)) == str(look(Typed)).replace("Typed", "Point")


@pytest.mark.parametrize(
    "fail",
    [
        lambda kind: kind(),
        lambda kind: kind(1, 2, (), 4),
        lambda kind: kind(1, z=2),
        lambda kind: kind(1, x=2),
        lambda kind: kind._make([1]),
        lambda kind: setattr(kind(1), "x", 2),
        lambda kind: setattr(kind(1), "z", 2),
        lambda kind: delattr(kind(1), "x"),
    ],
)
def test_what_does_not_fit_is_refused_as_typing_does(fail):
    with pytest.raises(Exception) as theirs:  # noqa: PT011 - whatever it is, ours is the same
        fail(Typed)
    with pytest.raises(theirs.type) as ours:
        fail(Point)
    assert str(ours.value) == str(theirs.value).replace("Typed", "Point")


def test_nothing_is_replaced_that_is_no_field():
    with pytest.raises(ValueError, match="Point has no place for z"):
        Point(1)._replace(z=2)


def test_a_field_that_must_be_given_stands_before_those_that_need_not():
    with pytest.raises(TypeError, match="Wrong needs a field behind one that it doesn't need"):
        type(NamedTuple)("Wrong", (), {"__annotations__": {"x": int, "y": int}, "x": 1})


def test_they_can_be_stored_and_matched():
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)
    match Point(1, 2):
        case Point(x, y=2):
            assert x == 1
        case _:
            pytest.fail("it doesn't match")


def test_what_a_class_says_itself_counts():
    assert (repr(Spoken("hello")), repr(Nothing())) == ("Spoken(said='hello')!", "Nothing()")
    assert isinstance(Named(1).moved(2), Named)


def test_nothing_is_compiled_for_another_with_as_many_fields(monkeypatch):
    Point(1)
    monkeypatch.setattr(builtins, "eval", None)
    monkeypatch.setattr(builtins, "exec", None)

    class Other(NamedTuple):
        first: int
        second: int
        third: int = 3

    assert Other(1, second=2) == (1, 2, 3)


def test_garbage_may_be_collected_at_any_moment_while_one_is_made():
    usual = gc.get_threshold()
    gc.freeze()  # else it takes long to look through all that is there
    try:
        for allocations in range(1, 200):
            fresh = runpy.run_path(tuples.__file__)["NamedTuple"]
            gc.collect()
            gc.set_threshold(allocations)
            made = type(fresh)("Made", (), {"__annotations__": {"x": int, "y": int}})
            gc.set_threshold(*usual)
            assert made(1, y=2)._replace(x=3) == (3, 2)
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
