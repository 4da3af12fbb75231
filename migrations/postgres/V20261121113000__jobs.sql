-- When a job was last claimed and when it ended: for statistics, and to drop what ended long ago.
ALTER TABLE jobs ADD COLUMN claimed_at BIGINT;
ALTER TABLE jobs ADD COLUMN ended_at BIGINT;

UPDATE jobs SET ended_at = changed_at WHERE state IN ('done', 'failed', 'cancelled');

CREATE INDEX jobs_ended ON jobs (ended_at) WHERE ended_at IS NOT NULL;

-- Who works on which queue, as long as he says so again and again.
CREATE TABLE workers (
    -- The process.
    id TEXT NOT NULL,
    queue TEXT NOT NULL,
    concurrency BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (id, queue)
);

-- When each recurring job comes next.
CREATE TABLE schedules (
    name TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL
);

-- Roles that one process has at a time, such as keeping the schedules.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    leased_until BIGINT NOT NULL
);
