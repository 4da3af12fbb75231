-- The small pictures of lists, each a sealed object with a key of its own.

CREATE TABLE thumbnails (
    document_id TEXT COLLATE "C" PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    object_name TEXT NOT NULL UNIQUE,
    -- The object's own data key, wrapped by the master key.
    wrapped_key TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
