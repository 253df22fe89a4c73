"""Changes of a post that was changed or taken back since they were begun, or while they waited."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from backendd.api.errors import BackendError, UnknownItem
from backendd.api.records import Entry
from primitivus.client.post_drafts import PostDraftsPart
from primitivus.client.posts import PostsPart
from primitivus.commands.arguments.which_entry import Meant, is_told
from primitivus.commands.asking.forms import choose, confirm
from primitivus.commands.context import Context
from primitivus.commands.panes.panes import show
from primitivus.model.blogs.blogs import writer
from primitivus.model.blogs.post_drafts import feed_of_draft, name
from primitivus.model.blogs.post_titles import title
from primitivus.model.panes.draft import DraftPane
from primitivus.model.panes.post import PostPane
from primitivus.model.popups.key_question import Answer, question
from primitivus.model.popups.listing import Markup
from primitivus.model.popups.popup import Overlay
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.times import moment
from primitivus.sentences import tr


async def is_published_anyway(ctx: Context, pane: DraftPane, why: BackendError) -> bool:
    """Return whether a draft is published all the same, which is asked; it is one then that can be.

    Where it isn't the draft stays, and the post is shown where that is wanted. `why` is what
    publishing it was refused with: EntryChanged, or UnknownItem where there is no post any more.
    """
    draft, dropped = pane.draft, ["based_on"]
    if isinstance(why, UnknownItem):
        text = tr(
            "{name}\nThe post was taken back since you began this. Yours would be a new post.",
            name=name(draft),
        )
        if not await confirm(ctx, tr("Publish it as a new post"), text):
            return False
        dropped.append("id")
    elif not await _is_sure(ctx, pane):
        return False
    entry = {key: each for key, each in draft.entry.items() if key not in dropped}
    pane.write(replace(draft, entry=entry), "", ())
    await ctx.at(pane.place).part(PostDraftsPart).save(pane)
    return True


async def settle(ctx: Context, meant: Meant) -> None:
    """Have a change go out that has failed for what was done meanwhile, or be given up: as asked.

    Where neither is wanted it stays as it is, and what was done is shown where that is wanted.
    """
    entry, calls = meant.entry, meant.part.calls
    at, called = (entry.service, entry.node, entry.id), title(entry)
    again = partial(calls.retry, *at, anyway=True)
    try:
        with ctx.waiting.keys():
            theirs = await calls.get(*at, published=True)
    except UnknownItem:
        text = tr(
            "{name}\nThe post was taken back while this change of yours waited. Yours would be a"
            " new post.",
            name=called,
        )
        if await confirm(ctx, tr("Publish it as a new post"), text):
            await ctx.told(again(), is_told(meant))
        return
    text = tr(
        "{name}\nThe post was changed elsewhere while this change of yours waited. Yours would take"
        " the place of that: the change would be gone.",
        name=called,
    )
    answer = await _answer(ctx, text, discards=True)
    if answer == "p":
        await ctx.told(again(), is_told(meant))
    elif answer == "d":
        await ctx.told(calls.discard(*at), is_told(meant))
        ctx.state.say(tr("your change is discarded: the post is as it was changed elsewhere"))
    elif answer == "l":
        ctx.state.open_popup(Overlay(tr("As it was changed elsewhere"), tuple(_shown(theirs))))


def _shown(entry: Entry) -> Iterator[Markup]:
    """Yield the lines of what an entry says."""
    if entry.title:
        yield (("popup.key", entry.title),)
    yield (("popup", f"{writer(entry)}, {moment(entry.updated)}"),)
    yield ()
    for line in entry.body.split("\n"):
        yield (("popup", line),)


async def _answer(ctx: Context, text: str, *, discards: bool = False) -> str:
    """Return what is to be done about a post that was changed meanwhile: l, p, d, or n: nothing."""
    choices = [Answer("l", tr("Look")), Answer("p", tr("Publish"))]
    hint = tr(
        "l shows the post as it is now, p publishes yours all the same; n, Enter and Esc do nothing"
    )
    if discards:
        choices.append(Answer("d", tr("Discard")))
        hint = tr(
            "l shows the post as it is now, p publishes yours all the same, d gives yours up;"
            " n, Enter and Esc do nothing"
        )
    asked = question(
        tr("The post was changed meanwhile"),
        text,
        (*choices, Answer("n", tr("Nothing"))),
        hint=hint,
        prompt=tr("What now?"),
    )
    return await choose(ctx, asked)


async def _is_sure(ctx: Context, pane: DraftPane) -> bool:
    text = tr(
        "{name}\nThe post was changed since you began this, here or elsewhere. Yours would take the"
        " place of that: the change would be gone.",
        name=name(pane.draft),
    )
    answer = await _answer(ctx, text)
    if answer == "p":
        return True
    discards = tr("{key} discards it", key=key) if (key := ctx.key_for("delete-draft")) else ""
    ctx.state.say(joined(tr("nothing is published: the draft stays"), discards))
    if answer == "l":
        account = ctx.at(pane.place)
        feed = feed_of_draft(pane.draft, account.known.profile.jid)
        post = PostPane(pane.place, *feed, str(pane.draft.entry["id"]))
        show(ctx, post)
        await account.part(PostsPart).open(post)
    return False
