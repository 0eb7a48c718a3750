-- The neighbourhood that a closed journal belongs to: whoever works there no more reads it no more.

ALTER TABLE journals ADD COLUMN neighbourhood BLOB REFERENCES journals (id);
