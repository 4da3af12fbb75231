-- Lost: the figures about use. The copies of the audit are made again from where it was written.

DROP TABLE usage;
DROP TABLE audit_copies;
