//! Erasing: text and salt go, the line stays. What is on the list of erasures is looked up by every push and offer.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use futures::TryStreamExt as _;
use sqlx::{QueryBuilder, Row as _};
use uuid::Uuid;

use super::super::sealed::open_apart;
use super::*;
use crate::domain::{EntryId, HouseholdId, PersonId, PlaceId, Subject};
use crate::server::subject_keys::KeyId;
use crate::sync::intake;
use crate::sync::wire::Erasure;

/// So many ids go into one statement.
const IDS: usize = 500;

fn columns_of(subject: Subject) -> (&'static str, Uuid) {
    match subject {
        Subject::Place(id) => ("place", id.0),
        Subject::Household(id) => ("household", id.0),
        Subject::Person(id) => ("person", id.0),
    }
}

/// From two columns, which are both NULL or neither.
fn subject(row: &DbRow, kind: usize, id: usize) -> Result<Option<Subject>, StorageError> {
    let Some(kind) = row.try_get::<Option<String>, _>(kind)? else { return Ok(None) };
    let id = row.uuid(id)?;
    Ok(Some(match kind.as_str() {
        "place" => Subject::Place(PlaceId(id)),
        "household" => Subject::Household(HouseholdId(id)),
        "person" => Subject::Person(PersonId(id)),
        _ => return Err(StorageError::Corrupt("a subject")),
    }))
}

// --- What is on the list ---------------------------------------------------------------------------

/// Which subjects and entries were erased, of those that were asked about.
#[derive(Default)]
pub(super) struct Gone {
    subjects: HashSet<Subject>,
    entries: HashSet<(JournalId, EntryId)>,
}

impl Gone {
    pub(super) async fn among(
        connection: &mut Connection,
        about: impl Iterator<Item = (EntryId, Option<Subject>)>,
    ) -> Result<Self, StorageError> {
        let (mut ids, mut subjects) = (BTreeSet::new(), BTreeSet::new());
        for (id, about) in about {
            ids.insert(bytes(id.0));
            subjects.extend(about.map(|about| bytes(columns_of(about).1)));
        }
        let mut gone = Self::default();
        if ids.is_empty() {
            return Ok(gone);
        }
        let mut query = QueryBuilder::<Dialect>::new("SELECT journal, id FROM erased_entries WHERE id");
        among(&mut query, ids.into_iter().collect::<Vec<_>>());
        for row in query.build().fetch_all(&mut *connection).await? {
            gone.entries.insert((JournalId(row.uuid(0)?), EntryId(row.uuid(1)?)));
        }
        if !subjects.is_empty() {
            let mut query = QueryBuilder::<Dialect>::new("SELECT kind, subject FROM erasures WHERE subject");
            among(&mut query, subjects.into_iter().collect::<Vec<_>>());
            for row in query.build().fetch_all(connection).await? {
                gone.subjects.extend(subject(&row, 0, 1)?);
            }
        }
        Ok(gone)
    }

    /// A subject is erased in every journal, an entry in its own.
    pub(super) fn has(&self, journal: JournalId, id: EntryId, about: Option<Subject>) -> bool {
        about.is_some_and(|about| self.subjects.contains(&about)) || self.entries.contains(&(journal, id))
    }

    /// The same for a record that could not become an entry.
    pub(super) fn has_unread(&self, journal: JournalId, record: &Record) -> bool {
        let known = !self.subjects.is_empty() || !self.entries.is_empty();
        known && intake::about(&record.raw).is_some_and(|(id, about)| self.has(journal, id, about))
    }
}

/// The erasures that a phone has not carried out, with what they took of the numbers that it holds.
pub(super) async fn since(connection: &mut Connection, pull: &Pull) -> Result<Vec<Erasure>, StorageError> {
    let query = sqlx::query("SELECT number, kind, subject FROM erasures WHERE journal = $1 AND number > $2 ORDER BY number");
    let rows = query.bind(bytes(pull.journal.0)).bind(number(pull.erasures)).fetch_all(&mut *connection).await?;
    let mut erased = BTreeMap::new();
    for row in rows {
        erased.insert(row.number(0)?, Erasure { subject: subject(&row, 1, 2)?, lines: Vec::new() });
    }
    let query =
        sqlx::query("SELECT erasure, seq, chain FROM entries WHERE journal = $1 AND erasure > $2 AND seq <= $3 ORDER BY seq");
    let query = query.bind(bytes(pull.journal.0)).bind(number(pull.erasures)).bind(number(pull.after));
    for row in query.fetch_all(connection).await? {
        if let Some(erasure) = erased.get_mut(&row.number(0)?) {
            erasure.lines.push(Probe { seq: row.number(1)?, chain: row.bytes32(2)? });
        }
    }
    Ok(erased.into_values().collect())
}

