"""Changing a setting of this program, at once and until one quits."""

from primitivus.commands.arguments.names import setting_values
from primitivus.commands.context import Context
from primitivus.commands.line.completions import Asked
from primitivus.commands.panes.panes import go_to
from primitivus.config import documentation
from primitivus.config_file import differences
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr
from primitivus.user_files import unknown


def take(ctx: Context, name: str, text: str) -> None:
    """Let a setting be what `text` says; ValueError, with a sentence. `show` draws by it."""
    settings = ctx.settings.with_text(name, text)
    require_known(ctx, name, getattr(settings, name))
    ctx.state.use_settings(settings)


def show(ctx: Context, name: str) -> None:
    """Draw with what a setting is now, and have the focus where it shows."""
    listed = ctx.state.layout.list_called(name)
    if listed is not None and listed.is_on(ctx.settings):
        ctx.state.layout.fold(listed.side, is_folded=False)
    ctx.screen.apply(name)
    leave_hidden(ctx)


def confirm(ctx: Context, name: str) -> None:
    """Say what a setting is now, and how it stays so."""
    is_saved = name not in differences(ctx.saved, ctx.settings)
    ctx.state.say(joined(so(ctx, name), "" if is_saved else tr(":save keeps it")))


def so(ctx: Context, name: str) -> str:
    """Return what a setting is, as it is typed."""
    return f"{name} = {quote(ctx.settings.text_of(name))}"


def leave_hidden(ctx: Context) -> None:
    """Have the focus where it shows."""
    focused = ctx.state.layout.list_called(ctx.state.layout.focus)
    if focused is not None and not focused.is_on(ctx.settings):
        go_to(ctx, "input")


def require_known(ctx: Context, name: str, value: str) -> None:
    """Raise ValueError where a setting names what there is not."""
    if not documentation()[name].kind:
        return

    def begun(word: str) -> list[str]:
        return [each.text for each in setting_values(name, Asked(word, name, (), ctx))]

    if value not in begun(value):
        said = tr('unknown {setting} "{value}"', setting=name, value=value)
        raise ValueError(unknown(said, value, begun(""), is_listing=True))
