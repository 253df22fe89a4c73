"""Files from client to client (XEP-0234): offered to contacts, and taken from them."""
