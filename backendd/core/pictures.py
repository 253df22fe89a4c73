"""By what pictures are known."""


def is_hash(text: str) -> bool:
    """Return whether this is the hash of a picture (XEP-0084, XEP-0153), as it is written."""
    return len(text) == 40 and set(text) <= set("0123456789abcdef")
