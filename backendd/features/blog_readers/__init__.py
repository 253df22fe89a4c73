"""Who wants to read a blog whose owner lets readers in one by one (XEP-0060 8.6)."""
