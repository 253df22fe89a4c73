"""Files fetched from web servers, good ones and others."""

import asyncio
import os

import pytest

from backendd.api.errors import (
    CertificateError,
    HostUnreachable,
    InvalidArgument,
    NotAllowed,
    ServerError,
    Timeout,
    TooLarge,
    UnknownItem,
)
from backendd.files import answers
from backendd.files.patience import Patience
from backendd.files.policy import ASKED, UNASKED
from backendd.files.web import Web
from tests.backendd.files.webserver import serving

MOST = 1 << 30
DATA = os.urandom(700_000)
ETAG = '"one"'


def says(status="200 OK", *headers, body=DATA):
    async def behave(asked):
        await asked.say(status, *headers, body=body)

    return behave


async def ranges(asked):
    """Behave as a server that has parts, if the file is the one that was meant."""
    begin = int(asked.headers.get("range", "bytes=0-")[6:-1])
    if not begin or asked.headers.get("if-range", ETAG) != ETAG:
        await asked.say("200 OK", f"ETag: {ETAG}", body=DATA)
    elif begin >= len(DATA):
        await asked.say("416 Range Not Satisfiable", f"Content-Range: bytes */{len(DATA)}")
    else:
        told = f"Content-Range: bytes {begin}-{len(DATA) - 1}/{len(DATA)}"
        await asked.say("206 Partial Content", told, f"ETag: {ETAG}", body=DATA[begin:])


async def fetched(url, *, reach=ASKED, most=MOST, web=None, **more):
    async with (web or Web()).get(url, reach=reach, most=most, **more) as answer:
        return answer.told, b"".join([piece async for piece in answer])


async def coming(url, came):
    """Put the pieces that come into `came`."""
    async with Web().get(url, reach=ASKED, most=5_000_000) as answer:
        async for piece in answer:
            came.append(piece)


async def test_a_file_comes_with_what_is_told_of_it():
    told = (
        "Content-Type: Text/Plain; charset=utf-8",
        'Content-Disposition: attachment; filename="../../a b.txt"',
        f"ETag: {ETAG}",
    )
    async with serving(says("200 OK", *told)) as server:
        about, data = await fetched(server.url("/x/y.bin?token=1"))
    assert data == DATA
    assert (about.start, about.size, about.mime) == (0, len(DATA), "text/plain")
    assert (about.name, about.validator) == ("a b.txt", ETAG)
    asked = server.asked[0]
    assert (asked.method, asked.target) == ("GET", "/x/y.bin?token=1")
    assert asked.headers["accept-encoding"] == "identity"
    assert asked.headers["user-agent"] == "Primitivus"
    assert "cookie" not in asked.headers
    assert "range" not in asked.headers


async def test_a_file_without_a_name_has_that_of_its_address():
    async with serving(says()) as server:
        about, _ = await fetched(server.url("/x/holiday%20pictures.zip?y=1"))
    assert about.name == "holiday pictures.zip"


async def test_a_file_of_no_bytes_is_one():
    async with serving(says(body=b"")) as server:
        about, data = await fetched(server.url())
    assert (about.size, data) == (0, b"")


async def test_a_file_whose_size_is_not_told_comes_as_well():
    async def behave(asked):
        await asked.say("200 OK", "Transfer-Encoding: chunked")
        for piece in (b"one ", b"two"):
            await asked.send(b"%x\r\n%s\r\n" % (len(piece), piece))
        await asked.send(b"0\r\n\r\n")

    async with serving(behave) as server:
        about, data = await fetched(server.url())
    assert (about.size, data) == (None, b"one two")


async def test_what_is_compressed_is_kept_as_it_is():
    packed = b"\x1f\x8b not unpacked, so no larger than it came"
    async with serving(says("200 OK", "Content-Encoding: gzip", body=packed)) as server:
        _, data = await fetched(server.url())
    assert data == packed


@pytest.mark.parametrize("validator", [ETAG, ""])
async def test_a_file_is_gone_on_with_where_it_was_left(validator):
    async with serving(ranges) as server:
        about, data = await fetched(server.url(), start=500_000, validator=validator)
    assert (about.start, about.size) == (500_000, len(DATA))
    assert data == DATA[500_000:]
    assert server.asked[0].headers["range"] == "bytes=500000-"
    assert server.asked[0].headers.get("if-range", "") == validator


