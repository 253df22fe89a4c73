"""Asking for somebody's attention (XEP-0224)."""
