-- Every type that admins added is lost; readings keep the name of theirs.
DROP TABLE document_types;
