"""What people say of themselves: vCards, old and new (XEP-0054, XEP-0292)."""
