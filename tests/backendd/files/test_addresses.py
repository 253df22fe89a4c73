"""Which addresses are anybody's."""

import ipaddress

import pytest

from backendd.files.addresses import is_public

PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"]
PRIVATE = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.9.9.9"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.168.1.1", "198.18.0.1"),
    *("192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "192.88.99.1"),
    *("::", "::1", "fe80::1", "fc00::1", "fdff::1", "ff02::1", "fec0::1", "2001:db8::1"),
    *("2001::1", "3fff::1", "100::1", "4000::1", "::127.0.0.1", "::8.8.8.8", "64:ff9b:1::1"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_what_everybody_can_reach_is_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_of_a_network_or_machine_or_of_many_is_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


def _inside(prefix: str, address: str, behind: int) -> ipaddress.IPv6Address:
    inner = int(ipaddress.IPv4Address(address)) << behind
    return ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | inner)


@pytest.mark.parametrize(
    ("prefix", "behind"), [("::ffff:0:0", 0), ("64:ff9b::", 0), ("2002::", 80)]
)
def test_an_ipv4_address_inside_of_another_is_what_counts(prefix, behind):
    for address in PUBLIC[:4]:
        assert is_public(_inside(prefix, address, behind))
    for address in PRIVATE[:20]:
        assert not is_public(_inside(prefix, address, behind))
