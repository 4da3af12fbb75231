-- Whether somebody said that what lies on a sheet is one document, whatever a machine finds on it.
ALTER TABLE documents ADD COLUMN kept_whole BIGINT NOT NULL DEFAULT 0 CHECK (kept_whole IN (0, 1));
