-- Everything is lost: this is the first migration.

DROP TABLE changes;
DROP TABLE jobs;
DROP TABLE corrections;
DROP TABLE readings;
DROP TABLE documents;
DROP TABLE blobs;
DROP TABLE settings;
DROP TABLE sign_in_failures;
DROP TABLE tokens;
DROP TABLE codes;
DROP TABLE sessions;
DROP TABLE users;
