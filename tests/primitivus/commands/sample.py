"""A handful of commands to parse and complete, and a context that remembers what was run."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from backendd.api.records import Contact
from primitivus.commands.arguments.names import CommandName, SettingName, SettingValue
from primitivus.commands.arguments.people import PeerJid
from primitivus.commands.arguments.types import NOTHING, ONCE, Count, Rest
from primitivus.commands.command import command
from primitivus.commands.registry import Registry
from primitivus.model.accounts.profile import Profile
from primitivus.model.state import State

PEERS = {"mia@example.org": "Mia", "mike@example.org": "Mike", "o'hara@example.org": "O'Hara"}


class Screen:
    """Knows the keymaps there are."""

    def keymaps(self) -> Sequence[str]:
        return ("primitivus", "vi")


def known() -> State:
    """Return a state with one account that has contacts."""
    state = State(lambda: 0)
    state.set_profile(Profile(name="alice"))
    state.accounts["alice"].is_open = True
    contacts = [Contact(jid=jid, name=name) for jid, name in PEERS.items()]
    state.accounts["alice"].roster.reset(contacts, [])
    return state


@dataclass
class Sample:
    ran: list[tuple[object, ...]] = field(default_factory=list)
    state: State = field(default_factory=known)
    screen: Screen = field(default_factory=Screen)

    @property
    def registry(self) -> Registry:
        return REGISTRY


@command("open", aliases=("query",))
async def open_conversation(ctx: Sample, peer: PeerJid, text: Rest = NOTHING) -> None:
    """Open the conversation with PEER.

    With a text, send it there.
    """
    ctx.ran.append(("open", peer, text))


@command("join")
async def join(ctx: Sample, peer: PeerJid, nick: str | None = None) -> None:
    """Enter a room."""
    ctx.ran.append(("join", peer, nick))


@command("presence")
async def presence(ctx: Sample, show: Literal["online", "away", "dnd"] = "online") -> None:
    """Say how you can be reached."""
    ctx.ran.append(("presence", show))


@command("answer")
async def answer(
    ctx: Sample, room: str | None = None, how: Literal["once", "keep"] = "once"
) -> None:
    """Answer an invitation."""
    ctx.ran.append(("answer", room, how))


@command("enter-all", aliases=("join all",))
async def enter_all(ctx: Sample, how: Literal["once", "keep"] = "once") -> None:
    """Enter all rooms."""
    ctx.ran.append(("enter-all", how))


@command("line-down", context="messages")
async def line_down(ctx: Sample, times: Count = ONCE) -> None:
    """Go down."""
    ctx.ran.append(("line-down", times))


@command("me")
async def me(ctx: Sample, text: Rest) -> None:
    """Say what you do."""
    ctx.ran.append(("me", text))


@command("size")
async def size(ctx: Sample, rows: int) -> None:
    """Take a number."""
    ctx.ran.append(("size", rows))


@command("attach")
async def attach(ctx: Sample, path: Path) -> None:
    """Take a file."""
    ctx.ran.append(("attach", path))


@command("help")
async def help_command(ctx: Sample, name: CommandName | None = None) -> None:
    """Show help."""
    ctx.ran.append(("help", name))


@command("set")
async def set_setting(ctx: Sample, name: SettingName, value: SettingValue) -> None:
    """Change a setting."""
    ctx.ran.append(("set", name, value))


@command("quit", aliases=("detach",))
async def leave(ctx: Sample) -> None:
    """Leave."""
    ctx.ran.append(("quit",))


REGISTRY = Registry(
    [
        open_conversation,
        join,
        enter_all,
        presence,
        answer,
        line_down,
        me,
        size,
        attach,
        help_command,
        set_setting,
        leave,
    ]
)
