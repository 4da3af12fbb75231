-- The log by who did what, and jobs by where they stand, without reading all of either.
CREATE INDEX audit_act ON audit (act, sequence);
CREATE INDEX audit_user ON audit (user_id, act, sequence);
CREATE INDEX jobs_state ON jobs (state, sequence, queue);
