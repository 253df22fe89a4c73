-- The server has taken the stored password before: a refusal may pass.
ALTER TABLE profile ADD COLUMN password_worked INTEGER NOT NULL DEFAULT 0;