@pytest.mark.parametrize("behave", [ranges, says()])
async def test_a_file_that_changed_and_a_server_without_parts_begin_anew(behave):
    async with serving(behave) as server:
        about, data = await fetched(server.url(), start=500_000, validator='"other"')
    assert (about.start, data) == (0, DATA)


async def test_a_file_of_which_all_is_here_has_nothing_more_to_come():
    async with serving(ranges) as server:
        about, data = await fetched(server.url(), start=len(DATA), validator=ETAG)
    assert (about.start, about.size, data) == (len(DATA), len(DATA), b"")


async def test_a_file_that_is_shorter_by_now_begins_anew():
    async with serving(ranges) as server:
        about, data = await fetched(server.url(), start=len(DATA) + 1)
    assert (about.start, data) == (0, DATA)
    assert "range" not in server.asked[1].headers


@pytest.mark.parametrize(
    "answered", ["bytes 499999-699999/700000", "bytes 600000-699999/700000", "nonsense", ""]
)
async def test_another_part_than_was_asked_for_is_refused(answered):
    header = f"Content-Range: {answered}"
    async with serving(says("206 Partial Content", header, body=DATA[500_000:])) as server:
        with pytest.raises(ServerError, match="another part"):
            await fetched(server.url(), start=500_000)


async def test_what_is_too_large_is_not_begun():
    async with serving(says()) as server:
        with pytest.raises(TooLarge, match="700 kB"):
            await fetched(server.url(), most=len(DATA) - 1)
        about, _ = await fetched(server.url(), most=len(DATA))
    assert about.size == len(DATA)


@pytest.mark.parametrize("told", ["Transfer-Encoding: chunked", "Connection: close"])
async def test_what_does_not_end_ends_at_the_limit(told):
    async def behave(asked):
        if told.startswith("Transfer"):
            await asked.say("200 OK", told)
            while True:
                await asked.send(b"10000\r\n" + bytes(0x10000) + b"\r\n")
        await asked.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            await asked.send(bytes(0x10000))

    came = []
    async with serving(behave) as server:
        with pytest.raises(TooLarge):
            await coming(server.url(), came)
        await server.until_hung_up()
    assert sum(map(len, came)) <= 5_000_000


async def test_what_is_cut_off_in_the_middle_is_no_file():
    async def behave(asked):
        await asked.say("200 OK", f"Content-Length: {len(DATA)}", body=DATA[:1000])

    came = []
    async with serving(behave) as server:
        with pytest.raises(HostUnreachable, match="broke in the middle") as caught:
            await coming(server.url(), came)
    assert b"".join(came) == DATA[:1000], "what came can be gone on with"
    assert answers.may_pass(caught.value)


async def test_a_part_that_ends_before_the_file_is_no_end():
    told = f"Content-Range: bytes 500000-599999/{len(DATA)}"
    async with serving(says("206 Partial Content", told, body=DATA[500_000:600_000])) as server:
        with pytest.raises(HostUnreachable, match="broke in the middle"):
            await fetched(server.url(), start=500_000)


async def test_a_server_that_stops_is_not_waited_for():
    async def behave(asked):
        await asked.say("200 OK", "Content-Length: 10", body=b"12345")
        await asked.reader.read()

    async with serving(behave) as server:
        with pytest.raises(Timeout, match=r"127\.0\.0\.1 has stopped") as caught:
            await fetched(server.url(), web=Web(patience=Patience(stall_s=0.2)))
        await server.until_hung_up()
    assert answers.may_pass(caught.value)


async def test_a_server_that_never_answers_is_not_waited_for():
    async def behave(asked):
        await asked.reader.read()

    async with serving(behave) as server:
        with pytest.raises(HostUnreachable, match="doesn't answer"):
            await fetched(server.url(), web=Web(patience=Patience(answer_s=0.2)))
        await server.until_hung_up()


async def test_a_server_that_is_not_there_is_said_to_refuse():
    async with serving(says()) as server:
        pass
    with pytest.raises(HostUnreachable, match=r"127\.0\.0\.1 can't be reached: connection refused"):
        await fetched(server.url())


