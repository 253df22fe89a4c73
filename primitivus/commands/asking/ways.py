"""How one gets to where a command works."""

from primitivus.commands.context import Context
from primitivus.commands.errors import ElsewhereCommand
from primitivus.sentences import tr

# What is typed to go to a place, by the context of its commands.
_TYPED = {
    "contacts": "contacts on",
    "occupants": "occupants on",
    "search": "search WORDS",
    "services": "services",
}


def way_to(ctx: Context, error: ElsewhereCommand) -> str:
    """Return how to get to where a command works, or to run it there: a key, else a command."""
    context = error.context
    if context == "line":
        keys = [bound.keys for bound in ctx.screen.bindings() if bound.line == error.name]
        return (
            tr("{keys} runs it there", keys=keys[0])
            if keys
            else tr("a key of your keymap can run it there")
        )
    # The command of a list that shows would hide it.
    opens = () if ctx.state.layout.shows(context) else (context,)
    key = ctx.key_for(f"focus {context}", *opens)
    return tr("{key} goes there", key=key or f":{_TYPED.get(context, context)}")
