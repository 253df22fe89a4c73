"""The title of a main pane: whose it is, and what is going on there."""

from primitivus.model.attention import is_kept_up
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.screen.placing import Placed
from primitivus.sentences import cntr, tr
from primitivus.widgets import accounts, who
from primitivus.widgets.drawing.cells import Row, fit, single_line, width
from primitivus.widgets.drawing.linking import linked
from primitivus.widgets.scene import Scene


def draw(scene: Scene, placed: Placed, why: str) -> Row:
    """Return the one row of the title; `why` is why only this one of two panes shows."""
    state, pane = scene.state, placed.pane
    is_here = pane is state.layout.main
    style = "pane.title.focused" if is_here else "pane.title"
    sign = scene.symbols.focus if is_here else " "
    right = scene.more(pane.beyond) + (f" {why} " if why else "")
    if isinstance(pane, ConversationPane) and not state.at(pane.place).is_locked:
        right = _news(scene, pane) + right
    room = max(1, placed.columns - width(right))
    name = _name(scene, placed)
    left = fit(f"{sign}{name}", room, scene.symbols.ellipsis)
    text = fit(f"{left}{right}", placed.columns, scene.symbols.ellipsis)
    return linked([(style, text)], name)


def _name(scene: Scene, placed: Placed) -> str:
    pane = placed.pane
    if pane.caption:
        return single_line(pane.caption)
    account = scene.state.at(pane.place)
    if account.is_locked and account.profile.name:
        return tr("{name} is locked", name=single_line(account.profile.name))
    if not pane.place.peer:
        whose = scene.state.accounts.told_apart(account)
        return (
            tr("{whose}: no conversation", whose=single_line(whose))
            if whose
            else tr("no conversation")
        )
    name = accounts.as_whom(scene, pane.place, single_line(account.title(pane.place.peer)))
    stands = who.standing(scene, pane.place)
    word = f"  {stands.word}" if stands.word else ""
    said = f'  "{single_line(stands.said)}"' if stands.said else ""
    return f"{name}{word}{said}"


def _news(scene: Scene, pane: ConversationPane) -> str:
    """Return what is going on in a conversation: who types, what is unread."""
    record = scene.state.at(pane.place).conversation(pane.place.peer)
    said = tr("typing{ellipsis}", ellipsis=scene.symbols.ellipsis)
    typing = f" {said} " if record.typing else ""
    if not record.unread or is_kept_up(scene.state, pane.place):
        return typing
    said = cntr("messages", "{n} unread", "{n} unread", record.unread)
    return f"{typing} {said} "
