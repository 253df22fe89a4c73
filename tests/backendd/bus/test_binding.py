from collections.abc import Callable
from pathlib import Path

import pytest

from backendd.api.errors import InvalidArgument
from backendd.api.introspection import Contract
from backendd.bus.binding import bind
from backendd.bus.further import option_of
from tests.backendd.bus.lamp import Bulb, Switch

LAMP = Contract(Path(__file__).parent / "interfaces").load("org.example.Lamp")


class Watcher(Bulb):
    async def watch(self) -> None:
        """Be no member."""

    async def _look(self) -> None:
        """Be private."""

    def glance(self) -> None:
        """Be no coroutine."""


class Mute(Bulb):
    async def echo(self, text):
        """Take too few arguments."""


class Blind(Bulb):
    async def dim(self, *, to: int = 10):
        """Lack an option."""


class Dimmer(Bulb):
    async def dim(self, *, to: int = 10, further: Callable[[str], None]):
        further("a bulb")
        return f"to {to}"


class Slowness:
    def __init__(self) -> None:
        self.taken = []

    @option_of("dim")
    def slowly(self, what: str, slowly: bool = False) -> None:
        self.taken.append((what, slowly))


class Haste:
    @option_of("dim")
    def slowly(self, what: str, slowly: bool = False) -> None:
        """Take what another takes."""


class Odd:
    @option_of("dim")
    def slowly(self, what: int, slowly: bool = False) -> None:
        """Take something else than what is handed on."""


class Unbuilt:
    """A property that has no value yet."""

    async def set_level(self, value):
        self._level = value

    @property
    def level(self):
        raise AssertionError("asked for too early")


def test_members_may_be_spread_over_parts():
    switch, bulb = Switch(), Bulb()
    binding = bind(LAMP, [switch, bulb])
    assert binding.methods["WhoAmI"].function == switch.who_am_i
    assert binding.methods["Echo"].function == bulb.echo
    assert binding.setters == {"Level": switch.set_level}
    assert binding.owners["Maker"] is switch


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ([Switch()], "nothing has echo"),
        ([Bulb()], "nothing has set_level"),
        ([Bulb()], "nothing has maker"),
        ([Switch(), Bulb(), Bulb()], "echo is in Bulb and Bulb"),
        ([Switch(), Unbuilt(), Bulb()], "level is in Switch and Unbuilt"),
        ([Switch(), Watcher()], "Watcher.watch is no member of org.example.Lamp"),
        ([Switch(), Blind()], r"Blind.dim must take \(\*, slowly, to\)"),
        ([Switch(), Mute()], r"Mute.echo must take \(text, extra\)"),
        ([Switch(), Dimmer()], r"Dimmer.dim must take \(\*, slowly, to\)"),
        ([Switch(), Bulb(), Slowness()], r"Bulb.dim must take \(\*, to\)"),
        ([Switch(), Bulb(), Slowness()], "Slowness.slowly: no dim here hands options on"),
        ([Switch(), Dimmer(), Slowness(), Haste()], "slowly of dim is taken by Slowness and Haste"),
        ([Switch(), Dimmer(), Odd()], r"Odd.slowly must take \(str, slowly\)"),
    ],
)
def test_parts_that_do_not_fit_the_contract_are_refused(parts, says):
    with pytest.raises(TypeError, match=says):
        bind(LAMP, parts)


async def test_an_option_may_be_that_of_another_part_which_gets_it_with_what_the_method_hands_on():
    slowness = Slowness()
    dim = bind(LAMP, [Switch(), Dimmer(), slowness]).methods["Dim"]
    assert await dim([{"to": 5, "slowly": True}], ":1.1") == "to 5"
    await dim([{}], ":1.1")
    assert slowness.taken == [("a bulb", True), ("a bulb", False)]
    with pytest.raises(InvalidArgument, match="did you mean 'slowly'"):
        await dim([{"slow": True}], ":1.1")


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(TypeError) as raised:
        bind(LAMP, [Watcher()])
    for fault in ("nothing has wait", "nothing has level", "Watcher.watch is no member"):
        assert fault in str(raised.value)
    assert "_look" not in str(raised.value)
    assert "glance" not in str(raised.value)
