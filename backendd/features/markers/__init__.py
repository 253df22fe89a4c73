"""Displayed markers (XEP-0333)."""
