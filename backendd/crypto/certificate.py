"""What a connection can be bound to by the certificate of its server (RFC 5929)."""

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

# RFC 5929 section 4.1: signatures that use these are bound by a stronger hash.
_WEAK = ("md5", "sha1")


def server_end_point(certificate: bytes) -> bytes | None:
    """Return the `tls-server-end-point` of a DER certificate; None where it has none.

    It has none where its signature uses no hash of its own, as Ed25519.
    """
    try:
        algorithm = x509.load_der_x509_certificate(certificate).signature_hash_algorithm
    except (ValueError, UnsupportedAlgorithm):
        return None
    if algorithm is None:
        return None
    digest = hashes.Hash(hashes.SHA256() if algorithm.name in _WEAK else algorithm)
    digest.update(certificate)
    return digest.finalize()
