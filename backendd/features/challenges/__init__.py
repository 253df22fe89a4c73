"""Questions that have to be answered before something we sent gets through: captchas (XEP-0158)."""
