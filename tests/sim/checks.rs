//! What is asked after a run has healed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use chrono::{DateTime, Utc};
use waakvlam::domain::scan::{Scan, Unfit};
use waakvlam::domain::{Caseload, Entry, EntryId, JournalId, Payload, UserId, instant};
use waakvlam::store::{OutboxState, Segment, Store as _};
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::held::{stray_ends, stray_prefix};
use waakvlam::sync::wire::StoredEntry;

use super::office::{Office, Row};
use super::seals;
use super::tab;
use super::task::now;
use super::world::{Book, Phone, Saved, World};

/// What was found wrong, by kind.
#[derive(Clone, Default, Debug)]
pub struct Wrongs(pub BTreeMap<&'static str, Vec<String>>);

pub const KINDS: [&str; 8] = ["lost", "doubled", "diverged", "stuck", "erased_found", "seen", "forged", "cloned"];

impl Wrongs {
    pub fn say(&mut self, kind: &'static str, what: impl FnOnce() -> String) {
        let list = self.0.entry(kind).or_default();
        // Enough to see what is wrong.
        let what = if list.len() < 6 { what() } else { String::new() };
        list.push(what);
    }

    pub fn count(&self, kind: &str) -> u64 {
        self.0.get(kind).map_or(0, |list| list.len() as u64)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What of a line says which entry it is.
#[derive(serde::Deserialize)]
struct OnlyId {
    id: Option<EntryId>,
}

/// A line as it lies: read without copying what it says.
#[derive(Default, Debug)]
struct Lying<'a> {
    seq: Option<u64>,
    id: Option<EntryId>,
    author: Option<UserId>,
    received_at: Option<DateTime<Utc>>,
    payload: Option<&'a str>,
    from: Option<u64>,
    to: Option<u64>,
    chain: Option<Bytes32>,
}

impl<'a> Lying<'a> {
    fn read(text: &'a str) -> Result<Vec<Self>, Unfit> {
        let (mut lines, mut scan) = (Vec::new(), Scan::new(text));
        scan.list(&mut |scan| {
            let mut line = Self::default();
            scan.object(&mut |name, scan| {
                match name {
                    "seq" => line.seq = Some(scan.number()?),
                    "from" => line.from = Some(scan.number()?),
                    "to" => line.to = Some(scan.number()?),
                    "id" => line.id = scan.text()?.parse().ok(),
                    "author" => line.author = scan.text()?.parse().ok(),
                    "received_at" => line.received_at = instant::parse(&scan.text()?),
                    "chain" => line.chain = Bytes32::from_hex(&scan.text()?),
                    "payload" => line.payload = Some(scan.raw()?),
                    _ => drop(scan.raw()?),
                }
                Ok(())
            })?;
            lines.push(line);
            Ok(())
        })?;
        scan.end()?;
        Ok(lines)
    }
}

/// The entries that lie on a phone: unsent, pulled, or lost by the office.
pub fn held(phone: &Phone) -> HashSet<(EntryId, JournalId)> {
    let disk = phone.disk.raw();
    let mut held = HashSet::new();
    now(async {
        held.extend(disk.outbox().await.unwrap().into_iter().map(|record| (record.id, record.journal)));
        for journal in disk.journals().await.unwrap() {
            let Some(key) = key(phone, Some(journal)).await else { continue };
            let mut sealed: Vec<_> =
                disk.segments(journal).await.unwrap().into_iter().map(|s| (s.first, s.last, s.sealed)).collect();
            for name in disk.record_names(&stray_prefix(journal)).await.unwrap() {
                let (ends, record) = (stray_ends(&name), disk.record(&name).await.unwrap());
                sealed.extend(ends.zip(record).map(|((first, last), sealed)| (first, last, sealed)));
            }
            for (first, last, sealed) in sealed {
                let opened = seals::open(key, (journal, first, last), &sealed.0);
                let lines = opened.and_then(|opened| serde_json::from_slice::<Vec<OnlyId>>(opened).ok());
                held.extend(lines.into_iter().flatten().filter_map(|line| Some((line.id?, journal))));
            }
        }
    });
    held
}

/// Whether a phone was told that the journal of this entry is not its owner's any more, and took it off after `at`.
fn taken_off(phone: &Phone, journal: JournalId, at: u64) -> bool {
    phone.disk.destroyed.borrow().get(&journal).is_some_and(|last| *last >= at)
}

fn is_erased(office: &Office, id: EntryId, saved: &Saved) -> bool {
    let of = office.keyring.erasures.iter().filter(|(journal, ..)| *journal == saved.journal);
    of.into_iter().any(|(_, subject, ids)| *subject == Some(saved.subject) || ids.contains(&id))
}

/// At any moment each phone has what was written on it, acknowledged or not, in its outbox or among what it pulled (DESIGN §5.4): until its
/// journal was taken off it, or it was erased.
pub fn everybody_holds_their_own(world: &mut World) -> Vec<HashSet<(EntryId, JournalId)>> {
    let office = world.net.office.borrow();
    let held: Vec<_> = world.phones.iter().map(held).collect();
    for (id, saved) in &world.book.borrow().saved {
        let phone = &world.phones[saved.phone];
        if held[saved.phone].contains(&(*id, saved.journal))
            || taken_off(phone, saved.journal, saved.at)
            || is_erased(&office, *id, saved)
        {
            continue;
        }
        world.wrongs.say("lost", || format!("phone {} has nothing of its own {id} on the way", saved.phone));
    }
    held
}

async fn key(phone: &Phone, journal: Option<JournalId>) -> Option<u64> {
    let key = phone.disk.raw().key(journal).await.unwrap()?;
    Some(u64::from_le_bytes(key.0.try_into().ok()?))
}

/// The lines of each segment; `Err` if one does not open or read.
fn lying(segments: &[Segment], key: Option<u64>, journal: JournalId) -> Result<Vec<Lying<'_>>, String> {
    let key = key.ok_or("no key")?;
    let mut lines = Vec::new();
    for segment in segments {
        let opened =
            seals::open(key, (journal, segment.first, segment.last), &segment.sealed.0).ok_or("a segment does not open")?;
        let opened = std::str::from_utf8(opened).map_err(|why| why.to_string())?;
        lines.extend(Lying::read(opened).map_err(|_| "a segment does not read")?);
    }
    Ok(lines)
}

async fn strays(phone: &Phone, journal: JournalId) -> Option<Vec<StoredEntry>> {
    let key = key(phone, Some(journal)).await?;
    let disk = phone.disk.raw();
    let mut all = Vec::new();
    for name in disk.record_names(&stray_prefix(journal)).await.ok()? {
        let (first, last) = stray_ends(&name)?;
        let sealed = disk.record(&name).await.ok()??;
        all.extend(serde_json::from_slice::<Vec<StoredEntry>>(seals::open(key, (journal, first, last), &sealed.0)?).ok()?);
    }
    Some(all)
}

/// Asks everything.
pub fn ask(world: &World) -> Wrongs {
    let mut wrongs = world.wrongs.clone();
    let office = world.net.office.borrow();
    if office.seen > 0 {
        wrongs.say("seen", || format!("{} pages went to somebody without a grant", office.seen));
    }
    let there = journals(world, &office, &mut wrongs);
    let folded = office.db.journals.keys();
    let folded = folded.map(|journal| (*journal, fold(office.lines(*journal).map(|(_, row)| row), &HashMap::new())));
    let folded: BTreeMap<JournalId, Caseload> = folded.collect();
    let mut kept: BTreeMap<EntryId, usize> = BTreeMap::new();
    for (i, phone) in world.phones.iter().enumerate() {
        ask_phone(world, &office, &folded, (i, phone), &mut kept, &mut wrongs);
    }
    lost(world, &office, &there, &kept, &mut wrongs);
    erased(world, &office, &mut wrongs);
    clones(world, &office, &mut wrongs);
    wrongs
}

/// The office's journals: every id once, dense and chained, nothing that nobody wrote, by whom it was written.
fn journals(world: &World, office: &Office, wrongs: &mut Wrongs) -> HashMap<EntryId, JournalId> {
    let book = world.book.borrow();
    let mut there = HashMap::new();
    for (user, journal) in office.db.grants.iter().filter(|(_, (_, revoked))| !revoked).map(|(of, _)| of) {
        if !office.is_for(*user, *journal) {
            wrongs.say("seen", || format!("{user} may read {journal}, which was not founded for them"));
        }
    }
    for journal in office.db.journals.keys() {
        let mut link = chain::START;
        for (expected, (seq, row)) in (1..).zip(office.lines(*journal)) {
            link = chain::next(&link, seq, row.id, row.author, &row.commitment);
            if seq != expected || row.chain != link {
                wrongs.say("diverged", || format!("the office's journal {journal} is not dense and chained at {seq}"));
            }
            if there.insert(row.id, *journal).is_some() {
                wrongs.say("doubled", || format!("{} stands twice in the journals", row.id));
            }
            if !book.begun.contains(&row.id) {
                wrongs.say("forged", || format!("nobody wrote {}", row.id));
            }
            let saved = book.saved.get(&row.id);
            if saved.is_some_and(|saved| saved.author != row.author) {
                wrongs.say("forged", || format!("{} is another's", row.id));
            }
        }
    }
    there
}

fn ask_phone(
    world: &World,
    office: &Office,
    folded: &BTreeMap<JournalId, Caseload>,
    (i, phone): (usize, &Phone),
    kept: &mut BTreeMap<EntryId, usize>,
    wrongs: &mut Wrongs,
) {
    let disk = phone.disk.raw();
    let me = office.me(phone.user);
    let reads: BTreeSet<JournalId> = me.journals.iter().map(|granted| granted.journal).collect();
    let status = phone.tabs.first().map(tab::Tab::status).unwrap_or_default();
    if status.sign_in {
        wrongs.say("stuck", || format!("phone {i} asks somebody to sign in"));
    }
    for record in now(disk.outbox()).unwrap() {
        match record.state {
            OutboxState::Waiting => wrongs.say("stuck", || format!("phone {i} still has {} to send", record.id)),
            OutboxState::Sent { .. } if reads.contains(&record.journal) => {
                wrongs.say("stuck", || format!("{} was sent by phone {i} and did not come back", record.id));
            }
            OutboxState::Quarantined { epoch, .. } if epoch == office.db.epoch && !world.restored => {
                let apart = office.db.journals.get(&record.journal).into_iter().flat_map(|journal| &journal.quarantine);
                if !apart.into_iter().any(|apart| apart.id == Some(record.id)) {
                    wrongs.say("lost", || format!("{} was set apart and is not there", record.id));
                }
            }
            _ => {}
        }
        if !matches!(record.state, OutboxState::Sent { .. }) {
            kept.insert(record.id, i);
        }
    }
    for journal in phone.disk.destroyed.borrow().keys() {
        if !office.told_off.borrow().contains(&(phone.user, *journal)) {
            wrongs.say("lost", || format!("phone {i} took journal {journal} off, and nobody had said so"));
        }
    }
    for journal in now(disk.journals()).unwrap() {
        if !reads.contains(&journal) {
            wrongs.say("seen", || format!("phone {i} keeps journal {journal} without a grant"));
        }
    }
    for journal in &world.all_journals() {
        let has_lines = !now(disk.segments(*journal)).unwrap().is_empty();
        if has_lines && !reads.contains(journal) {
            wrongs.say("seen", || format!("phone {i} keeps lines of {journal} without a grant"));
        }
    }
    for (of, journal, _, word) in &world.book.borrow().drafts {
        let record = |name: String| now(disk.record(&name)).unwrap();
        let kept = |name: String| record(name).is_some_and(|sealed| sealed.0.starts_with(word.as_bytes()));
        if *of == i && !reads.contains(journal) && now(disk.record_names("draft:")).unwrap().into_iter().any(kept) {
            wrongs.say("seen", || format!("phone {i} keeps a draft of {journal} without a grant"));
        }
    }
    let shown = match tab::shown(&phone.disk, &world.ctl, phone.user) {
        Ok(shown) => shown,
        Err(why) => return wrongs.say("stuck", || format!("phone {i} can't be opened: {why}")),
    };
    for journal in &reads {
        let shown = shown.get(journal).map(|laid| &laid.caseload);
        ask_journal(world, office, &folded[journal], (i, phone), *journal, shown, wrongs);
    }
}

fn ask_journal(
    world: &World,
    office: &Office,
    folded: &Caseload,
    (i, phone): (usize, &Phone),
    journal: JournalId,
    shown: Option<&Caseload>,
    wrongs: &mut Wrongs,
) {
    let rows: Vec<&Rc<Row>> = office.lines(journal).map(|(_, row)| row).collect();
    let cursor = now(phone.disk.raw().cursor(journal)).unwrap();
    if cursor.map_or(0, |cursor| cursor.seq) != rows.len() as u64 {
        let at = cursor.map_or(0, |cursor| cursor.seq);
        return wrongs.say("stuck", || format!("phone {i} is at {at} of {} in {journal}", rows.len()));
    }
    if now(strays(phone, journal)).is_none_or(|strays| !strays.is_empty()) {
        wrongs.say("stuck", || format!("phone {i} still has strays of {journal}"));
    }
    let (segments, key) = now(async { (phone.disk.raw().segments(journal).await.unwrap(), key(phone, Some(journal)).await) });
    let lines = match lying(&segments, key, journal) {
        Ok(lines) => lines,
        Err(why) => return wrongs.say("diverged", || format!("phone {i}, {journal}: {why}")),
    };
    let mut seq = 0;
    for line in &lines {
        let same = match line {
            Lying { seq: Some(at), id: Some(id), author: Some(author), payload: Some(payload), .. } => {
                seq += 1;
                let row = rows.get(seq as usize - 1);
                let text = row.and_then(|row| row.payload.as_ref()).map(|payload| payload.get());
                *at == seq && row.is_some_and(|row| (row.id, row.author) == (*id, *author)) && text == Some(*payload)
            }
            Lying { from: Some(from), to: Some(to), chain, .. } => {
                let gone = (*from..=*to).all(|seq| rows.get(seq as usize - 1).is_some_and(|row| row.payload.is_none()));
                let dense = *from == seq + 1;
                seq = *to;
                dense && gone && rows.get(seq as usize - 1).is_some_and(|row| Some(row.chain) == *chain)
            }
            _ => false,
        };
        if !same {
            let theirs = rows.get(seq as usize - 1).map(|row| (row.id, row.payload.is_some()));
            return wrongs
                .say("diverged", || format!("phone {i} has another line {seq} of {journal}: {line:?}, the office {theirs:?}"));
        }
    }
    let expected = expected(&rows, &lines, folded, phone, journal);
    let Some(shown) = shown else { return };
    if *shown != expected {
        wrongs.say("diverged", || format!("phone {i} shows another caseload of {journal}: {}", differences(shown, &expected)));
    }
    let live = phone.tabs.first().and_then(|tab| tab.desk.as_ref()).filter(|desk| desk.journal.get() == journal);
    // A tab that stayed open may say of an entry that came back after a restore when it came in first.
    let another = |one: &Caseload| *one != expected && but_for_when(one) != but_for_when(&expected);
    if live.is_some_and(|desk| another(&desk.view.borrow().caseload)) {
        wrongs.say("diverged", || format!("phone {i} has another caseload of {journal} on its screen than in its store"));
    }
    if expected.concerns.values().any(|state| state.has_conflict()) {
        world.ctl.count(|stats| stats.conflicts += 1);
    }
}

/// A caseload as text, but for when its entries came in.
fn but_for_when(caseload: &Caseload) -> String {
    let text = format!("{caseload:?}");
    let mut parts = text.split("received_at: ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once(", payload").map_or(part, |(_, rest)| rest))
}

/// Which parts differ.
fn differences(one: &Caseload, other: &Caseload) -> String {
    let mut parts = Vec::new();
    macro_rules! compare {
        ($($part:ident)*) => { $(if one.$part != other.$part {
            let (one, other) = (format!("{:#?}", one.$part), format!("{:#?}", other.$part));
            let line = one.lines().zip(other.lines()).find(|(one, other)| one != other);
            parts.push(format!("{}: {line:?}", stringify!($part)));
        })* };
    }
    compare!(entries history places households behind persons visits concerns reviews staff waiting orphans unreadable inadmissible);
    parts.join("; ")
}

/// The fold over the office's lines.
fn fold<'a>(rows: impl Iterator<Item = &'a Rc<Row>>, came_in: &HashMap<u64, DateTime<Utc>>) -> Caseload {
    let mut caseload = Caseload::default();
    for (seq, row) in (1_u64..).zip(rows) {
        let Some(payload) = &row.payload else { continue };
        let (id, author, device, n) = (row.id, row.author, row.device, row.n);
        let received_at = Some(came_in.get(&seq).copied().unwrap_or(row.received_at));
        let payload = Payload::parse(payload.get()).ok();
        caseload.apply(Entry { id, author, device, n, seq: Some(seq), received_at, payload });
    }
    caseload
}

/// The fold over the office's lines, and what lies set aside on the phone on top.
fn expected(rows: &[&Rc<Row>], lines: &[Lying<'_>], folded: &Caseload, phone: &Phone, journal: JournalId) -> Caseload {
    // When it came in is no part of the chain: after a restore the office may have taken it in again, later.
    let came_in = || lines.iter().filter_map(|line| line.seq.zip(line.received_at));
    let same = came_in().all(|(seq, at)| rows[seq as usize - 1].received_at == at);
    let mut caseload = if same { folded.clone() } else { fold(rows.iter().copied(), &came_in().collect()) };
    now(async {
        let outbox_key = key(phone, None).await.unwrap_or_default();
        for record in phone.disk.raw().outbox().await.unwrap() {
            let opened = seals::open(outbox_key, (record.device, record.journal, record.n), &record.sealed.0);
            let written = opened.and_then(|raw| serde_json::from_slice::<waakvlam::sync::wire::Written>(raw).ok());
            let Some(written) = written.filter(|_| record.journal == journal) else { continue };
            let payload = Payload::parse(written.payload.get()).ok();
            let (id, author, device, n) = (record.id, phone.user, record.device, record.n);
            caseload.apply(Entry { id, author, device, n, seq: None, received_at: None, payload });
        }
    });
    caseload
}

/// Every entry of which a screen said that it was saved is somewhere that counts.
fn lost(
    world: &World,
    office: &Office,
    there: &HashMap<EntryId, JournalId>,
    kept: &BTreeMap<EntryId, usize>,
    wrongs: &mut Wrongs,
) {
    let book = world.book.borrow();
    let apart = office.db.journals.values().flat_map(|journal| &journal.quarantine);
    let apart: BTreeSet<EntryId> = apart.filter_map(|apart| apart.id).collect();
    for (id, saved) in &book.saved {
        if there.contains_key(id) || kept.contains_key(id) || is_erased(office, *id, saved) {
            continue;
        }
        if apart.contains(id) {
            // Its text stays on the phone until somebody has seen to it, unless the journal was taken off it.
            if !taken_off(&world.phones[saved.phone], saved.journal, saved.at) {
                wrongs.say("lost", || format!("{id} is set apart at the office, and its writer's phone has nothing of it"));
            }
            continue;
        }
        if went_with_its_grants(world, office, &book, *id, saved) {
            world.ctl.count(|stats| stats.excused += 1);
            continue;
        }
        wrongs.say("lost", || format!("{id}, saved on phone {}, of {}", saved.phone, saved.journal));
    }
}

/// The one excuse. A restore gives back what some phone that reads the journal still holds (DESIGN §5.6), and a phone whose grant
/// is taken back destroys what it holds (§5.9). So an entry may go if the office had it when a backup was put back that has it
/// not, and every phone that held it then, and the one on which it was written, took the journal off because it was told to. A closed journal
/// that was lost whole is no excuse, unless its founding was erased: who holds it gives it back.
fn went_with_its_grants(world: &World, office: &Office, book: &Book, id: EntryId, saved: &Saved) -> bool {
    let founded = office.founded.borrow();
    let founding = founded.get(&saved.journal).map(|founded| founded.id);
    // Also a founding of which no screen had said yet that it is saved.
    let about =
        founded.get(&saved.journal).and_then(|founded| Payload::parse(founded.text.get()).ok()).map(|payload| payload.subject);
    let erased = founding.is_some_and(|id| office.is_erased(saved.journal, id, about));
    let told = office.told.borrow();
    // Since then, or when they were told last before.
    let truly = |phone: usize, at: u64| {
        let told = told.get(&(world.phones[phone].user, saved.journal)).map_or(&[][..], Vec::as_slice);
        let (before, since) = told.split_at(told.partition_point(|(then, _)| *then < at));
        since.iter().chain(before.last()).any(|(_, truly)| *truly)
    };
    let excused = founding.is_none() || erased;
    let off = |phone: usize, at: u64| taken_off(&world.phones[phone], saved.journal, at) && (excused || truly(phone, at));
    let risk = book.at_risk.get(&id);
    risk.is_some_and(|risk| off(saved.phone, saved.at) && risk.holders.iter().all(|phone| off(*phone, risk.at)))
}

/// No word of what was erased is anywhere.
fn erased(world: &World, office: &Office, wrongs: &mut Wrongs) {
    if office.keyring.erasures.is_empty() {
        return;
    }
    let book = world.book.borrow();
    let gone = |journal, subject| office.keyring.erasures.iter().any(|(of, who, _)| (*of, *who) == (journal, Some(subject)));
    let saved = book.saved.iter().filter(|(id, saved)| is_erased(office, **id, saved));
    let mut words: Vec<&str> = saved.filter_map(|(_, saved)| saved.word.as_deref()).collect();
    words.extend(book.drafts.iter().filter(|(_, journal, subject, _)| gone(*journal, *subject)).map(|draft| draft.3.as_str()));
    if words.is_empty() {
        return;
    }
    let words: BTreeSet<&[u8]> = words.into_iter().map(str::as_bytes).collect();
    // All words are as long, and begin with W or D.
    let found = |bytes: &[u8]| bytes.windows(17).any(|part| matches!(part[0], b'W' | b'D') && words.contains(part));
    for journal in office.db.journals.values() {
        let texts = journal.rows.iter().filter_map(|row| row.payload.as_ref()).map(|payload| payload.get().as_bytes());
        for text in texts.chain(journal.quarantine.iter().map(|apart| apart.raw.as_slice())) {
            if found(text) {
                wrongs.say("erased_found", || "at the office".to_owned());
            }
        }
    }
    for (i, phone) in world.phones.iter().enumerate() {
        now(async {
            let disk = phone.disk.raw();
            for record in disk.outbox().await.unwrap() {
                // What the office lost with its founding it does not judge: nobody tells this phone.
                let judged = office.db.grants.contains_key(&(phone.user, record.journal));
                if judged && found(&record.sealed.0) {
                    wrongs.say("erased_found", || format!("in the outbox of phone {i}, {:?}", record.state));
                }
            }
            for journal in disk.journals().await.unwrap() {
                for segment in disk.segments(journal).await.unwrap() {
                    if found(&segment.sealed.0) {
                        wrongs.say("erased_found", || format!("in segment {}–{} of phone {i}", segment.first, segment.last));
                    }
                }
            }
            for name in disk.record_names("").await.unwrap() {
                if disk.record(&name).await.unwrap().is_some_and(|sealed| found(&sealed.0)) {
                    wrongs.say("erased_found", || format!("in {name} of phone {i}"));
                }
            }
        });
    }
}

/// Copies of which both used a number since the weather cleared have ids of their own by now. (Before that the answer that says so may have
/// been lost, and the entry come back in a page: then it is the next number that tells them.)
fn clones(world: &World, office: &Office, wrongs: &mut Wrongs) {
    let book = world.book.borrow();
    let mut by_number: HashMap<_, BTreeMap<usize, u64>> = HashMap::new();
    for journal in office.db.journals.keys() {
        for (_, row) in office.lines(*journal) {
            if let Some(saved) = book.saved.get(&row.id) {
                by_number.entry((row.device, row.n)).or_default().insert(saved.phone, saved.at);
            }
        }
    }
    let now_is = |phone: &usize| now(world.phones[*phone].disk.raw().counter()).unwrap().0;
    for ((device, n), phones) in by_number.iter().filter(|(_, phones)| phones.len() > 1) {
        let in_quiet = phones.values().any(|at| *at >= world.cleared);
        let still: Vec<_> = phones.keys().filter(|phone| now_is(phone) == *device).collect();
        if in_quiet && still.len() > 1 && !world.restored {
            wrongs.say("cloned", || format!("phones {still:?} are still one device, and both used {n}"));
        }
    }
}
