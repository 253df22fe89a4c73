"""The bar at the top: the profile, and with whom one talks."""

from primitivus.widgets.cells import Row, Segment, clip, fill, joined, single_line, width
from primitivus.widgets.scene import Scene


def draw(scene: Scene, columns: int) -> Row:
    """Return the one row of the bar."""
    state = scene.state
    left: list[Segment] = [("bar", " "), *_profile(scene), ("bar", "   ")]
    peer = state.view.peer
    if peer and not state.profile.is_locked:
        left += _peer(scene, peer)
    right = _encryption(scene)
    room = columns - width(right) - (2 if right else 0)
    row = _clipped(left, room, scene.symbols.ellipsis)
    row = fill(row, room, "bar")
    if right:
        row = (*row, ("bar.encrypted", f" {right} "))
    return joined(fill(row, columns, "bar"))


def _profile(scene: Scene) -> list[Segment]:
    profile = scene.state.profile
    if not profile.name:
        return [("bar", "primitivus")]
    sign = {
        "online": scene.presence(profile.show or "online")[1],
        "connecting": scene.symbols.ellipsis,
        "waiting": scene.symbols.failed,
        "locked": scene.symbols.locked,
    }.get(profile.state, scene.symbols.offline)
    if not scene.state.is_attached:
        sign = scene.symbols.failed
    return [("bar", f"{sign} {profile.name}")]


def _peer(scene: Scene, peer: str) -> list[Segment]:
    state = scene.state
    name = single_line(state.name(peer))
    parts: list[Segment] = [("bar.name", name)]
    if name != peer:
        parts.append(("bar", f"  {peer}"))
    contact = state.roster.get(peer)
    if contact is None or state.profile.state != "online" or not state.is_attached:
        # Who is offline knows nothing of the others.
        return parts
    parts.append(("bar", f"  {contact.show or _absence(contact.subscription, ask=contact.ask)}"))
    if contact.status:
        parts.append(("bar.status", f'  "{single_line(contact.status)}"'))
    return parts


def _absence(subscription: str, *, ask: bool) -> str:
    if subscription in ("to", "both"):
        return "offline"
    return "asked for presence" if ask else "presence unknown"


def _encryption(scene: Scene) -> str:
    encryption = scene.state.conversation(scene.state.view.peer).encryption
    return "" if encryption in ("", "none") else encryption


def _clipped(parts: list[Segment], columns: int, ellipsis: str) -> Row:
    row: list[Segment] = []
    for style, text in parts:
        row.append((style, clip(text, columns, ellipsis)))
        columns -= width(text)
        if columns <= 0:
            break
    return tuple(row)
