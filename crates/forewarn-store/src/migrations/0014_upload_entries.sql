-- The entry number of the form that an upload came with: the same form once more is the same import.

ALTER TABLE import ADD COLUMN entry TEXT;
CREATE UNIQUE INDEX import_by_entry ON import (entry);
