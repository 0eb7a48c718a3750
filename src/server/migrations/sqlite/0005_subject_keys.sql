-- Texts lie sealed under the key of whom they are about; the keys stand in the keyring. NULL: written open by an older version.
ALTER TABLE installation ADD COLUMN subject_keys BLOB; -- which keys: they and this database belong together
ALTER TABLE entries ADD COLUMN subject BLOB; -- which key; payload is salt and text, sealed, and salt is NULL
ALTER TABLE quarantine ADD COLUMN subject BLOB;