/// All that was carried out, oldest first.
pub(super) async fn all(connection: &mut Connection) -> Result<Vec<Erasing>, StorageError> {
    let rows = sqlx::query("SELECT item, journal, kind, subject, erased_at FROM erasures").fetch_all(&mut *connection).await?;
    let mut all = BTreeMap::new();
    for row in rows {
        let id = row.uuid(0)?;
        let new = Erasing { id, at: row.time(4)?, subject: subject(&row, 2, 3)?, entries: BTreeMap::new() };
        all.entry(id).or_insert(new).entries.entry(JournalId(row.uuid(1)?)).or_default();
    }
    for row in sqlx::query("SELECT item, journal, id FROM erased_entries").fetch_all(connection).await? {
        let (item, journal) = (row.uuid(0)?, JournalId(row.uuid(1)?));
        if let Some(entries) = all.get_mut(&item).and_then(|erasing| erasing.entries.get_mut(&journal)) {
            entries.insert(EntryId(row.uuid(2)?));
        }
    }
    // Their ids sort by time.
    Ok(all.into_values().collect())
}

/// What still has to be taken out of the files.
pub(super) async fn not_wiped(pool: &Pool) -> Result<Vec<Vec<u8>>, StorageError> {
    Ok(sqlx::query_scalar("SELECT DISTINCT item FROM erasures WHERE NOT wiped").fetch_all(pool).await?)
}

pub(super) async fn wiped(pool: &Pool, items: Vec<Vec<u8>>) -> Result<(), StorageError> {
    let mut query = QueryBuilder::<Dialect>::new("UPDATE erasures SET wiped = ");
    query.push_bind(true).push(" WHERE item");
    among(&mut query, items);
    query.build().execute(pool).await?;
    Ok(())
}

// --- Looking ---------------------------------------------------------------------------------------

/// What was found about somebody, by journal: up to which number it was looked for, and the entries.
pub(super) type Looked = BTreeMap<JournalId, (u64, BTreeSet<EntryId>)>;

/// Looks for entries about somebody, in every journal, after what was looked at before: by the key that they lie under. What an older version
/// wrote open is read.
pub(super) async fn look(connection: &mut Connection, about: Subject, before: &Looked) -> Result<Looked, StorageError> {
    let mut looked = before.clone();
    for (journal, head) in journals(connection).await? {
        let (upto, found) = looked.entry(journal).or_default();
        let query = sqlx::query(
            "SELECT id, CASE WHEN subject IS NULL THEN payload END FROM entries
             WHERE journal = $1 AND seq > $2 AND payload IS NOT NULL AND (subject = $3 OR subject IS NULL)",
        );
        let query = query.bind(bytes(journal.0)).bind(number(*upto)).bind(KeyId::of(about).bytes());
        let mut rows = query.fetch(&mut *connection);
        while let Some(row) = rows.try_next().await? {
            let open = row.try_get::<Option<&[u8]>, _>(1)?.map(|payload| std::str::from_utf8(payload).ok().and_then(Subject::of));
            if open.is_none_or(|whom| whom == Some(about)) {
                found.insert(EntryId(row.uuid(0)?));
            }
        }
        *upto = head;
    }
    Ok(looked)
}

/// Neighbourhoods in which a wish to be left alone lies, whether it still stands or not.
pub(super) async fn wishes(connection: &mut Connection) -> Result<Vec<(JournalId, u64)>, StorageError> {
    let query = sqlx::query(
        "SELECT id, head FROM journals WHERE kind = 'neighbourhood'
         AND id IN (SELECT journal FROM entries WHERE kind = 'no_contact' AND payload IS NOT NULL) ORDER BY id",
    );
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(|row| Ok((JournalId(row.uuid(0)?), row.number(1)?))).collect()
}

/// With the last number of each, read before what is looked for.
async fn journals(connection: &mut Connection) -> Result<Vec<(JournalId, u64)>, StorageError> {
    let rows = sqlx::query("SELECT id, head FROM journals ORDER BY id").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((JournalId(row.uuid(0)?), row.number(1)?))).collect()
}

/// Where a record that was set apart stands: device, n, hash.
type Apart = (Vec<u8>, i64, Vec<u8>);

/// What was set apart of a journal about somebody, or with one of these ids.
async fn apart(
    connection: &mut Connection,
    keys: &SubjectKeys,
    journal: JournalId,
    about: Option<Subject>,
    ids: &BTreeSet<EntryId>,
) -> Result<Vec<Apart>, StorageError> {
    let query = sqlx::query("SELECT device, n, raw_hash, raw, subject FROM quarantine WHERE journal = $1").bind(bytes(journal.0));
    let mut rows = query.fetch(connection);
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let opened = open_apart(keys, journal, &row.bytes32(2)?, row.try_get(4)?, row.try_get(3)?)?;
        let Some((id, whom)) = opened.and_then(|raw| intake::about(&raw)) else { continue };
        if (about.is_some() && whom == about) || ids.contains(&id) {
            found.push((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?));
        }
    }
    Ok(found)
}

