-- What a client announces of what it can do (XEP-0115): hash, ver and node, in this order.
ALTER TABLE presence ADD COLUMN caps TEXT NOT NULL DEFAULT '';

-- Answers to disco#info that were held against the hash, and count for all who announce it.
CREATE TABLE capabilities (
    hash TEXT NOT NULL,
    ver TEXT NOT NULL,
    info TEXT NOT NULL,                     -- the <query/>
    used INTEGER NOT NULL,                  -- when it was last of use
    PRIMARY KEY (hash, ver)
);
