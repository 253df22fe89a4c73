"""The interface Blog."""

import os
from dataclasses import fields, replace

from backendd.api.errors import EntryChanged, NotSupported, UnknownItem
from backendd.api.names import BLOG
from backendd.api.records import BlogNode, Enclosure, EntryHit
from backendd.api.wire import from_wire
from tests.primitivus.fake.account import MICROBLOG


def _without_markup(entries):
    return [replace(each, xhtml="", has_markup=bool(each.xhtml)) for each in entries]


class FakeBlog:
    """The interface Blog of an account, whose entries stand in `account.entries`."""

    def __init__(self, account):
        self.account = account

    def _of(self, service, node):
        at = (service or self.account.jid, node or MICROBLOG)
        return [each for each in self._all() if (each.service, each.node) == at]

    def _all(self):
        return sorted(self.account.entries.values(), key=lambda each: -each.order)

    async def list(self, service, node, *, limit=50, after="", markup=True):
        self.account.calls.append(("ListEntries", service, node, after))
        self._refuse("ListEntries")
        found, page = self._page(self._of(service, node), limit, after, markup)
        if self.account.failing is not None:
            why, since = self.account.failing
            page |= {"offline": True, "error": ("UnknownItem", why), "since": since}
        return found, page

    def _page(self, found, limit, after, markup=True):
        start = int(after or 0)
        end = start + limit
        some = found[start:end]
        return some if markup else _without_markup(some), {
            "next": str(end) if end < len(found) else "",
            "offline": False,
        }

    async def get(self, service, node, id, *, published=False):
        self.account.calls.append(("GetEntry", service, node, id))
        self._refuse("GetEntry")
        found = next((each for each in self._of(service, node) if each.id == id), None)
        if held := self.account.held.pop("GetEntry", None):
            await held.wait()
        if found is None:
            raise UnknownItem("there is no such entry")
        if published and found.state != "published":
            if (service, node, id) not in self.account.published:
                raise UnknownItem("this entry is not published")
            return self.account.published[service, node, id]
        return found

    async def comments(self, service, node, id, *, limit=50, after=""):
        self.account.calls.append(("Comments", service, node, id, limit, after))
        self._refuse("Comments")
        if held := self.account.held.pop("MoreComments" if after else "Comments", None):
            await held.wait()
            self._refuse("Comments")
        entry = await self.get(service, node, id)
        at = (entry.comments_service, entry.comments_node)
        found = [each for each in self._all() if (each.service, each.node) == at]
        return self._page(found if entry.comments_node else [], limit, after)

    async def comment(
        self, service, node, id, text, *, parent="", token="", clear_draft=False, draft=""
    ):
        self.account.calls.append(("Comment", service, node, id, text, parent))
        self._refuse("Comment")
        entry = await self.get(service, node, id)
        kept = self.account.comment_drafts.get((entry.service, entry.node, entry.id))
        if kept is not None and (clear_draft or draft == kept.draft_id):
            self.account.draft_comment(entry.service, entry.id, "", node=entry.node)
        if token in self.account.tokens:
            return self.account.tokens[token]
        number = f"comment{len(self.account.entries)}"
        more = {"commented": entry.uri, "commented_title": entry.title}
        more |= {"parent": parent} if parent else {}
        self.account.write(
            entry.comments_service, number, node=entry.comments_node, title=text, state="pending",
            author=self.account.jid, more=more,
        )  # fmt: skip
        self.account.tokens[token] = number
        await self.account.answers.wait()
        return number

    async def comment_drafts(self):
        return sorted(self.account.comment_drafts.values(), key=lambda each: -each.updated)

    async def set_comment_draft(self, service, node, id, text, *, parent="", draft_id=""):
        self.account.calls.append(("SetCommentDraft", service, node, id, text, parent))
        self._refuse("SetCommentDraft")
        known = {"node": node, "parent": parent, "draft_id": draft_id}
        self.account.draft_comment(service, id, text, **known)

    async def like(self, service, node, id, like):
        self.account.calls.append(("Like", service, node, id, like))
        self._refuse("Like")
        entry = await self.get(service, node, id)
        likes = entry.more.get("likes", 0) + (like or -1)
        more = {**entry.more, "liked": like, "likes": likes}
        self.account.write(entry.service, id, node=entry.node, more=more)

    async def timeline(self, *, limit=50, after="", unread=False, markup=True):
        followed = {(each.service, each.node) for each in self.account.followed.values()}
        followed.add((self.account.jid, MICROBLOG))
        found = [each for each in self._all() if (each.service, each.node) in followed]
        wanted = [each for each in found if each.unread or not unread]
        return self._page(wanted, limit, after, markup)

    async def unpublished(self, *, limit=50, after="", markup=True):
        found = [
            each for each in self._all() if each.state != "published" or each.more.get("retracting")
        ]
        return self._page(found, limit, after, markup)

    async def search(self, query, *, service="", node="", before=0, limit=50, markup=True):
        self.account.calls.append(("SearchEntries", query, service, node))
        below = (each for each in self._all() if not before or each.order < before)
        said = ((each, each.body or each.title) for each in below)
        found = [(each, said) for each, said in said if query.lower() in said.lower()]
        hits = [
            EntryHit(
                **{each.name: getattr(entry, each.name) for each in fields(entry)},
                snippet=said,
                ranges=[(said.lower().find(query.lower()), len(query))],
            )
            for entry, said in found[:limit]
        ]
        return hits if markup else _without_markup(hits)

    async def mark_read(self, service, node, ids):
        self._refuse("MarkRead")
        self.account.calls.append(("MarkEntriesRead", service, node, list(ids)))
        for each in self._of(service, node):
            if each.unread and (not ids or each.id in ids):
                self.account.write(each.service, each.id, node=each.node, unread=False)

        if (service, node) in self.account.discussions:
            told = self.account.discussions[service, node]
            post = self.account.entries[told.service, told.node, told.id]
            self.account.discuss(post)
            left = self.account.discussions[service, node].unread
            more = {**post.more, "unread_comments": left}
            self.account.write(told.service, told.id, node=told.node, more=more)

    async def discussions(self):
        return list(self.account.discussions.values())

    async def see_likes(self, service, node, ids):
        self.account.calls.append(("SeeLikes", service, node, list(ids)))
        self._refuse("SeeLikes")
        for each in list(self.account.discussions.values()):
            is_of_feed = (each.service, each.node) == (service, node or MICROBLOG)
            if is_of_feed and (each.id in ids or not ids) and each.new_likes:
                post = self.account.entries[each.service, each.node, each.id]
                self.account.discuss(post, new_likes=0, new_likers=[])

    async def set_discussion(self, service, node, id, *, notify="all"):
        self.account.calls.append(("SetDiscussion", service, node, id, notify))
        self.account.discuss(await self.get(service, node, id), notify=notify)

    async def subscribe(self, service, node):
        self.account.calls.append(("Subscribe", service, node))
        self._refuse("Subscribe")
        self.account.follow(service, node)

    async def unsubscribe(self, service, node):
        self.account.calls.append(("Unsubscribe", service, node))
        self._refuse("Unsubscribe")
        gone = self.account.followed.pop((service, node or MICROBLOG), None)
        if gone is None:
            raise UnknownItem("this blog isn't followed")
        self.account.emit(BLOG, "SubscriptionsChanged", [], [gone])

    async def subscriptions(self):
        return list(self.account.followed.values())

    async def drafts(self):
        return sorted(self.account.drafts.values(), key=lambda each: -each.updated)

    async def save_draft(self, id, service, node, entry, *, revision=0):
        self.account.calls.append(("SaveDraft", id, service, node, dict(entry)))
        self._refuse("SaveDraft")
        known = self.account.drafts.get(id)
        if not id or (known is not None and 0 < revision < known.revision):
            id = f"draft{next(self.account.ids)}"
        self.account.draft(id, service, node, **entry)
        return id

    async def delete_draft(self, id):
        self.account.calls.append(("DeleteDraft", id))
        if id not in self.account.drafts:
            raise UnknownItem("there is no such draft")
        self.account.end_draft(id)

    async def reader_requests(self):
        return list(self.account.readers.values())

    async def accept_reader(self, id):
        self.account.calls.append(("AcceptReader", id))
        self._refuse("AcceptReader")
        self.account.settle_reader(id)

    async def deny_reader(self, id):
        self.account.calls.append(("DenyReader", id))
        self._refuse("DenyReader")
        self.account.settle_reader(id)

    async def writers(self, service, node):
        self._refuse("Writers")
        return self.account.writers.get((service or self.account.jid, node), ("publishers", ()))

    async def set_writers(self, service, node, model, members):
        self.account.calls.append(("SetWriters", service, node, model, list(members)))
        self._refuse("SetWriters")
        self.account.writers[service or self.account.jid, node] = (model, members)

    async def nodes(self, service, *, limit=50, after=""):
        self.account.calls.append(("Nodes", service, after))
        self._refuse("Nodes")
        found, page = self._page(self.account.nodes.get(service, []), limit, after)
        return found, {"next": page["next"]}

    async def set_subscription(self, service, node, *, notify="all"):
        self.account.calls.append(("SetSubscription", service, node, notify))
        self._refuse("SetSubscription")
        self.account.follow(service, node, notify=notify)

    async def node(self, service, node):
        self.account.calls.append(("Node", service, node))
        known = {each.node: each for each in self.account.nodes.get(service, [])}
        if held := self.account.held.pop("Node", None):
            await held.wait()
        self._refuse("Node")
        return known.get(node, BlogNode(service=service, node=node))

    async def followed_by(self, jid, *, limit=50, after=""):
        self.account.calls.append(("FollowedBy", jid, after))
        self._refuse("FollowedBy")
        found, page = self._page(self.account.nodes.get(f"of {jid}", []), limit, after)
        return found, {"next": page["next"]}

    async def group_service(self):
        self._refuse("GroupService")
        return next(iter(self.account.nodes), "")

    async def create_node(
        self, service, node, *, access="open", members=(), title="", description="", gallery=False
    ):
        self.account.calls.append(("CreateNode", service, node, access, list(members), title))
        self._refuse("CreateNode")
        if gallery:
            self.account.galleries.add((service, node))
        self.account.access[service or self.account.jid, node or MICROBLOG] = (access, members)

    async def delete_node(self, service, node):
        self.account.calls.append(("DeleteNode", service, node))
        self._refuse("DeleteNode")
        for each in self._of(service, node):
            self.account.take_back(each.service, each.id, node=each.node)
        self.account.access.pop((service or self.account.jid, node or MICROBLOG), None)

    async def access(self, service, node):
        self.account.calls.append(("Access", service, node))
        self._refuse("Access")
        return self.account.access.get(
            (service or self.account.jid, node or MICROBLOG), ("open", ())
        )

    async def set_access(self, service, node, model, members):
        self.account.calls.append(("SetAccess", service, node, model, list(members)))
        self._refuse("SetAccess")
        self.account.access[service or self.account.jid, node or MICROBLOG] = (model, members)

    async def set_reader(self, service, node, jid, may_read):
        self.account.calls.append(("SetReader", service, node, jid, may_read))
        self._refuse("SetReader")
        at = (service or self.account.jid, node or MICROBLOG)
        model, members = self.account.access.get(at, ("open", ()))
        others = tuple(each for each in members if each != jid)
        self.account.access[at] = (model, (*others, jid) if may_read else others)

    async def publish(self, service, node, entry, *, token="", draft=""):
        self.account.calls.append(("Publish", service, node, dict(entry)))
        self._refuse("Publish")
        id = entry.get("id") or f"written-{len(self.account.entries)}"
        at = service or self.account.jid
        before = self.account.entries.get((at, node or MICROBLOG, id))
        if "id" in entry and before is None:
            raise UnknownItem("there is no such entry")
        if "based_on" in entry and _version(before) != entry["based_on"]:
            raise EntryChanged("this entry was changed since this change of it was begun")
        body = entry.get("markdown") or entry.get("body", "")
        title, tags = entry.get("title", ""), list(entry.get("tags", []))
        if draft in self.account.drafts:
            self.account.end_draft(draft)
        files = list(before.attachments) if before is not None else []
        if "enclosures" in entry:
            files = [from_wire(Enclosure, each) for each in entry["enclosures"]]
        files += [Enclosure(title=each.rpartition("/")[2]) for each in entry.get("files", [])]
        self.account.write(
            at, id, node=node or MICROBLOG, title=title, body=body, tags=tags, attachments=files
        )
        return id

    async def publish_handles(self, service, node, entry, files, names, *, token="", draft=""):
        self.account.calls.append(("PublishHandles", service, node, dict(entry), list(names)))
        self.account.handed += [os.pread(each.fileno(), 1 << 20, 0) for each in files]
        named = {**entry, "files": list(names)}
        return await self.publish(service, node, named, token=token, draft=draft)

    async def download(self, service, node, id, attachment, directory):
        self.account.calls.append(("DownloadOf", service, node, id, attachment, directory))
        self._refuse("DownloadInto" if directory else "DownloadOf")
        await self.account.answers.wait()
        return self._fetch(await self.get(service, node, id), attachment)

    async def download_handle(self, service, node, id, attachment, file):
        self.account.calls.append(("DownloadHandleOf", service, node, id, attachment))
        return self._fetch(await self.get(service, node, id), attachment)

    def _fetch(self, entry, attachment):
        file = entry.attachments[attachment]
        id = self.account.transfer(
            peer=entry.service, name=file.title, size=file.size, direction="in", state="queued",
            url=file.url, mime=file.mime, entry_service=entry.service, entry_node=entry.node,
            entry_id=entry.id,
        ).id  # fmt: skip
        files = [
            replace(each, transfer=id) if number == attachment else each
            for number, each in enumerate(entry.attachments)
        ]
        self.account.write(entry.service, entry.id, node=entry.node, attachments=files)
        return id

    async def preview(self, markdown):
        self._refuse("Preview")
        return markdown, f"<div xmlns='http://www.w3.org/1999/xhtml'><p>{markdown}</p></div>"

    async def source(self, service, node, id):
        self.account.calls.append(("Source", service, node, id))
        entry = await self.get(service, node, id)
        given = {
            "id": id, "title": entry.title, "tags": entry.tags, "markdown": entry.body,
            "comments": bool(entry.comments_node), "based_on": _version(entry),
        }  # fmt: skip
        if entry.attachments:
            keys = ("url", "mime", "title", "size")
            files = [{key: getattr(each, key) for key in keys} for each in entry.attachments]
            given["enclosures"] = files
        return given, "<u>" in entry.xhtml

    async def retract(self, service, node, id):
        self.account.calls.append(("Retract", service, node, id))
        self._refuse("Retract")
        self.account.take_back(service or self.account.jid, id, node=node or MICROBLOG)

    async def retry(self, service, node, id, *, anyway=False):
        self.account.calls.append(("Retry", service, node, id, *["anyway"] * anyway))
        self._refuse("Retry")
        self.account.write(service, id, node=node, state="published", error=("", ""))

    async def discard(self, service, node, id):
        self.account.calls.append(("Discard", service, node, id))
        self._refuse("Discard")
        if self.account.entries[service, node, id].state == "published":
            self.account.write(service, id, node=node, error=("", ""), more={})
            return
        if was := self.account.published.pop((service, node, id), None):
            self.account.write(
                service, id, node=node, state="published", error=("", ""), body=was.body
            )
            return
        self.account.take_back(service, id, node=node)

    async def discard_pending(self, service, node):
        self.account.calls.append(("DiscardPending", service, node))
        at = (service, node)
        waits = [each.pending for each in self.account.outgoing if (each.service, each.node) == at]
        self.account.send_out(service, node)
        return sum(waits)

    async def outgoing(self):
        return list(self.account.outgoing)

    async def export(self, service, node, file):
        self.account.calls.append(("Export", service, node))
        self._refuse("Export")
        os.write(file.fileno(), b"<feed/>")

    async def export_to(self, service, node, path):
        raise NotSupported("the frontend hands over what it has opened")

    async def import_from(self, service, node, path, *, dry_run=False):
        raise NotSupported("the frontend hands over what it has opened")

    async def import_(self, service, node, file, *, dry_run=False):
        self.account.calls.append(("Import", service, node, os.read(file.fileno(), 100), dry_run))
        self._refuse("Import")
        return list(self.account.importable)

    def _refuse(self, call):
        if why := self.account.blog_refusals.get(call):
            self.account.calls.append(("refused", call))
            raise why


def _version(entry):
    return f"{entry.title} {entry.body}"