async def test_what_speaks_no_http_is_said_to():
    async def behave(asked):
        await asked.send(b"220 mail.example ESMTP\r\n\r\n")

    async with serving(behave) as server:
        with pytest.raises(ServerError, match="no HTTP"):
            await fetched(server.url())


@pytest.mark.parametrize("header", ["X: " + "y" * 100_000, "A: b\r\n" * 5000 + "C: d"])
async def test_headers_without_an_end_are_refused(header):
    async with serving(says("200 OK", header)) as server:
        with pytest.raises((ServerError, HostUnreachable)):
            await fetched(server.url())


@pytest.mark.parametrize(
    ("status", "kind", "sentence", "passes"),
    [
        ("401 Unauthorized", NotAllowed, "asks for a password", False),
        ("403 Forbidden", NotAllowed, "doesn't allow it", False),
        ("404 Not Found", UnknownItem, "has no such file", False),
        ("410 Gone", UnknownItem, "no longer has the file", False),
        ("416 Odd", ServerError, "HTTP 416", False),
        ("418 Teapot", ServerError, "HTTP 418", False),
        ("429 Too Many Requests", ServerError, "too many requests", True),
        ("500 Internal", ServerError, "HTTP 500, internal server error", True),
        ("502 Bad Gateway", ServerError, "HTTP 502, bad gateway", True),
        ("503 Unavailable", ServerError, "overloaded", True),
        ("507 Insufficient Storage", ServerError, "no room left", False),
        ("299 Odd", ServerError, "HTTP 299", False),
        ("302 Found", ServerError, "HTTP 302", False),
    ],
)
async def test_what_a_server_refuses_is_said_by_its_kind(status, kind, sentence, passes):
    async with serving(says(status, body=b"<html>")) as server:
        with pytest.raises(kind, match=rf"127\.0\.0\.1 .*{sentence}") as caught:
            await fetched(server.url())
    assert answers.may_pass(caught.value) == passes
    assert "<html>" not in str(caught.value)


async def test_a_reason_in_plain_text_is_told_and_harmless():
    said = b"Quota\x1b[31m of\n romeo: " + b"x" * 5000
    told = ("Content-Type: text/plain", "Retry-After: 120")
    async with serving(says("503 No", *told, body=said)) as server:
        with pytest.raises(answers.Passing) as caught:
            await fetched(server.url())
    assert "(Quota[31m of romeo: xxx" in str(caught.value)
    assert len(str(caught.value)) < 300
    assert caught.value.after_s == 120


async def test_a_server_that_wants_to_be_asked_much_later_is_not_waited_for_but_told_of():
    async with serving(says("503 No", "Retry-After: 1750")) as server:
        with pytest.raises(ServerError, match="it says to try again in 30 minutes") as caught:
            await fetched(server.url())
    assert not answers.may_pass(caught.value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "https://a@b.example/", "x"])
async def test_what_is_no_address_is_not_asked_for(url):
    with pytest.raises(InvalidArgument):
        await fetched(url)


async def test_what_nobody_asked_for_is_not_even_connected_to():
    async with serving(says()) as server:
        with pytest.raises(NotAllowed):
            await fetched(server.url(), reach=UNASKED)
        with pytest.raises(NotAllowed):
            await fetched(f"https://127.0.0.1:{server.port}/", reach=UNASKED)
    assert not server.asked
    assert server.ended.empty()


async def test_it_is_told_what_to_know_of_the_way():
    async with serving(says()) as server:
        about, _ = await fetched(server.url())
    assert about.remarks == ("127.0.0.1, in your own network, has no encryption",)


async def test_a_certificate_counts_that_the_profile_trusts(certified):
    async with serving(says(), tls=certified.context, called="localhost") as server:
        about, data = await fetched(server.url(), web=Web(certified.ca_file))
        with pytest.raises(CertificateError, match="an authority not trusted here"):
            await fetched(server.url())
        elsewhere = f"https://127.0.0.1:{server.port}/"
        with pytest.raises(CertificateError, match="another"):
            await fetched(elsewhere, web=Web(certified.ca_file))
    assert data == DATA
    assert about.remarks == ("localhost is in your own network, or this machine",)


async def test_plain_http_behind_an_https_address_is_no_secure_connection():
    async def plain(reader, writer):
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(HostUnreachable, match="secure connection"):
            await fetched(f"https://127.0.0.1:{port}/")
