"""A file goes from one profile to another, whole, or both know why not."""

import asyncio
import hashlib

import pytest

from backendd.api.errors import (
    BackendError,
    FileError,
    HostUnreachable,
    NotAllowed,
    NotConnected,
    NotSupported,
    TooLarge,
    UnknownItem,
)
from backendd.jingle import names
from backendd.jingle.descriptions import File
from tests.backendd.jingle.kit import (
    IN_BAND_ONLY,
    JULIET,
    METHODS,
    ROMEO,
    Data,
    End,
    Full,
    Kept,
    noise,
)

SIZES = [0, 1, 16384, 16385, 3 * 1024 * 1024 + 7]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("methods", [METHODS, IN_BAND_ONLY], ids=["socks5", "in-band"])
async def test_a_file_arrives_as_it_was_sent(romeo, juliet, size, methods):
    sending = romeo.send(Data(noise(size)), methods=methods)
    offer = await juliet.offer()
    target = Kept()
    await asyncio.gather(juliet.accept(offer, target), sending)
    assert target.data == noise(size)
    assert target.given == {"sha-256": hashlib.sha256(noise(size)).digest()}
    assert juliet.used == romeo.used == [names.SOCKS5 if methods is METHODS else names.IN_BAND]
    assert romeo.progress == sorted(romeo.progress)
    assert size in (*romeo.progress, 0)


async def test_an_offer_says_what_the_file_is(romeo, juliet):
    digest = hashlib.sha256(b"abc").digest()
    file = File("notes.txt", mime="text/plain", modified=1_000_000, description="of today",
                hashes={"sha-256": digest})  # fmt: skip
    sending = romeo.send(Data(b"abc"), file=file)
    offer = await juliet.offer()
    assert (offer.peer, offer.file.name, offer.file.size) == (ROMEO, "notes.txt", 3)
    assert (offer.file.mime, offer.file.modified) == ("text/plain", 1_000_000)
    assert (offer.file.description, offer.file.hashes) == ("of today", {"sha-256": digest})
    offer.decline()
    with pytest.raises(NotAllowed, match="declined"):
        await sending


async def test_several_files_go_at_once_in_both_directions(romeo, juliet):
    out = [romeo.send(Data(noise(100_000 + n)), file=File(str(n))) for n in range(4)]
    back = [juliet.send(Data(noise(200_000 + n)), ROMEO, file=File(str(n))) for n in range(4)]
    kept = {}
    accepted = []
    for end in (romeo, juliet):
        for _ in range(4):
            offer = await end.offer()
            kept[end.jid, offer.file.name] = Kept()
            accepted.append(end.accept(offer, kept[end.jid, offer.file.name]))
    await asyncio.gather(*accepted, *out, *back)
    for n in range(4):
        assert kept[JULIET, str(n)].data == noise(100_000 + n)
        assert kept[ROMEO, str(n)].data == noise(200_000 + n)


async def test_what_is_there_already_isnt_sent_again(wire, romeo, juliet):
    data = noise(500_000)
    sending = romeo.send(Data(data))
    offer = await juliet.offer()
    assert offer.can_resume
    target = Kept(data[:400_000])
    await asyncio.gather(juliet.accept(offer, target, offset=400_000), sending)
    assert target.data == data
    assert (romeo.progress[0], min(romeo.progress)) == (400_000, 400_000)


@pytest.mark.parametrize("methods", [METHODS, IN_BAND_ONLY], ids=["socks5", "in-band"])
async def test_a_file_that_is_there_already_is_not_sent(wire, romeo, juliet, methods):
    sending = romeo.send(Data(noise(500_000)), methods=methods)
    await (await juliet.offer()).note_whole()
    await sending
    assert romeo.progress == [500_000]
    assert wire.said() == ["session-initiate", "session-info", "session-terminate"]


async def test_the_receiver_cancels_and_the_sender_hears_it(romeo, juliet):
    sending = romeo.send(Data(noise(50_000_000)), methods=IN_BAND_ONLY)
    receiving = juliet.accept(await juliet.offer(), Kept())
    await juliet.has_begun.wait()
    receiving.cancel()
    with pytest.raises(NotAllowed, match="cancelled"):
        await sending
    with pytest.raises(asyncio.CancelledError):
        await receiving


