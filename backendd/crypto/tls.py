"""TLS of the connections: always 1.2 or newer, always verified; and what its failures mean."""

import functools
import ssl
from pathlib import Path

from backendd.api import regular
from backendd.api.errors import BackendError, CertificateError, FileError, HostUnreachable

# The codes of X509_V_ERR_* (openssl verify(1)).
_REASONS = {
    9: "it isn't valid yet",
    10: "it has expired",
    18: "it is self-signed",
    19: "it is signed by an authority not trusted here",
    20: "it is signed by an authority not trusted here",
    21: "it is signed by an authority not trusted here",
    23: "it has been revoked",
    62: "it is for another name",
    64: "it is for another address",
}


def context(ca_file: str, protocol: str = "", *, and_system: bool = False) -> ssl.SSLContext:
    """Return the context to connect with; `CertificateError` if `ca_file` can't be used.

    Whom it names is trusted instead of the system's authorities, or beside them (`and_system`).
    `protocol` is what is spoken inside (ALPN). Takes some 25 ms where the system's authorities are
    read the first time.
    """
    if not ca_file:
        return _context("", 0, protocol, and_system=True)
    try:
        status = Path(ca_file).stat()
        regular.check(status, f"the CA file {ca_file}", "trusted")  # another may stand there by now
        return _context(ca_file, status.st_mtime_ns, protocol, and_system=and_system)
    except FileError as error:
        raise CertificateError(str(error)) from error
    except OSError as error:
        # An ssl.SSLError is an OSError as well: no certificate in it.
        reason = error.strerror if type(error) is not ssl.SSLError else "no certificate in it"
        raise CertificateError(f"the CA file {ca_file} can't be used: {reason}") from error


@functools.lru_cache(maxsize=32)
def _context(ca_file: str, _changed: int, protocol: str, *, and_system: bool) -> ssl.SSLContext:
    made = ssl.create_default_context(cafile=ca_file or None)
    if ca_file and and_system:
        made.load_default_certs()
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if protocol:
        made.set_alpn_protocols([protocol])
    return made


def failure(error: ssl.SSLError, domain: str, where: str) -> BackendError:
    """Return what a failed handshake with `domain` means; `where` names host and port."""
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = _REASONS.get(error.verify_code, error.verify_message)
        return CertificateError(f"the certificate that {where} shows for {domain} fails: {reason}")
    detail = (error.reason or "handshake failed").replace("_", " ").lower()
    return HostUnreachable(f"{where} can't make a secure connection: {detail}")
