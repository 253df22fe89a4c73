"""What is said to a bus before messages (D-Bus specification, "Authentication Protocol")."""

import os


def introduction() -> bytes:
    """Return what says who we are (EXTERNAL), asks for descriptors, and begins, all in one go.

    A bus that says no to the first of it says so to the rest as well.
    """
    user = str(os.getuid()).encode().hex()
    return f"\0AUTH EXTERNAL {user}\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n".encode()
