"""Text for the manual pages, in the macros of man(7)."""


def escape(text: str) -> str:
    """Return `text` so that roff shows it as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
