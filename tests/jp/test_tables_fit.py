"""What each command prints fits each terminal, whatever the backend tells it."""

from typing import get_args, get_origin, get_type_hints

import pytest

from backendd.api import contract, names
from backendd.api.blocking import run
from backendd.api.introspection import load, load_all
from backendd.api.members import called
from backendd.api.records import Attachment, ConfigurationSetting, Record
from backendd.api.signature import split
from jp import groups
from jp.arguments import Line
from jp.command import NOTHING
from jp.keys import ALL
from jp.output import widths
from jp.output.output import Output
from jp.running import run_command
from jp.session import PROPERTIES, Session

WIDTHS = (20, 40, 60, 80, 120, 300)
HARD = (
    "好" * 70,
    "w" * 130,
    "a\x1b[31mred\x07\r\nand\tmore \u202eno",
    "👩‍👩‍👧‍👦 family, 🇩🇪 flags and e\u0301\u0301\u0301 accents",
    "short",
    "several words, of which each is short enough for any line, and so is wrapped between them",
    "",
)
# What stands for what has to be given, by how it is called.
GIVEN = {
    "PROFILE": "alice",
    "WHO": "bob@example.org",
    "JID": "bob@example.org",
    "ADDRESS": "example.org",
    "SERVER": "example.org",
    "ROOM": "tea@rooms.example.org",
    "ID": "7",
    "ENTRY": "bob@example.org/7",
    "BLOG": "bob@example.org",
    "DRAFT": "w",
    "WORDS": "tea",
    "FILE": "new.atom",
}
# They wait for what happens, go by a file, or by what a service asks next.
ELSEWHERE = ("watch", "call", "blog import", "file wait", "message wait", "service search")
ELSEWHERE += ("blog draft", "service command", "service answer")


def printing():
    """Yield the commands that print records."""
    for each in groups.every():
        prints = each.prints if isinstance(each.prints, str) else NOTHING
        if any(word.endswith(ALL) for word in prints.split()) and each.words not in ELSEWHERE:
            yield each


class Backend(Session):
    """Answers with records that have all keys, and what is hardest to print in each."""

    def __init__(self, line, number):
        super().__init__(line.options)
        self._turn = number

    async def call(self, path, interface, member, signature="", args=(), timeout=None):
        if member == "GetManagedObjects":
            return [{"/1": {names.PROFILE: self._properties(names.PROFILE)}}]
        if member == "GetAll":
            return [self._properties(args[0])]
        if interface == PROPERTIES:
            return [self._properties(args[0])[args[1]]]
        method = load(interface).methods[member]
        kinds = _kinds(interface, member)
        return [
            self._several(each.signature, kind)
            for each, kind in zip(method.out_args, kinds, strict=True)
        ]

    def _properties(self, interface):
        known = load(interface).properties
        return {name: self._value(each.signature, name) for name, each in known.items()}

    def _several(self, signature, kind):
        if kind is None:
            return self._value(signature)
        if signature == "a{sv}":
            return self._record(kind)
        return [self._record(kind) for _ in HARD]

    def _record(self, kind):
        self._turn += 1
        return {name: self._value(each, name) for name, each in RECORDS[kind.__name__].items()}

    def _value(self, signature, name=""):
        if signature == "s":
            self._turn += 1
            return HARD[self._turn % len(HARD)]
        if signature == "b":
            return name not in ("ignored", "retracted", "spoiler")
        if len(signature) == 1:
            return 1_780_000_000_000_000 if signature in "xt" else 2**31
        if signature == "aa{sv}" and name in NESTED:
            return [self._record(NESTED[name])]
        if signature == "a{sas}":
            return {self._value("s"): self._value("as") for _ in range(3)}
        return self._container(signature)

    def _container(self, signature):
        if signature.startswith("("):
            return tuple(self._value(each) for each in split(signature[1:-1]))
        if signature.startswith("a{"):
            return {}
        return [self._value(signature[1:]) for _ in HARD] if signature in ("as", "a(ss)") else []


RECORDS = {
    record: {each.name: each.signature for each in keys}
    for interface in load_all().values()
    for record, keys in interface.records.items()
}
NESTED = {"attachments": Attachment, "settings": ConfigurationSetting}


def _kinds(interface, member):
    """Return which record each value of a method is, or is a list of; None for others."""
    protocol = getattr(contract, interface.rpartition(".")[2])
    name = next(each for each in vars(protocol) if _name(interface, each) == member)
    hint = get_type_hints(getattr(protocol, name))["return"]
    several = get_args(hint) if get_origin(hint) is tuple else (hint,)
    return [
        next((one for one in (each, *get_args(each)) if _is_record(one)), None) for each in several
    ]


def _name(interface, name):
    try:
        return called(interface, name).name
    except KeyError:
        return ""


def _is_record(hint):
    return isinstance(hint, type) and issubclass(hint, Record)


@pytest.mark.parametrize("command", list(printing()), ids=lambda each: each.words)
def test_no_line_is_longer_than_the_terminal(command, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Output, "is_terminal", True)
    required = [each for each in command.arguments if each.is_required]
    words = [*command.words.split(), *(GIVEN[each.word] for each in required)]
    for columns in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(columns))
        for turn in range(0, len(HARD), 3):
            session = Backend(Line(words), turn)
            run(run_command(session, Line(words)))
            said = capsys.readouterr().out
            assert said
            assert "\x1b[3" not in said
            long = [each for each in said.splitlines() if widths.width(each) > columns]
            assert long == [], columns
