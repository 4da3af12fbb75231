-- Lost: which sheets somebody said to be one document. They are cut again when they are read again.
ALTER TABLE documents DROP COLUMN kept_whole;