/// What there is, by journal.
pub(super) async fn about(connection: &mut Connection, keys: &SubjectKeys, wanted: &Wanted) -> Result<Vec<About>, StorageError> {
    let (subject, mut looked) = match wanted {
        Wanted::Subject(subject) => (Some(*subject), look(connection, *subject, &Looked::new()).await?),
        Wanted::Entries(ids) => (None, with_ids(connection, ids).await?),
    };
    let named: BTreeSet<EntryId> =
        if let Wanted::Entries(ids) = wanted { ids.iter().copied().collect() } else { BTreeSet::new() };
    let mut found = Vec::new();
    for row in super::journals::all(connection).await? {
        let (_, entries) = looked.remove(&row.journal).unwrap_or_default();
        let apart = apart(connection, keys, row.journal, subject, &named).await?.len() as u64;
        if !entries.is_empty() || apart > 0 {
            found.push(About { journal: row.journal, kind: row.kind, name: row.name, entries, apart });
        }
    }
    Ok(found)
}

async fn with_ids(connection: &mut Connection, ids: &[EntryId]) -> Result<Looked, StorageError> {
    let mut looked = Looked::new();
    for ids in ids.chunks(IDS) {
        let mut query = QueryBuilder::<Dialect>::new("SELECT journal, id FROM entries WHERE payload IS NOT NULL AND id");
        among(&mut query, ids.iter().map(|id| bytes(id.0)).collect::<Vec<_>>());
        for row in query.build().fetch_all(&mut *connection).await? {
            looked.entry(JournalId(row.uuid(0)?)).or_default().1.insert(EntryId(row.uuid(1)?));
        }
    }
    Ok(looked)
}

// --- Carrying out ----------------------------------------------------------------------------------

/// Carries a line of the list out. `before` is what was found without holding anything.
pub(super) async fn carry_out(
    connection: &mut Connection,
    keys: &SubjectKeys,
    erasing: &Erasing,
    before: Looked,
) -> Result<u64, StorageError> {
    // Nobody writes meanwhile: held as pushes hold them, in their order.
    sqlx::query(concat!("SELECT id FROM journals ORDER BY id", held!())).fetch_all(&mut *connection).await?;
    let done = sqlx::query("SELECT 1 FROM erasures WHERE item = $1").bind(bytes(erasing.id));
    if done.fetch_optional(&mut *connection).await?.is_some() {
        return Ok(0);
    }
    let mut found = match erasing.subject {
        Some(subject) => look(connection, subject, &before).await?,
        None => Looked::new(),
    };
    for (journal, ids) in &erasing.entries {
        found.entry(*journal).or_default().1.extend(ids);
    }
    let mut taken = 0;
    for (journal, (_, ids)) in found {
        let apart = apart(connection, keys, journal, erasing.subject, &ids).await?;
        if ids.is_empty() && apart.is_empty() && !erasing.entries.contains_key(&journal) {
            continue;
        }
        let number = put_on_list(connection, erasing, journal).await?;
        let ids: Vec<EntryId> = ids.into_iter().collect();
        for ids in ids.chunks(IDS) {
            taken += take(connection, erasing, journal, number, ids).await?;
        }
        for (device, n, hash) in apart {
            sqlx::query("DELETE FROM quarantine WHERE journal = $1 AND device = $2 AND n = $3 AND raw_hash = $4")
                .bind(bytes(journal.0))
                .bind(device)
                .bind(n)
                .bind(hash)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(taken)
}

/// Gives the erasure the journal's next number.
async fn put_on_list(connection: &mut Connection, erasing: &Erasing, journal: JournalId) -> Result<i64, StorageError> {
    let count = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM erasures WHERE journal = $1").bind(bytes(journal.0));
    let number = count.fetch_one(&mut *connection).await? + 1;
    let (kind, subject) = erasing.subject.map(columns_of).unzip();
    sqlx::query(
        "INSERT INTO erasures (journal, number, item, kind, subject, erased_at, wiped) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(bytes(journal.0))
    .bind(number)
    .bind(bytes(erasing.id))
    .bind(kind)
    .bind(subject.map(bytes))
    .bind(erasing.at.timestamp_millis())
    .bind(false)
    .execute(connection)
    .await?;
    Ok(number)
}

/// Takes the texts of some entries, and says how many there were.
async fn take(
    connection: &mut Connection,
    erasing: &Erasing,
    journal: JournalId,
    number: i64,
    ids: &[EntryId],
) -> Result<u64, StorageError> {
    let mut query = QueryBuilder::<Dialect>::new("INSERT INTO erased_entries (id, journal, item) ");
    query.push_values(ids, |mut list, id| {
        list.push_bind(bytes(id.0)).push_bind(bytes(journal.0)).push_bind(bytes(erasing.id));
    });
    query.push(" ON CONFLICT (id, journal) DO NOTHING");
    query.build().execute(&mut *connection).await?;
    let mut query = QueryBuilder::<Dialect>::new("UPDATE entries SET salt = NULL, payload = NULL, subject = NULL, erasure = ");
    query.push_bind(number).push(" WHERE payload IS NOT NULL AND journal = ").push_bind(bytes(journal.0)).push(" AND id");
    among(&mut query, ids.iter().map(|id| bytes(id.0)).collect::<Vec<_>>());
    Ok(query.build().execute(connection).await?.rows_affected())
}
