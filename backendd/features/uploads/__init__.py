"""Files sent by way of the server (XEP-0363)."""
