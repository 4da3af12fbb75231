-- Lost: who is to look at which document, and which searches were shared.

ALTER TABLE saved_searches DROP COLUMN shared;
DROP INDEX documents_country_order;
DROP INDEX documents_type_order;
DROP INDEX documents_assigned_to;
ALTER TABLE documents DROP COLUMN assigned_to;
