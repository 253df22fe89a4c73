"""Keeping texts by letters: which one the next key is about."""

from primitivus.commands.arguments.types import Count, Register
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import NothingFound
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.registers import NOWHERE, UNNAMED
from primitivus.sentences import tr


@command("use-register", context="line")
async def use_register(ctx: Context, name: Register, times: Count | None = None) -> None:
    """Have the next key keep its text by a letter, or put what is kept by that.

    A capital letter adds to what is kept by its small one, 0 is what was copied last, and what is
    deleted to _ is kept nowhere. A count is for the next key as well.
    """
    ctx.register = (name, times)


def keep(ctx: Context, editor: Editor, text: str, name: str) -> None:
    """Keep a text for put, by a letter as well where one is meant."""
    if name == NOWHERE:
        return
    editor.keep(text)
    if name != UNNAMED:
        ctx.registers.keep(name, text, ctx.state.layout.place.account)


def kept(ctx: Context, editor: Editor, name: str) -> str:
    """Return what is kept by a letter, or was last; NothingFound.

    What was written in an account that is locked is seen nowhere.
    """
    if name == UNNAMED:
        return editor.kept
    found = ctx.registers.find(name)
    account = ctx.state.accounts.get(found.account) if found is not None else None
    if found is None or account is None or account.is_locked:
        raise NothingFound(tr('nothing is kept by "{name}"', name=name))
    return found.text
