"""Mechanisms: the vectors of the RFCs, and what is refused."""

import pytest

from backendd.api.errors import AuthenticationFailed
from backendd.xmpp.sasl import ChannelBinding, Scram, choose, offers_scram

SHA1 = (
    "SCRAM-SHA-1",
    "fyko+d2lbbFgONRv9qkxdawL",
    "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
    "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
    "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
)
SHA256 = (
    "SCRAM-SHA-256",
    "rOprNGfwEbeRWgbNEkqO",
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
    "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
)


def _scram(name: str = "SCRAM-SHA-1", nonce: str = SHA1[1]) -> Scram:
    scram = Scram(name, "user", "pencil")
    scram._nonce = nonce
    scram._bare = f"n=user,r={nonce}"
    return scram


@pytest.mark.parametrize(("name", "nonce", "challenge", "response", "proof"), [SHA1, SHA256])
async def test_scram_gives_the_answers_of_the_rfc(name, nonce, challenge, response, proof):
    scram = _scram(name, nonce)
    assert scram.first().decode() == f"n,,n=user,r={nonce}"
    assert (await scram.answer(challenge.encode())).decode() == response
    scram.finish(proof.encode())


async def test_the_servers_proof_may_come_as_a_challenge():
    scram = _scram()
    await scram.answer(SHA1[2].encode())
    assert await scram.answer(SHA1[4].encode()) == b""
    scram.finish(b"")


async def test_a_server_that_asks_on_after_its_proof_gets_no_answer():
    scram = _scram()
    await scram.answer(SHA1[2].encode())
    await scram.answer(SHA1[4].encode())
    with pytest.raises(AuthenticationFailed, match="asks for more"):
        await scram.answer(b"")


@pytest.mark.parametrize("proof", [b"", b"v=AAAA", b"e=other-error", b"\xff"])
async def test_a_server_without_the_right_proof_is_refused(proof: bytes):
    scram = _scram()
    await scram.answer(SHA1[2].encode())
    with pytest.raises(AuthenticationFailed, match="prove"):
        scram.finish(proof)


async def test_success_before_any_proof_is_refused():
    with pytest.raises(AuthenticationFailed, match="prove"):
        _scram().finish(b"")


@pytest.mark.parametrize(
    "challenge",
    [
        b"",
        b"\xff\xfe",
        b"r=other,s=QSXCR+Q6sek8bf92,i=4096",
        b"r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096",
        b"r=fyko+d2lbbFgONRv9qkxdawLxyz,s=QSXCR+Q6sek8bf92,i=1",
        b"r=fyko+d2lbbFgONRv9qkxdawLxyz,s=QSXCR+Q6sek8bf92,i=99999999999999999999",
        b"m=new,r=fyko+d2lbbFgONRv9qkxdawLxyz,s=QSXCR+Q6sek8bf92,i=4096",
    ],
)
async def test_a_challenge_that_is_not_sound_gets_no_answer(challenge: bytes):
    with pytest.raises(AuthenticationFailed, match="isn't valid"):
        await _scram().answer(challenge)


def test_the_channel_is_bound_where_it_can_be():
    offered = ["PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256"]
    tls = ChannelBinding("tls-unique", b"tls")
    bound = choose(offered, "u", "p", binding=tls, scram_seen=False)
    assert bound.name == "SCRAM-SHA-1-PLUS"
    assert bound.first().startswith(b"p=tls-unique,,")
    free = choose(offered, "u", "p", binding=None, scram_seen=False)
    assert free.name == "SCRAM-SHA-256"
    assert free.first().startswith(b"n,,")


def test_a_stripped_channel_binding_shows():
    stripped = choose(["SCRAM-SHA-1"], "u", "p", binding=None, scram_seen=False)
    assert stripped.first().startswith(b"y,,")


def test_the_password_itself_goes_only_where_scram_never_was_or_the_owner_says_so():
    plain = choose(["PLAIN"], "u", "p", binding=None, scram_seen=False)
    assert plain.first() == b"\0u\0p"
    with pytest.raises(AuthenticationFailed, match="safer"):
        choose(["PLAIN"], "u", "p", binding=None, scram_seen=True)
    allowed = choose(["PLAIN"], "u", "p", binding=None, scram_seen=True, allow_plain=True)
    assert allowed.first() == b"\0u\0p"
    kept = choose(["PLAIN", "SCRAM-SHA-1"], "u", "p", binding=None, scram_seen=True,
                  allow_plain=True)  # fmt: skip
    assert kept.name == "SCRAM-SHA-1"


def test_an_unknown_scram_is_no_reason_to_give_the_password():
    offered = ["PLAIN", "SCRAM-SHA-999"]
    assert offers_scram(offered)
    with pytest.raises(AuthenticationFailed, match="safer"):
        choose(offered, "u", "p", binding=None, scram_seen=False)


def test_names_and_passwords_of_any_script_are_taken():
    name, password = "a=b,c", "pa\u00a0ss\U0001f37a"
    assert b"n=a=3Db=2Cc," in Scram("SCRAM-SHA-1", name, password).first()


def test_a_nonce_is_never_used_twice():
    firsts = {Scram("SCRAM-SHA-1", "u", "p").first() for _ in range(100)}
    assert len(firsts) == 100
