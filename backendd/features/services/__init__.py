"""What services and clients are, have and say of themselves (XEP-0030, 0012, 0092, 0199, 0215)."""
