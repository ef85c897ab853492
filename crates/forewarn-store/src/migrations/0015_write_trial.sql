-- One row that is written while nothing can be, to find out when there is room again.

CREATE TABLE write_trial (
    id BIGINT NOT NULL PRIMARY KEY,
    tries BIGINT NOT NULL,
    filler TEXT NOT NULL
);
