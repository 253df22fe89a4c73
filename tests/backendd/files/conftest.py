"""What tests of the web stand on."""

import ssl
from dataclasses import dataclass

import pytest

from tests.lab.authority import Authority


@dataclass
class Certified:
    """A server's certificate for localhost, and who has signed it."""

    context: ssl.SSLContext
    ca_file: str


@pytest.fixture(scope="session")
def certified(tmp_path_factory):
    directory = tmp_path_factory.mktemp("authority")
    authority = Authority(directory)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issue(directory, "localhost"))
    return Certified(context, str(authority.ca_file))
