-- The CBS code of a neighbourhood and the year of that division.
ALTER TABLE journals ADD COLUMN code TEXT;
ALTER TABLE journals ADD COLUMN code_year INTEGER;
CREATE UNIQUE INDEX journals_code ON journals (code);
