"""Delivery receipts (XEP-0184)."""
