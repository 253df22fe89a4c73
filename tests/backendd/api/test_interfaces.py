import pytest

from backendd.api import introspection
from backendd.api.interfaces import Argument, python_name
from backendd.api.introspection import DOCUMENTATION, Contract, parse

XML = """<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
<node>
  <interface name="org.example.Door">
    <annotation name="org.gtk.GDBus.DocString" value="A door &amp; its bell."/>
    <property name="IsOpen" type="b" access="readwrite">
      <annotation name="org.gtk.GDBus.DocString" value="Whether one can pass."/>
      <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="const"/>
    </property>
    <property name="Bell" type="s" access="write"/>
    <method name="Open">
      <annotation name="org.gtk.GDBus.DocString" value="Open it."/>
      <annotation name="org.primitivus.Unbounded" value="true"/>
      <arg name="key" type="s" direction="in">
        <annotation name="org.gtk.GDBus.DocString" value="What fits."/>
      </arg>
      <arg name="options" type="a{sv}"/>
      <arg name="angle" type="d" direction="out"/>
      <arg name="noise" type="as" direction="out"/>
    </method>
    <method name="Shut"/>
    <signal name="Rung">
      <annotation name="org.gtk.GDBus.DocString" value="Somebody is there."/>
      <arg name="who" type="s"/>
    </signal>
  </interface>
</node>
"""


@pytest.fixture
def door():
    return parse(XML)


def test_a_method_has_its_arguments_signatures_and_annotations(door):
    method = door.methods["Open"]
    assert (method.in_signature, method.out_signature) == ("sa{sv}", "das")
    assert method.in_args[0] == Argument("key", "s", "What fits.")
    assert [each.name for each in method.out_args] == ["angle", "noise"]
    assert method.doc == "Open it."
    assert method.is_unbounded
    assert method.annotations[DOCUMENTATION] == "Open it."
    assert not door.methods["Shut"].is_unbounded
    assert door.methods["Shut"].in_signature == ""


def test_a_property_has_its_access_and_how_it_changes(door):
    found = door.properties["IsOpen"]
    assert (found.signature, found.emits, found.doc) == ("b", "const", "Whether one can pass.")
    assert (found.is_readable, found.is_writable) == (True, True)
    bell = door.properties["Bell"]
    assert (bell.emits, bell.is_readable, bell.is_writable) == ("true", False, True)


def test_a_signal_has_its_arguments(door):
    signal = door.signals["Rung"]
    assert (signal.signature, signal.doc) == ("s", "Somebody is there.")
    assert signal.args == (Argument("who", "s", ""),)


def test_an_interface_keeps_its_element_as_it_was_written(door):
    assert door.documentation == "A door & its bell."
    assert door.xml.strip().startswith('<interface name="org.example.Door">')
    assert door.xml.endswith("</interface>")
    assert parse(f"<node>{door.xml}</node>") == door


def test_what_an_annotation_says_may_go_over_several_lines(door):
    wrapped = XML.replace("Whether one can", "Whether\n        one\n        can")
    assert wrapped != XML
    assert parse(wrapped).properties == door.properties


def test_a_document_without_an_interface_is_none():
    with pytest.raises(ValueError, match="no interface"):
        parse("<node/>")


def test_a_directory_is_read_when_asked_and_once(tmp_path):
    (tmp_path / "org.example.Door.xml").write_text(XML)
    (tmp_path / "org.example.Broken.xml").write_text("<node")
    contract = Contract(tmp_path)
    assert contract.names() == ["org.example.Broken", "org.example.Door"]
    assert contract.load("org.example.Door") is contract.load("org.example.Door")
    with pytest.raises(KeyError, match=r"org\.example\.Window"):
        contract.load("org.example.Window")


def test_the_contract_of_the_programs_is_found_from_anywhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    loaded = introspection.load_all()
    assert "org.primitivus.Backend1.Manager" in loaded
    for name, interface in loaded.items():
        assert interface.name == name
        assert introspection.load(name) is interface


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("Send", "send"),
        ("SetTyping", "set_typing"),
        ("FullJid", "full_jid"),
        ("VCard", "v_card"),
        ("Import", "import_"),
    ],
)
def test_members_have_mechanical_python_names(member, name):
    assert python_name(member) == name
