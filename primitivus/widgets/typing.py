"""Typed text: where a character goes that no key is bound to."""

from primitivus.commands.context import Context
from primitivus.commands.registry import SIGNS


def type_text(ctx: Context, text: str) -> None:
    """Put a typed character where text goes; where nothing takes it, say why."""
    editor, state = ctx.editor, ctx.state
    if editor is None and state.view.shown_popup is not None:
        ctx.pane.typed(text)
        ctx.edited()
        return
    if editor is None and text in SIGNS:
        # Nothing can be sent yet, so it is meant as a command.
        state.command_line.reset()
        state.show(mode="command", mode_after="insert")
        return
    if editor is None:
        why = ctx.no_conversation()
        state.say(str(why), about=type(why).__name__)
        return
    chat = ctx.message_chat
    if chat is not None:
        chat.go_on(text)
    editor.insert(text)
    ctx.edited()
