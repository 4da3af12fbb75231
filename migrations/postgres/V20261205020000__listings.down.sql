-- Only speed is lost.
DROP INDEX audit_act;
DROP INDEX audit_user;
DROP INDEX jobs_state;
