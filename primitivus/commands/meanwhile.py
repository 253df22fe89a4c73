"""Drafts that change a post which was changed, or taken back, since they were begun."""

from dataclasses import replace

from backendd.api.errors import BackendError, UnknownItem
from primitivus.client.post_drafts import PostDraftsPart
from primitivus.client.posts import PostsPart
from primitivus.commands.context import Context
from primitivus.commands.forms import confirm
from primitivus.commands.panes import show
from primitivus.model.panes.draft import DraftPane
from primitivus.model.panes.post import PostPane
from primitivus.model.popup import Dialog, Field
from primitivus.model.post_drafts import feed_of_draft, name

_CHANGED = (
    "{name}\nThe post was changed since you began this, here or elsewhere. Yours would take the "
    "place of that: the change would be gone."
)
_TAKEN_BACK = "{name}\nThe post was taken back since you began this. Yours would be a new post."


async def is_published_anyway(ctx: Context, pane: DraftPane, why: BackendError) -> bool:
    """Return whether a draft is published all the same, which is asked; it is one then that can be.

    Where it isn't the draft stays, and the post is shown where that is wanted. `why` is what
    publishing it was refused with: EntryChanged, or UnknownItem where there is no post any more.
    """
    draft, dropped = pane.draft, ["based_on"]
    if isinstance(why, UnknownItem):
        text = _TAKEN_BACK.format(name=name(draft))
        if not await confirm(ctx, "Publish it as a new post", text):
            return False
        dropped.append("id")
    elif not await _is_sure(ctx, pane):
        return False
    entry = {key: each for key, each in draft.entry.items() if key not in dropped}
    pane.write(replace(draft, entry=entry), "", ())
    await ctx.at(pane.place).part(PostDraftsPart).save(pane)
    return True


async def _is_sure(ctx: Context, pane: DraftPane) -> bool:
    values = await ctx.ask(
        Dialog(
            title="The post was changed meanwhile",
            text=_CHANGED.format(name=name(pane.draft)),
            fields=[
                Field(
                    "what", "l: look, p: publish",
                    "l shows the post as it is now, p publishes yours all the same; Enter alone "
                    "does nothing", is_optional=True,
                )
            ],
            button="Answer",
        )
    )  # fmt: skip
    ctx.state.close_popup()
    answer = (values or {}).get("what", "").strip().lower()
    if answer in ("p", "publish"):
        return True
    discards = f"; {key} discards it" if (key := ctx.key_for("delete-draft")) else ""
    ctx.state.say(f"nothing is published: the draft stays{discards}")
    if answer in ("l", "look"):
        account = ctx.at(pane.place)
        feed = feed_of_draft(pane.draft, account.known.profile.jid)
        post = PostPane(pane.place, *feed, str(pane.draft.entry["id"]))
        show(ctx, post)
        await account.part(PostsPart).open(post)
    return False
