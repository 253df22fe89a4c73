"""The objects on the bus, found by path, and the object manager's signals about them."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from backendd.api.interfaces import Interface, Method
from backendd.api.link import Link
from backendd.bus import standard
from backendd.bus.exported import Exported
from backendd.bus.refusal import CallRefused

log = logging.getLogger(__name__)

_STANDARD = {
    each.name
    for each in (
        standard.PEER,
        standard.INTROSPECTABLE,
        standard.PROPERTY_ACCESS,
        standard.OBJECT_MANAGER,
    )
}


class Tree:
    """All that is exported; the object manager at `root` tells of what is below it."""

    def __init__(self, link: Link, root: str) -> None:
        self._link = link
        self._root = root
        self._objects: dict[str, dict[str, Exported]] = {}
        self._unannounced: dict[str, list[Exported]] = {}
        self._peer = Exported(link, "/", standard.PEER, [standard.Peer(link)])
        self._manager = Exported(
            link, root, standard.OBJECT_MANAGER, [standard.ObjectManager(self._managed)]
        )

    def add(
        self,
        path: str,
        interface: Interface,
        parts: Sequence[object],
        guard: Callable[[], None] = lambda: None,
    ) -> Exported:
        """Export an interface; raises TypeError if the parts don't serve all its members."""
        exported = Exported(self._link, path, interface, parts, guard)
        interfaces = self._objects.setdefault(path, self._node(path))
        if interface.name in interfaces:
            raise TypeError(f"{path} has {interface.name} already")
        interfaces[interface.name] = exported
        if self._is_managed(path):
            if not self._unannounced:
                asyncio.get_running_loop().call_soon(self._announce)
            self._unannounced.setdefault(path, []).append(exported)
        return exported

    def remove(self, path: str) -> None:
        """Take an object away; KeyError if there is none."""
        names = list(_own(self._objects.pop(path)))
        if self._is_managed(path) and self._unannounced.pop(path, None) is None:
            self._manager.emit("InterfacesRemoved", path, names)

    def find(self, path: str, interface: str | None, member: str) -> tuple[Exported, Method]:
        """Return what serves a call; raises CallRefused."""
        if interface == self._peer.interface.name:
            interfaces = {interface: self._peer}
        else:
            interfaces = self._objects.get(path) or self._between(path)
        if interface and interface not in interfaces:
            raise CallRefused("UnknownInterface", f"{path} has no interface {interface}")
        for each in [interfaces[interface]] if interface else interfaces.values():
            method = each.interface.methods.get(member)
            if method is not None:
                return each, method
        raise CallRefused("UnknownMethod", f"{interface or path} has no method {member}")

    def _between(self, path: str) -> dict[str, Exported]:
        """Return what a path has that only leads to objects."""
        if path != self._root and not self._children(path):
            raise CallRefused("UnknownObject", f"there is no object {path}")
        return self._node(path)

    def _node(self, path: str) -> dict[str, Exported]:
        """Return what every object has, and can be added to."""
        interfaces = {self._peer.interface.name: self._peer}
        parts = [
            (
                standard.INTROSPECTABLE,
                standard.Introspectable(interfaces, lambda: self._children(path)),
            ),
            (standard.PROPERTY_ACCESS, standard.Properties(interfaces)),
        ]
        for interface, part in parts:
            interfaces[interface.name] = Exported(self._link, path, interface, [part])
        if path == self._root:
            interfaces[self._manager.interface.name] = self._manager
        return interfaces

    def _children(self, path: str) -> list[str]:
        """Return the names of the nodes right below `path`."""
        prefix = path.rstrip("/") + "/"
        below = {
            each.removeprefix(prefix).split("/")[0]
            for each in self._objects
            if each.startswith(prefix)
        }
        return sorted(below - {""})

    def _is_managed(self, path: str) -> bool:
        return path.startswith(self._root + "/")

    def _managed(self) -> dict[str, standard.Interfaces]:
        return {
            path: _own(interfaces)
            for path, interfaces in self._objects.items()
            if self._is_managed(path)
        }

    def _announce(self) -> None:
        unannounced, self._unannounced = self._unannounced, {}
        for path, interfaces in unannounced.items():
            try:
                values: dict[str, Any] = standard.values(
                    {each.interface.name: each for each in interfaces}
                )
                self._manager.emit("InterfacesAdded", path, values)
            except Exception:
                log.exception("can't tell of %s", path)


def _own(interfaces: standard.Interfaces) -> dict[str, Exported]:
    return {name: each for name, each in interfaces.items() if name not in _STANDARD}
