"""Ad-hoc commands of services and clients (XEP-0050)."""
