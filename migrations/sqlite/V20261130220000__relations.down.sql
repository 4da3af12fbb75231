-- Which sides and persons documents belong to, what was cut out of what, and what people said about it are lost.
DROP TABLE verdicts;
DROP TABLE relations;
DROP TABLE document_keys;
DROP INDEX documents_compared;
DROP INDEX documents_person_id;
DROP INDEX documents_cut_from;
DROP INDEX documents_side_of;
ALTER TABLE documents DROP COLUMN compared;
ALTER TABLE documents DROP COLUMN duplicates;
ALTER TABLE documents DROP COLUMN person_id;
ALTER TABLE documents DROP COLUMN parts;
ALTER TABLE documents DROP COLUMN region;
ALTER TABLE documents DROP COLUMN part;
ALTER TABLE documents DROP COLUMN cut_from;
ALTER TABLE documents DROP COLUMN side_of;
