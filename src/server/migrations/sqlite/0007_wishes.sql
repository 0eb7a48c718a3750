-- "Wil geen contact" is looked for every minute; there are few of them.
CREATE INDEX entries_no_contact ON entries (journal) WHERE kind = 'no_contact';
