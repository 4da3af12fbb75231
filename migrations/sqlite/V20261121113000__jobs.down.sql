-- Lost: when jobs were claimed and ended. Who works and what comes next is found out anew.

DROP TABLE leases;
DROP TABLE schedules;
DROP TABLE workers;
DROP INDEX jobs_ended;
ALTER TABLE jobs DROP COLUMN ended_at;
ALTER TABLE jobs DROP COLUMN claimed_at;
