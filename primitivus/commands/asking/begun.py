"""What was begun to be written somewhere, when one comes there again."""

from primitivus.commands.context import Context
from primitivus.model.wording.enumerating import joined
from primitivus.sentences import tr


def go_on_writing(ctx: Context) -> None:
    """Be behind what was begun here before, and say that it was."""
    editor = ctx.state.typed
    if editor is None or not editor.text.strip():
        return
    editor.text_end()
    key = ctx.key_for("clear-input")
    how = tr("{key} discards it", key=key) if key else ""
    said = joined(tr("this is the draft that you left here"), how)

    def is_there() -> bool:
        return ctx.state.typed is editor and bool(editor.text.strip())

    ctx.state.hint(said, is_there, ctx.state.account)
