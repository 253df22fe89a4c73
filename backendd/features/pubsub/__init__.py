"""What publish-subscribe services tell, taken out of the messages (XEP-0060 7.1.2)."""
