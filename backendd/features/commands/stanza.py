"""Stages of ad-hoc commands as elements (XEP-0050)."""

from typing import cast, get_args
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.tuples import NamedTuple
from backendd.api.words import CommandAction, CommandStatus, NextAction, NoteType
from backendd.core import forms, xml
from backendd.core.fields import Form

COMMANDS = "http://jabber.org/protocol/commands"
TAG = f"{{{COMMANDS}}}command"
BAD_PAYLOAD = f"{{{COMMANDS}}}bad-payload"

_MOST_NOTES = 100
_LIMIT, _TEXT_LIMIT = 1000, 10_000


class Note(NamedTuple):
    """What is told of a stage: an `info`, a `warn` or an `error`."""

    type: NoteType
    text: str


class Stage(NamedTuple):
    """Where a command stands; without `session` it doesn't go on."""

    session: str
    status: CommandStatus
    actions: tuple[NextAction, ...]
    default: NextAction
    notes: tuple[Note, ...]
    form: Form | None


def encode(node: str, session: str, action: CommandAction, form: Element | None) -> Element:
    """Return the payload that begins a command, or goes on with it."""
    attributes = {"node": node} | ({"sessionid": session} if session else {})
    if action:
        attributes["action"] = action
    return xml.element(COMMANDS, "command", attributes, [form] if form is not None else [])


def decode(answer: Element) -> Stage:
    """Return the stage that a result tells of."""
    command = xml.child(answer, COMMANDS, "command")
    if command is None:
        return Stage("", "completed", (), "complete", (), None)
    status = _status(command.get("status", ""))
    actions, default = _actions(xml.child(command, COMMANDS, "actions"))
    return Stage(
        command.get("sessionid", "")[:_LIMIT],
        status,
        actions if status == "executing" else (),
        default,
        tuple(map(_note, command.findall(f"{{{COMMANDS}}}note")[:_MOST_NOTES])),
        forms.find(command),
    )


def _status(written: str) -> CommandStatus:
    # What says nothing of going on doesn't.
    known = written in get_args(CommandStatus)
    return cast("CommandStatus", written) if known else "completed"


def _actions(element: Element | None) -> tuple[tuple[NextAction, ...], NextAction]:
    """Return what may be done next, and which of that is meant where nobody says (3.4)."""
    offered: tuple[NextAction, ...] = ()
    if element is not None:
        named = {xml.split(each.tag)[1] for each in element}
        offered = tuple(each for each in get_args(NextAction) if each in named)
    actions: tuple[NextAction, ...] = offered or ("complete",)
    meant = element.get("execute", "") if element is not None else ""
    default = meant if meant in actions else ("next" if "next" in actions else actions[-1])
    return actions, default


def _note(element: Element) -> Note:
    kind = element.get("type", "info")
    said = text.clean(element.text or "", limit=_TEXT_LIMIT)
    is_known = kind in get_args(NoteType)
    return Note(cast("NoteType", kind) if is_known else "info", said)
