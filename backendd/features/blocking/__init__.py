"""Whom the account takes nothing from, and reports (XEP-0191, XEP-0377)."""
