"""Registering accounts with servers, and oneself with services (XEP-0077)."""
