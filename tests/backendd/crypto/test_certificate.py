"""What a connection is bound to by a certificate (RFC 5929 section 4)."""

import datetime
import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID

from backendd.crypto.certificate import server_end_point


def certificate(key, algorithm):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    begin = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=1))
    )
    return built.sign(key, algorithm).public_bytes(serialization.Encoding.DER)


@pytest.mark.parametrize(
    ("algorithm", "name"), [(hashes.SHA256(), "sha256"), (hashes.SHA384(), "sha384")]
)
def test_the_end_point_is_the_certificate_under_the_hash_of_its_signature(algorithm, name):
    made = certificate(ec.generate_private_key(ec.SECP256R1()), algorithm)
    assert server_end_point(made) == hashlib.new(name, made).digest()


def test_a_signature_without_a_hash_has_no_end_point():
    assert server_end_point(certificate(ed25519.Ed25519PrivateKey.generate(), None)) is None


def test_what_is_no_certificate_has_no_end_point():
    assert server_end_point(b"") is None
