"""How long tests wait for what must come before they give up."""

PATIENCE_S = 90.0
"""An end, and no measure: far more than anything takes on a machine that has much else to do."""
