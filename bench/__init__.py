"""`make bench`: measures Primitivus beside its rivals, in one run on one machine."""