@pytest.mark.parametrize("methods", [METHODS, IN_BAND_ONLY], ids=["socks5", "in-band"])
async def test_the_sender_cancels_and_the_receiver_hears_it(romeo, juliet, methods):
    sending = romeo.send(Data(noise(50_000_000)), methods=methods)
    target = Kept()
    receiving = juliet.accept(await juliet.offer(), target)
    await juliet.has_begun.wait()
    sending.cancel()
    with pytest.raises(NotAllowed, match=r"romeo@montague.example cancelled"):
        await receiving
    assert not target.is_finished
    with pytest.raises(asyncio.CancelledError):
        await sending


async def test_an_offer_that_is_taken_back_says_so(romeo, juliet):
    sending = romeo.send(Data(b"abc"))
    offer = await juliet.offer()
    sending.cancel()
    assert isinstance(await offer.withdrawn(), NotAllowed)


async def test_an_offer_that_was_answered_is_not_taken_back(romeo, juliet):
    for answer in ("decline", "accept"):
        sending = romeo.send(Data(b"abc"))
        offer = await juliet.offer()
        watching = asyncio.get_running_loop().create_task(offer.withdrawn())
        if answer == "decline":
            offer.decline()
        else:
            await juliet.accept(offer, Kept())
        assert await watching is None
        await asyncio.wait({sending})
        assert (sending.exception() is None) == (answer == "accept")


async def test_a_file_of_another_hash_ends_as_a_failure_on_both_sides(romeo, juliet):
    wrong = File("a", hashes={"sha-256": hashlib.sha256(b"other").digest()})
    sending = romeo.send(Data(b"abc"), file=wrong)
    receiving = juliet.accept(await juliet.offer(), Kept())
    with pytest.raises(FileError, match="announced"):
        await receiving
    with pytest.raises(FileError, match="got something else"):
        await sending


async def test_a_full_disk_ends_it_on_both_sides(romeo, juliet):
    sending = romeo.send(Data(noise(10_000_000)))
    receiving = juliet.accept(await juliet.offer(), Full())
    with pytest.raises(FileError, match="disk is full"):
        await receiving
    with pytest.raises(FileError):
        await sending


async def test_a_file_that_becomes_shorter_is_not_taken_for_whole(romeo, juliet):
    source = Data(noise(2_000_000))
    source.data = source.data[:1_500_000]
    sending = romeo.send(source)
    target = Kept()
    receiving = juliet.accept(await juliet.offer(), target)
    with pytest.raises(FileError, match="shorter"):
        await sending
    with pytest.raises(BackendError):
        await receiving
    assert not target.is_finished


async def test_more_than_was_offered_is_refused(wire, romeo, juliet):
    class Growing(Data):
        size = 10

        def read(self, offset, size):
            return b"x" * 1000

    source = Growing(b"")
    source.size = 10
    sending = romeo.send(source)
    receiving = juliet.accept(await juliet.offer(), Kept())
    with pytest.raises(TooLarge, match="more than"):
        await receiving
    with pytest.raises(BackendError):
        await sending


async def test_who_is_gone_ends_what_was_begun_with_them(romeo, juliet):
    sending = romeo.send(Data(noise(50_000_000)), methods=IN_BAND_ONLY)
    receiving = juliet.accept(await juliet.offer(), Kept())
    await juliet.has_begun.wait()
    romeo.peers.stay("juliet@capulet.example", {"juliet@capulet.example/chamber"})
    with pytest.raises(HostUnreachable, match="gone"):
        await sending
    juliet.peers.lost()
    with pytest.raises(NotConnected, match="connection to the server"):
        await receiving


async def test_a_program_that_takes_no_way_of_ours_is_told_of(romeo, juliet):
    with pytest.raises(NotSupported, match="takes files in no way"):
        await romeo.send(Data(b"abc"), methods=frozenset({names.JINGLE, names.FILES}))


async def test_to_whom_we_hide_ourselves_we_have_no_jingle(romeo, juliet):
    juliet.is_open = False
    with pytest.raises(NotSupported):
        await romeo.send(Data(b"abc"))
    assert juliet.offers.empty()


async def test_without_a_connection_the_file_goes_in_band(wire, juliet):
    romeo = End(wire, ROMEO, addresses=())
    deaf = End(wire, JULIET, addresses=(), allows=lambda address: False)
    sending = romeo.send(Data(noise(100_000)))
    target = Kept()
    await asyncio.gather(deaf.accept(await deaf.offer(), target), sending)
    assert target.data == noise(100_000)
    assert wire.said().count("candidate-error") == 2
    assert "transport-accept" in wire.said(by="juliet")
    assert deaf.used == [names.IN_BAND]
    await romeo.close()
    await deaf.close()


