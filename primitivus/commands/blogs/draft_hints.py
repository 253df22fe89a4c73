"""Which keys do what with a draft that is shown."""

from primitivus.commands.context import Context
from primitivus.sentences import tr


def hints(ctx: Context) -> tuple[str, str]:
    """Return which keys go on from a draft, and which leaves it as one."""
    bound = [each for each in ctx.screen.bindings() if each.context == "normal.draft"]
    keys = {each.line: each.keys for each in bound}
    purposes = (
        ("publish-draft", tr("publishes it")),
        ("edit-draft", tr("edits it")),
        ("delete-draft", tr("deletes it")),
    )
    ways = "; ".join(f"{keys[line]} {purpose}" for line, purpose in purposes if line in keys)
    return ways, tr("{keys} leaves it as a draft", keys=keys["back"]) if "back" in keys else ""
