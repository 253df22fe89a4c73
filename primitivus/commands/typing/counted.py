"""A text as often as a count says, which is refused where nobody could mean that."""

from primitivus.commands.errors import CommandError
from primitivus.model.editing.editor import Editor
from primitivus.sentences import tr

# No message or post has so many characters. Each step of undo holds the text as it was.
MOST_MADE = 1 << 20


def so_often(editor: Editor, text: str, times: int, between: str = "") -> str:
    """Return what is put into the editor's text: `text` that many times, with `between` between.

    CommandError where a count makes more than `MOST_MADE` characters of it all.
    """
    made = len(editor.text) + (len(text) + len(between)) * times
    if times > 1 and made > MOST_MADE:
        raise CommandError(
            tr("so often it is too long: a count makes at most {most} characters", most=MOST_MADE)
        )
    return between.join([text] * times)
