"""The standard interfaces of the D-Bus specification, served as any other."""

from collections.abc import Callable, Mapping
from typing import Any

from backendd.api.introspection import parse
from backendd.api.link import Link
from backendd.api.wire import Variant
from backendd.bus.exported import PROPERTIES, Exported
from backendd.bus.refusal import CallRefused

DRIVER = "org.freedesktop.DBus"
PEER = parse(
    """<node>
  <interface name="org.freedesktop.DBus.Peer">
    <method name="Ping"/>
    <method name="GetMachineId">
      <arg name="machine_uuid" type="s" direction="out"/>
    </method>
  </interface>
</node>"""
)
INTROSPECTABLE = parse(
    """<node>
  <interface name="org.freedesktop.DBus.Introspectable">
    <method name="Introspect">
      <arg name="xml_data" type="s" direction="out"/>
    </method>
  </interface>
</node>"""
)
PROPERTY_ACCESS = parse(
    f"""<node>
  <interface name="{PROPERTIES}">
    <method name="Get">
      <arg name="interface_name" type="s" direction="in"/>
      <arg name="property_name" type="s" direction="in"/>
      <arg name="value" type="v" direction="out"/>
    </method>
    <method name="Set">
      <arg name="interface_name" type="s" direction="in"/>
      <arg name="property_name" type="s" direction="in"/>
      <arg name="value" type="v" direction="in"/>
    </method>
    <method name="GetAll">
      <arg name="interface_name" type="s" direction="in"/>
      <arg name="properties" type="a{{sv}}" direction="out"/>
    </method>
    <signal name="PropertiesChanged">
      <arg name="interface_name" type="s"/>
      <arg name="changed_properties" type="a{{sv}}"/>
      <arg name="invalidated_properties" type="as"/>
    </signal>
  </interface>
</node>"""
)
OBJECT_MANAGER = parse(
    """<node>
  <interface name="org.freedesktop.DBus.ObjectManager">
    <method name="GetManagedObjects">
      <arg name="objects" type="a{oa{sa{sv}}}" direction="out"/>
    </method>
    <signal name="InterfacesAdded">
      <arg name="object" type="o"/>
      <arg name="interfaces" type="a{sa{sv}}"/>
    </signal>
    <signal name="InterfacesRemoved">
      <arg name="object" type="o"/>
      <arg name="interfaces" type="as"/>
    </signal>
  </interface>
</node>"""
)

_DOCTYPE = """<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">"""

Interfaces = Mapping[str, Exported]
"""What an object has, by name of the interface."""


class Peer:
    """What every connection answers, whatever the path."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def ping(self) -> None:
        """Answer, which says that the process lives."""

    async def get_machine_id(self) -> str:
        # The bus is on the same machine, and knows where the id is.
        reply = await self._link.call(
            DRIVER, "/org/freedesktop/DBus", PEER.name, "GetMachineId", timeout=5
        )
        return str(reply[0])


class Introspectable:
    """What an object has, in XML, with all the documentation of the contract."""

    def __init__(self, interfaces: Interfaces, children: Callable[[], list[str]]) -> None:
        self._interfaces = interfaces
        self._children = children

    async def introspect(self) -> str:
        elements = [each.interface.xml for each in self._interfaces.values()]
        elements += [f'  <node name="{name}"/>' for name in self._children()]
        return "\n".join([_DOCTYPE, "<node>", *elements, "</node>"])


class Properties:
    """The properties of all interfaces of an object."""

    def __init__(self, interfaces: Interfaces) -> None:
        self._interfaces = interfaces

    async def get(self, interface_name: str, property_name: str) -> Variant:
        return self._find(interface_name, property_name).get(property_name)

    async def set(self, interface_name: str, property_name: str, value: object) -> None:
        await self._find(interface_name, property_name).set(property_name, value)

    async def get_all(self, interface_name: str) -> dict[str, Any]:
        if interface_name:
            return self._named(interface_name).get_all()
        values: dict[str, Any] = {}
        for each in self._interfaces.values():
            values |= each.get_all()
        return values

    def _find(self, interface: str, name: str) -> Exported:
        if interface:
            return self._named(interface)
        # The specification lets a caller leave it out.
        for each in self._interfaces.values():
            if name in each.interface.properties:
                return each
        raise CallRefused("UnknownProperty", f"no property {name!r} here")

    def _named(self, interface: str) -> Exported:
        found = self._interfaces.get(interface)
        if found is None:
            raise CallRefused("UnknownInterface", f"no interface {interface!r} here")
        return found


class ObjectManager:
    """All objects below the root, with their properties."""

    def __init__(self, objects: Callable[[], Mapping[str, Interfaces]]) -> None:
        self._objects = objects

    async def get_managed_objects(self) -> dict[str, dict[str, dict[str, Variant]]]:
        return {path: values(interfaces) for path, interfaces in self._objects().items()}


def values(interfaces: Interfaces) -> dict[str, dict[str, Variant]]:
    """Return the properties of an object by interface, as the object manager tells them."""
    return {name: each.get_all() for name, each in interfaces.items()}
