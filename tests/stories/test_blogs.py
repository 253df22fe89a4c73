"""Somebody reads what others write in their blogs."""

from backendd.core import xml
from primitivus.model.wording.times import now_us


async def test_a_blog_is_followed_read_and_found_again_without_a_connection(
    server, user, meet, tui
):
    bob = await meet(server, "bob")
    await bob.open_blog()
    await bob.publish("trains", "On trains", "They are late.", "2026-01-01T10:00:00Z")
    alice = await user(server, "alice")
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f":blog {bob.jid}")
    await terminal.wait_for("On trains")
    terminal.submit(":follow")
    await terminal.wait_for('you follow "bob')
    await bob.publish("ships", "On ships", "They are slow. " * 200, xml.format_time(now_us()))
    await terminal.wait_for("On ships")
    await terminal.wait_for("On trains")
    terminal.submit(":blog")
    await terminal.wait_for("Blogs: what you follow")
    await terminal.wait_for("1 unread post")
    terminal.submit(":disconnect")
    await alice.wait_state("offline")
    terminal.submit(":blog-search slow")
    await terminal.wait_for("Blogs: slow")
    await terminal.wait_for("On ships|are slow")
    terminal.submit(":blog")
    await terminal.wait_for("Blogs: what you follow")
    await terminal.wait_for("On trains")
