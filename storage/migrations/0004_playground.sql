-- What was said and shown in the simulated chats of the playground. They belong to the installation, like the platform they stand for.

CREATE TABLE playground_line (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,    -- procedure time
    kind TEXT NOT NULL,    -- said | clicked | reply | push | update
    chat_id TEXT NOT NULL, -- group; empty: the private chat of user_id with the bot
    user_id TEXT NOT NULL, -- who spoke or is spoken to; of a push into a group: nobody
    text TEXT NOT NULL,
    quote TEXT NOT NULL,
    picture BIGINT NOT NULL, -- 0: none
    payload TEXT NOT NULL,   -- of reply, push and update: the message
    dedup_key TEXT           -- null: none
);
CREATE UNIQUE INDEX playground_line_dedup ON playground_line (dedup_key);
CREATE INDEX playground_line_chat ON playground_line (chat_id, user_id, id);

CREATE TABLE playground_picture (
    id BIGINT PRIMARY KEY,
    content_type TEXT NOT NULL,
    base64 TEXT NOT NULL
);