async def test_only_one_side_that_can_be_reached_is_enough(wire):
    romeo = End(wire, ROMEO, addresses=())
    juliet = End(wire, JULIET, allows=lambda address: False)
    sending = romeo.send(Data(noise(100_000)))
    target = Kept()
    await asyncio.gather(juliet.accept(await juliet.offer(), target), sending)
    assert target.data == noise(100_000)
    assert romeo.used == [names.SOCKS5]
    await romeo.close()
    await juliet.close()


@pytest.mark.parametrize("methods", [METHODS, IN_BAND_ONLY], ids=["socks5", "in-band"])
@pytest.mark.parametrize("offset", [0, 400_000, 500_000])
async def test_a_file_that_is_asked_for_comes_behind_what_is_there(romeo, juliet, methods, offset):
    data = noise(500_000)
    target = Kept(data[:offset])
    fetching = juliet.fetch(target, File("a.txt", 500_000), methods=methods, offset=offset)
    request = await romeo.request()
    assert (request.peer, request.file.name, request.file.size) == (JULIET, "a.txt", 500_000)
    await asyncio.gather(request.answer(Data(data), File("a.txt"), romeo.told), fetching)
    assert target.data == data
    assert target.given == {"sha-256": hashlib.sha256(data).digest()}
    assert min(juliet.progress, default=500_000) >= offset
    assert juliet.used == romeo.used == [names.SOCKS5 if methods is METHODS else names.IN_BAND]


async def test_a_file_that_may_only_go_in_band_does_so_for_who_asks_for_a_connection(
    wire, romeo, juliet
):
    data, target = noise(100_000), Kept()
    fetching = juliet.fetch(target, File("a.txt", 100_000))
    request = await romeo.request()
    answer = request.answer(Data(data), File("a.txt"), romeo.told, methods=IN_BAND_ONLY)
    await asyncio.gather(answer, fetching)
    assert target.data == data
    assert juliet.used == romeo.used == [names.IN_BAND]
    (accepted,) = wire.of("session-accept")
    assert not list(accepted.iter(f"{{{names.SOCKS5}}}candidate"))


async def test_a_file_that_is_asked_for_comes_in_band_where_no_connection_can_be_made(wire, juliet):
    romeo = End(wire, ROMEO, allows=lambda _: False, addresses=())
    blocked = End(wire, JULIET, allows=lambda _: False, addresses=())
    target = Kept()
    fetching = blocked.fetch(target, File("a.txt", 100_000))
    request = await romeo.request()
    await asyncio.gather(request.answer(Data(noise(100_000)), File("a.txt"), romeo.told), fetching)
    assert target.data == noise(100_000)
    assert blocked.used == [names.IN_BAND]
    assert wire.of("transport-replace")
    await romeo.close()
    await blocked.close()


async def test_what_is_asked_for_and_not_there_says_so(romeo, juliet):
    fetching = juliet.fetch(Kept(), File("a.txt", 5))
    (await romeo.request()).refuse()
    with pytest.raises(UnknownItem, match="has no such file"):
        await fetching


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (lambda request: request.cancel(), NotAllowed, "cancelled the transfer"),
        (lambda request: request.hold_up(), NotAllowed, "paused by"),
        (lambda request: request.supersede(), NotAllowed, "goes on with the file in another"),
        (lambda request: request.give_up(FileError("/secret")), FileError, r"\(it can't be read"),
    ],
)
async def test_why_what_is_asked_for_can_not_be_had_is_told(romeo, juliet, answer, kind, why):
    fetching = juliet.fetch(Kept(), File("a.txt", 5))
    answer(await romeo.request())
    with pytest.raises(kind, match=why):
        await fetching


async def test_of_a_file_that_is_asked_for_another_one_is_noticed(romeo, juliet):
    target = Kept(noise(100))
    fetching = juliet.fetch(target, File("a.txt", 500), offset=100)
    request = await romeo.request()
    other = Data(noise(500)[::-1])
    sending = romeo.tasks.start(request.answer(other, File("a.txt"), romeo.told), name="answer")
    with pytest.raises(FileError, match="announced"):
        await fetching
    with pytest.raises(FileError, match="got something else"):
        await sending
