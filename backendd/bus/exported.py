"""An interface at a path: its members bound to what serves them, its signals on their way out."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from backendd.api import wire
from backendd.api.bus_messages import signal
from backendd.api.interfaces import Interface, Property, python_name
from backendd.api.link import BusLost, Link
from backendd.api.signature import Plain
from backendd.api.wire import Variant
from backendd.bus.binding import bind
from backendd.bus.refusal import CallRefused

log = logging.getLogger(__name__)

PROPERTIES = "org.freedesktop.DBus.Properties"


class Exported:
    """An interface of an object, served by `parts`; `guard` raises why no method may be called."""

    def __init__(
        self,
        link: Link,
        path: str,
        interface: Interface,
        parts: Sequence[object],
        guard: Callable[[], None] = lambda: None,
    ) -> None:
        self.path = path
        self.interface = interface
        self.guard = guard
        self.binding = bind(interface, parts)
        self._link = link
        self._changed: dict[str, None] = {}

    def emit(self, signal: str, *args: Plain) -> None:
        """Send a signal; nothing happens when the bus is lost.

        Raises TooLarge and TypeError.
        """
        signature = self.interface.signals[signal].signature
        emit(self._link, self.path, self.interface.name, signal, signature, args)

    def properties_changed(self, *names: str) -> None:
        """Tell that properties have changed; once for all that do so in this step of the loop."""
        for name in names:
            if self.interface.properties[name].emits not in ("true", "invalidates"):
                raise ValueError(f"{name} is announced as one whose changes are not told")
        if not self._changed:
            asyncio.get_running_loop().call_soon(self._tell_changed)
        self._changed.update(dict.fromkeys(names))

    def get(self, name: str) -> Variant:
        """Return the value of a property; raises CallRefused."""
        found = self._property(name)
        if not found.is_readable:
            raise CallRefused("AccessDenied", f"{name} can't be read")
        return self._value(found)

    def get_all(self) -> dict[str, Variant]:
        """Return the values of all properties that can be read."""
        return {
            each.name: self._value(each)
            for each in self.interface.properties.values()
            if each.is_readable
        }

    async def set(self, name: str, value: object) -> None:
        """Set a property; raises CallRefused, and what its setter raises."""
        found = self._property(name)
        if not found.is_writable:
            raise CallRefused("PropertyReadOnly", f"{name} can't be set")
        if not wire.fits(found.signature, value):
            raise CallRefused("InvalidArgs", f"{name} takes a value of type {found.signature}")
        await self.binding.setters[name](value)

    def _property(self, name: str) -> Property:
        found = self.interface.properties.get(name)
        if found is None:
            raise CallRefused("UnknownProperty", f"{self.interface.name} has no property {name!r}")
        return found

    def _value(self, found: Property) -> Variant:
        owner = self.binding.owners[found.name]
        return Variant(found.signature, getattr(owner, python_name(found.name)))

    def _tell_changed(self) -> None:
        names, self._changed = list(self._changed), {}
        properties = [self.interface.properties[name] for name in names]
        try:
            values = {each.name: self._value(each) for each in properties if each.emits == "true"}
            invalid = [each.name for each in properties if each.emits != "true"]
            args = (self.interface.name, values, invalid)
            emit(self._link, self.path, PROPERTIES, "PropertiesChanged", "sa{sv}as", args)
        except Exception:
            log.exception("can't tell that %s changed", ", ".join(names))


def emit(
    link: Link, path: str, interface: str, member: str, signature: str, args: Sequence[Plain]
) -> None:
    """Send a signal; nothing happens when the bus is lost."""
    message = signal(path, interface, member, signature, args)
    try:
        link.send(message)
    except BusLost:
        log.debug("%s.%s reaches nobody: the bus is lost", interface, member)
