"""Typed text: where a character goes that no key is bound to, and what else is about it."""

from primitivus.commands.context import Context
from primitivus.commands.registry import SIGNS, Registry
from primitivus.commands.typing.repeating import record_typing
from primitivus.model.area import Area
from primitivus.model.popups.key_question import KeyQuestion
from primitivus.model.state import State

# A sentence in the status line stays at least so long, whatever is typed.
NOTICE_US = 3_000_000
# Global commands that are about what is typed, beside those that edit it.
_OF_WHAT_IS_TYPED = ("editor", "mode")


def type_text(ctx: Context, text: str) -> None:
    """Put a typed character where text goes; where nothing takes it, say why."""
    editor, state = ctx.editor, ctx.state
    if put_sought(ctx, text):
        return
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
    record_typing(ctx)
    editor.insert(text, is_over=state.overtypes)
    ctx.edited()


def hush(state: State, now_us: int) -> None:
    """Have the status line say no more what it has said for a while, now that a key is pressed."""
    notice = state.notices.current
    if notice is not None and now_us - notice.time_us > NOTICE_US:
        state.notices.clear()


def answers(ctx: Context, text: str) -> bool:
    """Return whether a question is open that a typed character answers, which it has chosen."""
    popup = ctx.state.view.shown_popup
    return isinstance(popup, KeyQuestion) and popup.is_answered(text)


def put_sought(ctx: Context, text: str) -> bool:
    """Look for a text in what was sent, if something is looked for there; return whether it is."""
    search = ctx.state.history_search
    if search is not None:
        search.type(text)
        ctx.state.changed(Area.INPUT)
    return search is not None


def ends_search(registry: Registry, line: str) -> bool:
    """Return whether a key that runs `line` is about what was found, which is taken then."""
    command = registry.find(line.split(maxsplit=1)[0])
    if command is None or command.name == "history-search":
        return False
    return command.context == "line" or command.name in _OF_WHAT_IS_TYPED
