"""Values, and what is mutable: what holds for all classes of them."""

import dataclasses
from typing import ClassVar, Generic, TypeVar

import pytest

from backendd.api.values import Mutable, Value, field

T = TypeVar("T")


class Point(Value):
    """Where something is."""

    x: int
    y: int = 0
    marks: list[str] = field(default_factory=list)
    origin: ClassVar[str] = "above"

    @property
    def is_level(self) -> bool:
        return self.y == 0


class Named(Point):
    """A point with a name."""

    name: str = ""
    secret: str = field(default="", repr=False)


class Box(Value, Generic[T]):
    """Holds anything."""

    held: T


class Nothing(Value):
    """Holds nothing."""


def test_fields_are_given_by_name_or_in_their_order():
    assert Point(1, y=2) == Point(y=2, x=1)
    assert (Point(1, 2).x, Point(1).y, Named(1, name="home").name) == (1, 0, "home")


@pytest.mark.parametrize(
    ("given", "named", "said"),
    [
        ((), {}, "Point needs x"),
        ((1,), {"z": 2}, "Point has no place for z"),
        ((1,), {"x": 2}, "Point has no place for x"),
        ((1, 2, [], 4), {}, "Point has 3 fields, not 4"),
    ],
)
def test_what_does_not_fit_is_refused(given, named, said):
    with pytest.raises(TypeError, match=said):
        Point(*given, **named)


class Often(Mutable):
    """Something of which many are made, with all that fields can be."""

    first: int
    named: str = field(default="", kw_only=True)
    second: int = 2
    marks: list[str] = field(default_factory=list)
    needed: int = field(kw_only=True)


class Later(Often):
    """One with more, of which none was made before."""

    third: int = 3


class Mixed(Value):
    """What needs something behind what it doesn't need."""

    first: int = 1
    second: str


@pytest.mark.parametrize("times", [1, 200])
def test_however_many_are_made_each_is_what_was_given(times):
    for _ in range(times):
        Often(0, needed=0)
        Mixed(second="")
    one, other = Often(1, 5, needed=4), Often(first=1, needed=4, named="it", marks=["a"])
    assert [one.first, one.second, one.named, one.marks, one.needed] == [1, 5, "", [], 4]
    assert [other.second, other.named, other.marks] == [2, "it", ["a"]]
    assert one.marks is not Often(1, needed=4).marks
    assert dataclasses.asdict(dataclasses.replace(other, first=7))["first"] == 7
    assert (Mixed(second="b").first, Mixed(5, "b").second) == (1, "b")
    assert Later(1, 5, ["b"], 6, needed=4).third == 6
    for given, named in (((), {"needed": 1}), ((1,), {}), ((1, 2, [], 3), {"needed": 1})):
        with pytest.raises(TypeError):
            Often(*given, **named)
    with pytest.raises(TypeError):
        Often(1, needed=4, unknown=1)


@pytest.mark.parametrize("times", [1, 200])
def test_however_many_are_made_one_that_is_made_of_another_has_its_own_fields(times):
    class Base(Value):
        x: int = 0

    class Other(Base):
        y: int = 0

    for _ in range(times):
        Base(1)

    class Last(Other):
        def __post_init__(self):
            assert self.x < 3

    for _ in range(times):
        assert (Other(1, 2).y, Last(2, y=2).y) == (2, 2)
    with pytest.raises(AssertionError):
        Last(3)


@pytest.mark.parametrize("times", [1, 200])
def test_a_class_keeps_its_own_way_to_be_made(times):
    class Doubled(Mutable):
        x: int

        def __init__(self, x):
            super().__init__(x=2 * x)

    assert [Doubled(n).x for n in range(times)] == [2 * n for n in range(times)]


class Even(Value):
    """A number that is even."""

    number: int

    def __post_init__(self):
        if self.number % 2:
            raise ValueError("odd")


def test_what_a_class_looks_at_itself_is_looked_at():
    assert Even(2).number == 2
    for make in (lambda: Even(3), lambda: dataclasses.replace(Even(2), number=3)):
        with pytest.raises(ValueError, match="odd"):
            make()


@pytest.mark.parametrize("option", [{"init": False}, {"compare": False}])
def test_a_field_that_values_have_none_of_is_refused(option):
    with pytest.raises(TypeError, match="x is a field as values have none"):

        class Odd(Value):
            x: int = field(default=0, **option)


def test_a_default_that_is_made_is_made_for_each():
    one, other = Point(1), Point(1)
    one.marks.append("seen")
    assert other.marks == []


def test_a_pattern_takes_fields_in_their_order():
    match Named(1, 2, name="home"):
        case Named(x, y, name=name):
            assert (x, y, name) == (1, 2, "home")
        case _:
            pytest.fail("no such pattern")


def test_a_value_stays_as_it_is():
    point = Point(1)
    with pytest.raises(AttributeError, match="x of a Point can't be changed"):
        point.x = 2
    with pytest.raises(AttributeError, match="x of a Point can't be taken away"):
        del point.x
    with pytest.raises(AttributeError):
        point.z = 3
    assert not hasattr(point, "__dict__")


def test_values_are_equal_that_are_of_one_class_and_hold_the_same():
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Named(1, 2)
    assert Point(1, 2) != (1, 2, [])
    assert Nothing() == Nothing()
    assert len({Box("a"), Box("a"), Box("b"), Nothing(), Nothing()}) == 3


def test_what_a_value_holds_can_be_read_but_for_secrets():
    assert repr(Point(1)) == "Point(x=1, y=0, marks=[])"
    assert "hidden" not in repr(Named(1, secret="hidden"))


def test_what_is_done_with_dataclasses_is_done_with_values():
    named = Named(1, 2, ["seen"], "home")
    assert dataclasses.replace(named, y=0) == Named(1, 0, ["seen"], "home")
    assert dataclasses.replace(named, y=0).is_level
    names = [each.name for each in dataclasses.fields(Named)]
    assert names == ["x", "y", "marks", "name", "secret"]
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 0, "marks": []}
    with pytest.raises(TypeError, match="Named has no place for z"):
        dataclasses.replace(named, z=1)
    assert Point.origin == "above"


class Shape:
    """Something that has been there before."""

    colour = "black"


class Line(Mutable, Shape):
    """Where something goes."""

    start: int
    marks: list[str] = field(default_factory=list)


class Arrow(Line):
    """A line with a head."""

    head: str = field(kw_only=True)
    width: int = 1


def test_what_is_mutable_is_made_as_a_value_is():
    assert (Line(1).start, Line(start=2).marks) == (1, [])
    assert repr(Line(1, ["seen"])) == "Line(start=1, marks=['seen'])"
    assert dataclasses.asdict(dataclasses.replace(Line(1), start=2)) == {"start": 2, "marks": []}
    with pytest.raises(TypeError, match="Line needs start"):
        Line()


def test_what_is_mutable_changes_and_is_equal_to_itself_alone():
    line = Line(1)
    line.start, line.colour = 2, "red"
    assert (line.start, line.colour) == (2, "red")
    assert line == line
    assert line != Line(2)
    assert line in {line}


def test_a_field_by_name_alone_is_given_by_name_alone():
    arrow = Arrow(1, ["seen"], 3, head="small")
    assert (arrow.width, arrow.head) == (3, "small")
    with pytest.raises(TypeError, match="Arrow has 3 fields, not 4"):
        Arrow(1, [], 3, "small")
    with pytest.raises(TypeError, match="Arrow needs head"):
        Arrow(1)
