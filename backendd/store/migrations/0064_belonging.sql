-- Nodes of ours that belong to entries of a blog whose readers are others now, or which is gone, and
-- that are still to follow it; `noted` is when that was, in microseconds since the epoch.
CREATE TABLE belonging (
    profile INTEGER NOT NULL REFERENCES profile ON DELETE CASCADE,
    node TEXT NOT NULL,
    blog_service TEXT NOT NULL,
    blog_node TEXT NOT NULL,
    noted INTEGER NOT NULL,
    PRIMARY KEY (profile, node)
) WITHOUT ROWID;
