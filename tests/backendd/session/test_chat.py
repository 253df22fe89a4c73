"""Messages over a real server, in both directions."""


async def test_a_message_reaches_the_other_side_and_is_sent(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    await home.send(peer.jid, "hello")
    await peer.until(lambda: peer.bodies() == ["hello"])
    await home.until_message(peer.jid, "hello", "sent")
    assert await home.count("outbox") == 0


async def test_a_message_that_comes_in_is_stored_once(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    peer.chat(home.jid, "hi", id="m1")
    message = await home.until_message(peer.jid, "hi", "unread")
    assert (message.source, message.direction, message.message_id) == ("live", "in", "m1")
    assert message.stanza_id


async def test_what_was_sent_while_offline_goes_out_on_connect_in_order(make_home, make_peer):
    peer = await make_peer()
    home = await make_home()
    bodies = [f"m{n}" for n in range(5)]
    for body in bodies:
        await home.send(peer.jid, body)
    assert {m.state for m in await home.messages(peer.jid)} == {"pending"}
    await home.online()
    await peer.until(lambda: peer.bodies() == bodies)
    await home.until_message(peer.jid, "m4", "sent")
