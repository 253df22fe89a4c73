"""What people say of themselves."""

from backendd.api.records.record import Record, key


class VCard(Record):
    """A vCard, by the names that vCard4 gives to its properties (RFC 6350)."""

    fn: str = key("s", "")
    n: list[str] = key("as", [])
    nickname: list[str] = key("as", [])
    bday: str = key("s", "")
    email: list[str] = key("as", [])
    tel: list[str] = key("as", [])
    url: list[str] = key("as", [])
    impp: list[str] = key("as", [])
    org: str = key("s", "")
    title: str = key("s", "")
    role: str = key("s", "")
    adr: list[str] = key("as", [])
    note: str = key("s", "")
