-- What opens the file where it is locked, sealed under a key of the file's own; null where nobody gave it.
ALTER TABLE documents ADD COLUMN file_password TEXT;
