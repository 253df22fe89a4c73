"""The bar at the top: the profile, and with whom one talks."""

from primitivus.model.accounts import noise
from primitivus.sentences import tr
from primitivus.widgets import accounts, who
from primitivus.widgets.drawing.cells import (
    Row,
    Segment,
    clip_row,
    fill,
    joined,
    row_width,
    single_line,
)
from primitivus.widgets.drawing.linking import linked
from primitivus.widgets.scene import Scene

# Below these widths that nothing is encrypted is said shorter, then not; the profile has no name.
PLAIN_FROM, PLAIN_SHORT_FROM, PROFILE_FROM = 60, 36, 36


def draw(scene: Scene, columns: int) -> Row:
    """Return the one row of the bar."""
    state = scene.state
    left: list[Segment] = [("bar", " "), *_profile(scene, columns), ("bar", "  ")]
    peer = state.layout.place.peer if not state.account.is_locked else ""
    right = _encryption(scene, peer, columns) if peer else ()
    room = columns - row_width(right)
    if peer:
        left += _peer(scene, peer, room - row_width(tuple(left)) - 1)
    row = fill(clip_row(left, room, scene.symbols.ellipsis), room, "bar")
    return joined((*linked(row, "".join(text for _, text in left)), *right))


def _profile(scene: Scene, columns: int) -> list[Segment]:
    account = scene.state.account
    if not account.profile.name:
        return [("bar", "primitivus")]
    if columns < PROFILE_FROM:
        return [("bar", accounts.sign(scene, account))]
    return accounts.names(scene, columns)


def _peer(scene: Scene, peer: str, columns: int) -> list[Segment]:
    """Return with whom one talks and how it stands; where that doesn't fit, not their address."""
    state = scene.state
    name = accounts.as_whom(scene, state.layout.place, single_line(state.account.title(peer)))
    parts: list[Segment] = [("bar.name", f" {name}")]
    if state.focus == "messages":
        parts = [("bar.name.focused", f"{scene.symbols.focus}{name}")]
    stands = who.standing(scene, state.layout.place)
    words = filter(None, (stands.word, noise.unusual(state.account, peer)))
    stand: list[Segment] = [("bar", f"  {word}") for word in words]
    address: Segment = ("bar", f"  {peer}")
    is_named = state.account.name(peer) != peer
    if is_named and row_width((*parts, address, *stand)) <= columns:
        parts.append(address)
    parts += stand
    if stands.said:
        parts.append(("bar.status", f'  "{single_line(stands.said)}"'))
    return parts


def _encryption(scene: Scene, peer: str, columns: int) -> Row:
    """Return how the conversation is encrypted, and that it is not where it isn't."""
    encryption = scene.state.account.conversation(peer).encryption
    if encryption not in ("", "none"):
        return (("bar.encrypted", f" {encryption} "),)
    if columns < PLAIN_SHORT_FROM:
        return ()
    word = tr("not encrypted") if columns >= PLAIN_FROM else tr("plain")
    return (("bar.unencrypted", f" {word} "),)
