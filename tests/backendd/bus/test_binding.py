from pathlib import Path

import pytest

from backendd.api.introspection import Contract
from backendd.bus.binding import bind
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
    ],
)
def test_parts_that_do_not_fit_the_contract_are_refused(parts, says):
    with pytest.raises(TypeError, match=says):
        bind(LAMP, parts)


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(TypeError) as raised:
        bind(LAMP, [Watcher()])
    for fault in ("nothing has wait", "nothing has level", "Watcher.watch is no member"):
        assert fault in str(raised.value)
    assert "_look" not in str(raised.value)
    assert "glance" not in str(raised.value)
