"""What can be set, as far as that is known without asking the backend."""

from collections.abc import Iterator

from primitivus.commands.context import Context
from primitivus.commands.settings.settings_listed import SOURCES
from primitivus.model.popups.switching import Goal
from primitivus.model.setting import Setting
from primitivus.model.wording.quoting import quote


def settings(ctx: Context) -> Iterator[Goal]:
    """Yield them, each of which is chosen in the view of settings."""
    listed = (each(ctx, ctx.state.layout.place).settings() for each in SOURCES)
    for source in listed:
        yield from (_goal(each) for each in source if each.section != "problems")


def _goal(setting: Setting) -> Goal:
    return Goal("setting", setting.name, f"settings {quote(setting.name)}", about=setting.doc)
