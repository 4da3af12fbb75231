-- Sheets of which somebody said that they are one document are cut again when they are read again.
ALTER TABLE documents DROP COLUMN kept_whole;
