"""Pasted text: where it goes, and what is said of a paste whose end is missing."""

from primitivus.commands.context import Context
from primitivus.commands.typing.repeating import record_typing
from primitivus.model.state import State
from primitivus.sentences import tr
from primitivus.widgets.keyboard.typing import put_sought
from primitivus.widgets.terminal.paste import LONGEST_PASTE, Paste

_WAITS = tr("a paste has begun and its end is missing: Esc Esc ends it")
_CUT = tr("the paste was longer than {most} MiB: its rest is left out", most=LONGEST_PASTE >> 20)
_OVER = tr("the end of the paste never came: here is what there was of it")


def say_paste_waits(state: State) -> None:
    """Say that keys are taken for pasted text, and what ends that."""
    state.say(_WAITS)


def put_paste(ctx: Context, paste: Paste) -> None:
    """Put pasted text where text goes; nothing of it is a key."""
    state, editor = ctx.state, ctx.editor
    view, notice = state.view, state.notices.current
    if paste.is_cut:
        state.complain(_CUT)
    elif paste.is_open:
        state.say(_OVER)
    elif notice is not None and notice.text == _WAITS:
        state.notices.clear()
    if put_sought(ctx, paste.text):
        return
    if editor is None or (view.shown_popup is None and not state.layout.is_typed):
        state.say(tr("nothing takes text here: the paste is left out"))
        return
    if view.shown_popup is None and view.mode == "normal" and view.is_modal:
        # What is pasted is text, wherever one is; it goes where text goes.
        state.show(mode="insert")
    if ctx.message_chat is not None:
        ctx.message_chat.go_on(paste.text)
    record_typing(ctx)
    is_one_line = view.mode == "command" or view.shown_popup is not None
    editor.paste(" ".join(paste.text.splitlines()) if is_one_line else paste.text)
    ctx.edited()
