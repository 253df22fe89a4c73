"""Where specifications of XMPP are."""


def xep_address(number: int) -> str:
    """Return where the text of an XEP is."""
    return f"https://xmpp.org/extensions/xep-{number:04}.html"


def rfc_address(number: int) -> str:
    """Return where the text of an RFC is."""
    return f"https://www.rfc-editor.org/rfc/rfc{number}.html"


def xep(number: int) -> str:
    """Return an XEP's number as a link."""
    return f"[{number:04}]({xep_address(number)})"
