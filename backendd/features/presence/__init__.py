"""Our own presence: what contacts see of us."""
