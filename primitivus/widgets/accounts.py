"""Accounts, told apart: by a sign of how each stands, its name, and the colour of its address."""

from primitivus.model.accounts.account import Account
from primitivus.model.place import Place
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.terms import term
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, Segment, clip, fill, single_line, width
from primitivus.widgets.drawing.touching import running
from primitivus.widgets.scene import Scene

# Names that are shorter than that in a bar say nothing.
LEAST_NAME = 4


def sign(scene: Scene, account: Account) -> str:
    """Return how an account stands, in a sign."""
    signs, profile = scene.symbols, account.profile
    if not scene.state.is_attached:
        return signs.failed
    if account.is_locked:
        return signs.locked
    return {
        "online": scene.presence(profile.show or "online")[1],
        "connecting": signs.ellipsis,
        "waiting": signs.failed,
    }.get(profile.state, signs.offline)


def as_whom(scene: Scene, place: Place, name: str) -> str:
    """Return a name with as whom one is there, where another account is in the same."""
    if not scene.state.accounts.has_namesake(place):
        return name
    return tr("{name} as {account}", name=name, account=single_line(place.account))


def heading(scene: Scene, place: Place, columns: int, *, marked: str) -> Row:
    """Return the row that begins the entries of an account; `marked` is its style if it is."""
    account = scene.state.at(place)
    name, word = single_line(account.profile.name), scene.state.backend.standing_of(account)
    name_style = marked or scene.nick_style(account.profile.jid)
    room = max(1, columns - width(sign(scene, account)) - 2)
    # Without the backend nobody knows of any, which is said above, and not by those with room.
    said = f" ({term(word)})" if word not in ("online", "unknown") else ""
    if width(name) + width(said) > room:
        # The sign says it as well.
        said = ""
    name = clip(name, room, scene.symbols.ellipsis)
    row: list[Segment] = [
        (marked or "list.group", f"{sign(scene, account)} "),
        (name_style, name),
        (marked or "list.group", said),
    ]
    return fill(tuple(row), columns, marked or "list.group")


def names(scene: Scene, columns: int) -> list[Segment]:
    """Return all accounts in a bar: the one where one is has a star, others their signs alone.

    Where there is one only, it has no star.
    """
    accounts = scene.state.accounts
    here = scene.state.account
    if len(accounts) < 2:
        return [("bar", f"{sign(scene, here)} {single_line(here.profile.name)} ")]
    longest = max(width(single_line(name)) for name in accounts)
    for most in range(longest, min(longest, LEAST_NAME) - 1, -1):
        parts = _names(scene, most)
        if sum(width(text) for _, text in parts) <= columns // 3:
            return parts
    return [part for part in parts if part[0] == "bar.name"] + [("bar", f"+{len(parts) - 1} ")]


def _names(scene: Scene, most: int) -> list[Segment]:
    """Return all accounts in a bar, their names in so many columns at most."""
    parts: list[Segment] = []
    for name, account in scene.state.accounts.items():
        is_here = account is scene.state.account
        shown = clip(single_line(name), most, scene.symbols.ellipsis)
        style = "bar.name" if is_here else "bar"
        text = f"{sign(scene, account)} {shown}{'*' if is_here else ''} "
        parts += running([(style, text)], f"profile {quote(name)}")
    return parts
