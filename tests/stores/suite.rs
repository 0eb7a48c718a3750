//! The one suite. `make` opens a new, empty store twice: two tabs of one account.

use chrono::{DateTime, TimeDelta};
use uuid::Uuid;
use waakvlam::domain::{DeviceId, EntryId, JournalId};
use waakvlam::store::vault::attempts;
use waakvlam::store::{AddPage, Append, Cursor, OutboxRecord, OutboxState, Sealed, Segment, Store};
use waakvlam::sync::chain::Bytes32;
use waakvlam::sync::wire::Reason;

pub async fn keeps_its_promises<S: Store>(make: impl AsyncFn() -> (S, S)) {
    let (a, b) = make().await;
    an_entry_is_kept_as_it_was_given(&a, &b).await;
    let (a, b) = make().await;
    a_number_is_never_given_twice(&a, &b).await;
    let (a, b) = make().await;
    two_tabs_write_at_once_and_nothing_is_lost(&a, &b).await;
    let (a, b) = make().await;
    a_renewed_device_starts_again_and_the_old_entries_stay(&a, &b).await;
    let (a, b) = make().await;
    marks_and_discards_touch_what_they_name_only(&a, &b).await;
    let (a, b) = make().await;
    marks_lie_upon_marks_until_the_records_leave(&a, &b).await;
    let (a, b) = make().await;
    a_page_its_cursor_and_what_returned_move_together(&a, &b).await;
    let (a, b) = make().await;
    of_two_syncers_one_wins(&a, &b).await;
    let (a, b) = make().await;
    a_chunk_replaces_exactly_what_it_covers(&a, &b).await;
    let (a, b) = make().await;
    the_first_key_stays_and_a_destroyed_journal_is_gone(&a, &b).await;
    let (a, b) = make().await;
    an_erasure_is_carried_out_as_a_whole_or_not(&a, &b).await;
    let (a, b) = make().await;
    going_back_keeps_what_lay_beyond(&a, &b).await;
    let (a, b) = make().await;
    notes_and_records_are_kept_by_name(&a, &b).await;
    let (a, b) = make().await;
    wrong_phrases_are_counted_across_tabs(&a, &b).await;
}

pub fn journal(n: u128) -> JournalId {
    JournalId(Uuid::from_u128(n))
}

/// Bytes of every value, so that nothing on the way can take them for text.
pub fn record(device: DeviceId, n: u64) -> OutboxRecord {
    OutboxRecord {
        device,
        journal: journal(7),
        n,
        id: EntryId(Uuid::new_v4()),
        sealed: Sealed((0..=255).chain(n.to_be_bytes()).collect()),
        state: OutboxState::Waiting,
    }
}

/// Appends as the app does: under the next number, and again under another one if it was taken.
pub async fn write(store: &impl Store) -> OutboxRecord {
    let (device, next) = store.counter().await.unwrap();
    let mut written = record(device, next);
    while let Append::CounterMoved { device, next } = store.append(&written).await.unwrap() {
        written = OutboxRecord { id: written.id, ..record(device, next) };
    }
    written
}

fn cursor(seq: u64) -> Cursor {
    Cursor { epoch: Uuid::from_u128(1), seq, chain: Bytes32([seq as u8; 32]), erasures: 0 }
}

fn segment(first: u64, last: u64) -> Segment {
    Segment { first, last, sealed: Sealed(vec![first as u8, last as u8, 0, 255]) }
}

async fn an_entry_is_kept_as_it_was_given(a: &impl Store, b: &impl Store) {
    assert_eq!(a.outbox().await.unwrap(), []);
    let (device, next) = a.counter().await.unwrap();
    assert_eq!(next, 1);
    assert_eq!(b.counter().await.unwrap(), (device, 1), "both tabs are one device");
    let states = [
        OutboxState::Waiting,
        OutboxState::Sent { seq: 9_007_199_254_740_991, epoch: Uuid::from_u128(3), cloned: false },
        OutboxState::Quarantined { reason: Reason::NotAllowed, epoch: Uuid::from_u128(3) },
        OutboxState::Refused,
    ];
    let mut written = Vec::new();
    for (n, state) in (1..).zip(states) {
        let record = OutboxRecord { state, ..record(device, n) };
        assert_eq!(a.append(&record).await.unwrap(), Append::Stored);
        written.push(record);
    }
    assert_eq!(b.outbox().await.unwrap(), written);
    assert_eq!(b.counter().await.unwrap(), (device, 5));
}

async fn a_number_is_never_given_twice(a: &impl Store, b: &impl Store) {
    let first = write(a).await;
    let taken = record(first.device, 1);
    assert_eq!(b.append(&taken).await.unwrap(), Append::CounterMoved { device: first.device, next: 2 });
    let ahead = record(first.device, 3);
    assert_eq!(b.append(&ahead).await.unwrap(), Append::CounterMoved { device: first.device, next: 2 }, "no gap either");
    let foreign = record(DeviceId(Uuid::new_v4()), 2);
    assert_eq!(b.append(&foreign).await.unwrap(), Append::CounterMoved { device: first.device, next: 2 });
    assert_eq!(a.outbox().await.unwrap(), [first.clone()]);
    // Not even when the entry has left the outbox.
    a.discard(first.device, 1).await.unwrap();
    assert_eq!(a.append(&taken).await.unwrap(), Append::CounterMoved { device: first.device, next: 2 });
    assert_eq!(a.outbox().await.unwrap(), []);
}

async fn several(store: &impl Store, count: usize) -> Vec<OutboxRecord> {
    let mut written = Vec::new();
    for _ in 0..count {
        written.push(write(store).await);
    }
    written
}

async fn two_tabs_write_at_once_and_nothing_is_lost(a: &impl Store, b: &impl Store) {
    const EACH: usize = 200;
    // One tab saves in bursts, the other one by one.
    let bursts = futures::future::join_all((0..EACH / 4).map(|_| several(a, 4)));
    let (from_a, from_b) = futures::join!(bursts, several(b, EACH));
    let mut written: Vec<_> = from_a.into_iter().flatten().chain(from_b).collect();
    written.sort_by_key(|record| record.n);
    assert!(written.iter().map(|record| record.n).eq(1..=2 * EACH as u64), "dense and unique");
    assert_eq!(a.outbox().await.unwrap(), written);
    assert_eq!(b.counter().await.unwrap().1, 2 * EACH as u64 + 1);
}

async fn a_renewed_device_starts_again_and_the_old_entries_stay(a: &impl Store, b: &impl Store) {
    let old = [write(a).await, write(a).await];
    // Sorts before every other device: the order must not come from the id.
    let renewed = DeviceId(Uuid::nil());
    a.renew_device(renewed).await.unwrap();
    assert_eq!(b.counter().await.unwrap(), (renewed, 1));
    let late = record(old[0].device, 3);
    assert_eq!(b.append(&late).await.unwrap(), Append::CounterMoved { device: renewed, next: 1 });
    let new = [write(b).await, write(b).await];
    assert_eq!(new[0].device, renewed);
    assert_eq!(a.outbox().await.unwrap(), [old, new].concat(), "in the order of writing");
}

async fn marks_and_discards_touch_what_they_name_only(a: &impl Store, b: &impl Store) {
    let mut written = several(a, 6).await;
    let device = written[0].device;
    let stranger = DeviceId(Uuid::new_v4());
    b.mark(&[
        (device, 5, OutboxState::Refused),
        (device, 1, OutboxState::Sent { seq: 41, epoch: Uuid::nil(), cloned: false }),
        (device, 2, OutboxState::Quarantined { reason: Reason::NoGrant, epoch: Uuid::nil() }),
        (device, 99, OutboxState::Refused),
        (stranger, 3, OutboxState::Refused),
    ])
    .await
    .unwrap();
    b.mark(&[]).await.unwrap();
    written[0].state = OutboxState::Sent { seq: 41, epoch: Uuid::nil(), cloned: false };
    written[1].state = OutboxState::Quarantined { reason: Reason::NoGrant, epoch: Uuid::nil() };
    written[4].state = OutboxState::Refused;
    assert_eq!(a.outbox().await.unwrap(), written);
    a.discard(stranger, 2).await.unwrap();
    a.discard(device, 99).await.unwrap();
    assert_eq!(b.outbox().await.unwrap(), written);
    a.discard(device, 5).await.unwrap();
    written.remove(4);
    assert_eq!(b.outbox().await.unwrap(), written);
    b.mark(&[(device, 5, OutboxState::Waiting)]).await.unwrap();
    assert_eq!(a.outbox().await.unwrap(), written, "what was taken out does not come back");
}

/// Leaves the outbox empty.
pub async fn marks_lie_upon_marks_until_the_records_leave(a: &impl Store, b: &impl Store) {
    let sent = |seq| OutboxState::Sent { seq, epoch: Uuid::from_u128(1), cloned: false };
    let mut written = several(a, 6).await;
    let device = written[0].device;
    let run: Vec<_> = (1..=4).map(|n| (device, n, sent(40 + n))).collect();
    a.mark(&run).await.unwrap();
    b.mark(&[(device, 2, OutboxState::Waiting)]).await.unwrap();
    a.mark(&[(device, 3, sent(99)), (device, 4, sent(44))]).await.unwrap();
    a.renew_device(DeviceId(Uuid::from_u128(9))).await.unwrap();
    written.push(write(a).await);
    for (record, seq) in written.iter_mut().zip([41, 0, 99, 44]).filter(|(_, seq)| *seq > 0) {
        record.state = sent(seq);
    }
    assert_eq!(b.outbox().await.unwrap(), written, "the last mark counts, and those of another device say nothing");
    let mut seq = 0;
    while !written.is_empty() {
        // From the middle, so that runs are torn.
        let gone = written.remove(written.len() / 2);
        let before = (seq > 0).then(|| cursor(seq));
        seq += 1;
        assert_eq!(a.add_page(journal(7), before, cursor(seq), None, &[gone.id]).await.unwrap(), AddPage::Stored);
        assert_eq!(b.outbox().await.unwrap(), written);
    }
}

async fn a_page_its_cursor_and_what_returned_move_together(a: &impl Store, b: &impl Store) {
    let (mine, other) = (journal(7), journal(8));
    let written = several(a, 5).await;
    assert_eq!(a.cursor(mine).await.unwrap(), None);
    assert_eq!(a.segments(mine).await.unwrap(), []);
    let stranger = EntryId(Uuid::new_v4());
    let returned = [written[3].id, stranger, written[0].id, written[1].id];
    let page = segment(1, 4);
    assert_eq!(a.add_page(mine, None, cursor(4), Some(&page), &returned).await.unwrap(), AddPage::Stored);
    assert_eq!(b.cursor(mine).await.unwrap(), Some(cursor(4)));
    assert_eq!(b.segments(mine).await.unwrap(), [page.clone()]);
    assert_eq!(b.outbox().await.unwrap(), [written[2].clone(), written[4].clone()]);
    // An empty page moves the cursor (to a new epoch, say) and nothing else.
    let elsewhere = Cursor { epoch: Uuid::from_u128(2), ..cursor(4) };
    assert_eq!(a.add_page(mine, Some(cursor(4)), elsewhere, None, &[]).await.unwrap(), AddPage::Stored);
    assert_eq!(b.cursor(mine).await.unwrap(), Some(elsewhere));
    // Refused: nothing of it is written, whatever in the cursor differs.
    for wrong in [None, Some(cursor(4)), Some(cursor(3)), Some(Cursor { chain: Bytes32([9; 32]), ..elsewhere })] {
        let refused = a.add_page(mine, wrong, cursor(6), Some(&segment(5, 6)), &[written[2].id]).await.unwrap();
        assert_eq!(refused, AddPage::CursorMoved(Some(elsewhere)));
    }
    assert_eq!(a.add_page(other, Some(cursor(1)), cursor(2), None, &[]).await.unwrap(), AddPage::CursorMoved(None));
    // A page over one that is held: an error, and nothing of it is written.
    a.add_page(mine, Some(elsewhere), cursor(9), Some(&segment(1, 9)), &[written[2].id]).await.unwrap_err();
    assert_eq!(b.segments(mine).await.unwrap(), [page]);
    assert_eq!(b.cursor(mine).await.unwrap(), Some(elsewhere));
    assert_eq!(b.outbox().await.unwrap().len(), 2);
    assert_eq!(b.cursor(other).await.unwrap(), None);
    assert_eq!(b.segments(other).await.unwrap(), []);
}

async fn of_two_syncers_one_wins(a: &impl Store, b: &impl Store) {
    let mut held = None;
    for page in 1..=20_u64 {
        let (from_a, from_b) = (segment(page, page), Segment { sealed: Sealed(vec![0]), ..segment(page, page) });
        let next = cursor(page);
        let (one, two) = futures::join!(
            a.add_page(journal(7), held, next, Some(&from_a), &[]),
            b.add_page(journal(7), held, next, Some(&from_b), &[]),
        );
        let won = match (one.unwrap(), two.unwrap()) {
            (AddPage::Stored, AddPage::CursorMoved(now)) if now == Some(next) => from_a,
            (AddPage::CursorMoved(now), AddPage::Stored) if now == Some(next) => from_b,
            both => panic!("page {page}: {both:?}"),
        };
        let segments = a.segments(journal(7)).await.unwrap();
        assert_eq!(segments.len() as u64, page);
        assert_eq!(segments.last(), Some(&won));
        held = Some(next);
    }
}

async fn a_chunk_replaces_exactly_what_it_covers(a: &impl Store, b: &impl Store) {
    // 1–2, 3–9, 10–10, 11–100 and a neighbour's. 10 sorts after 9 as a number, before it as text.
    let mut held = None;
    for page in [segment(1, 2), segment(3, 9), segment(10, 10), segment(11, 100)] {
        a.add_page(journal(7), held, cursor(page.last), Some(&page), &[]).await.unwrap();
        held = Some(cursor(page.last));
    }
    a.add_page(journal(8), None, cursor(10), Some(&segment(3, 10)), &[]).await.unwrap();
    let before = b.segments(journal(7)).await.unwrap();
    assert_eq!(before, [segment(1, 2), segment(3, 9), segment(10, 10), segment(11, 100)]);
    let refused: [(&[u64], Segment); 7] = [
        (&[], segment(3, 10)),
        (&[3], segment(3, 10)),
        (&[3, 10, 11], segment(3, 10)),
        (&[10, 3], segment(3, 10)),
        (&[3, 10], segment(3, 9)),
        (&[3, 10], segment(2, 10)),
        (&[10, 11], segment(10, 99)),
    ];
    for (firsts, chunk) in &refused {
        assert!(!a.merge(journal(7), cursor(100), firsts, chunk).await.unwrap(), "{firsts:?} by {}–{}", chunk.first, chunk.last);
    }
    let erased = Cursor { erasures: 1, ..cursor(100) };
    assert!(!a.merge(journal(7), erased, &[3, 10], &segment(3, 10)).await.unwrap(), "it was put together under another cursor");
    assert_eq!(b.segments(journal(7)).await.unwrap(), before);
    assert!(a.merge(journal(7), cursor(100), &[3, 10], &segment(3, 10)).await.unwrap());
    assert!(!b.merge(journal(7), cursor(100), &[3, 10], &segment(3, 10)).await.unwrap(), "only once");
    assert_eq!(b.segments(journal(7)).await.unwrap(), [segment(1, 2), segment(3, 10), segment(11, 100)]);
    assert_eq!(b.segment_firsts(journal(7)).await.unwrap(), [1, 3, 11]);
    assert_eq!(b.segments_from(journal(7), 3).await.unwrap(), [segment(3, 10), segment(11, 100)]);
    assert_eq!(b.segments_from(journal(7), 4).await.unwrap(), [segment(11, 100)]);
    assert_eq!(b.segments(journal(8)).await.unwrap(), [segment(3, 10)]);
    assert_eq!(b.cursor(journal(7)).await.unwrap(), Some(cursor(100)), "a merge moves no cursor");
}

async fn the_first_key_stays_and_a_destroyed_journal_is_gone(a: &impl Store, b: &impl Store) {
    assert_eq!(a.key(None).await.unwrap(), None);
    assert!(a.put_key(None, &Sealed(vec![0, 1])).await.unwrap());
    let (one, two) = (Sealed(vec![1]), Sealed(vec![2]));
    let (first, second) = futures::join!(a.put_key(Some(journal(7)), &one), b.put_key(Some(journal(7)), &two));
    let kept = match (first.unwrap(), second.unwrap()) {
        (true, false) => one,
        (false, true) => two,
        both => panic!("{both:?}"),
    };
    assert_eq!(a.key(Some(journal(7))).await.unwrap(), Some(kept));
    assert!(b.put_key(Some(journal(8)), &Sealed(vec![8])).await.unwrap());
    assert_eq!(a.journals().await.unwrap(), [journal(7), journal(8)]);
    for of in [journal(7), journal(8)] {
        a.add_page(of, None, cursor(1), Some(&segment(1, 1)), &[]).await.unwrap();
    }
    let waiting = write(a).await;
    a.destroy(journal(7)).await.unwrap();
    a.destroy(journal(99)).await.unwrap();
    assert_eq!(b.key(Some(journal(7))).await.unwrap(), None);
    assert_eq!(b.cursor(journal(7)).await.unwrap(), None);
    assert_eq!(b.segments(journal(7)).await.unwrap(), []);
    assert_eq!(b.journals().await.unwrap(), [journal(8)]);
    assert_eq!(b.key(Some(journal(8))).await.unwrap(), Some(Sealed(vec![8])));
    assert_eq!(b.cursor(journal(8)).await.unwrap(), Some(cursor(1)));
    assert_eq!(b.segments(journal(8)).await.unwrap(), [segment(1, 1)]);
    assert_eq!(b.key(None).await.unwrap(), Some(Sealed(vec![0, 1])));
    assert_eq!(b.outbox().await.unwrap(), [waiting], "what was not sent stays: it is the outbox's, not the journal's");
}

async fn an_erasure_is_carried_out_as_a_whole_or_not(a: &impl Store, b: &impl Store) {
    let mine = journal(7);
    let written = several(a, 3).await;
    for (held, page) in [(None, segment(1, 4)), (Some(cursor(4)), segment(5, 9))] {
        a.add_page(mine, held, cursor(page.last), Some(&page), &[]).await.unwrap();
    }
    a.put_record("draft:1", &Sealed(vec![1])).await.unwrap();
    a.put_record("draft:2", &Sealed(vec![2])).await.unwrap();
    let erased = Cursor { erasures: 1, ..cursor(9) };
    let again = Segment { sealed: Sealed(vec![42]), ..segment(5, 9) };
    let (out, gone) = ([(written[1].device, written[1].n)], ["draft:1".to_owned()]);
    // Refused: another cursor, a segment that is not there, or that ends elsewhere.
    let elsewhere = [segment(2, 4), segment(5, 8), segment(10, 12)];
    let refused = a.rewrite(mine, cursor(4), erased, &[again.clone()], &out, &gone).await.unwrap();
    assert_eq!(refused, AddPage::CursorMoved(Some(cursor(9))));
    for wrong in &elsewhere {
        let both = [again.clone(), wrong.clone()];
        let refused = a.rewrite(mine, cursor(9), erased, &both, &out, &gone).await.unwrap();
        assert_eq!(refused, AddPage::CursorMoved(Some(cursor(9))));
    }
    assert_eq!(b.segments(mine).await.unwrap(), [segment(1, 4), segment(5, 9)]);
    assert_eq!(b.outbox().await.unwrap(), written);
    assert_eq!(b.record_names("draft:").await.unwrap(), ["draft:1", "draft:2"]);
    let done = a.rewrite(mine, cursor(9), erased, &[again.clone()], &out, &gone).await.unwrap();
    assert_eq!(done, AddPage::Stored);
    assert_eq!(b.segments(mine).await.unwrap(), [segment(1, 4), again]);
    assert_eq!(b.cursor(mine).await.unwrap(), Some(erased));
    assert_eq!(b.outbox().await.unwrap(), [written[0].clone(), written[2].clone()]);
    assert_eq!(b.record_names("draft:").await.unwrap(), ["draft:2"]);
}

async fn going_back_keeps_what_lay_beyond(a: &impl Store, b: &impl Store) {
    let mine = journal(7);
    let written = several(a, 1).await;
    let mut held = None;
    for page in [segment(1, 4), segment(5, 9), segment(10, 11)] {
        a.add_page(mine, held, cursor(page.last), Some(&page), &[]).await.unwrap();
        held = Some(cursor(page.last));
    }
    a.add_page(journal(8), None, cursor(20), Some(&segment(1, 20)), &[]).await.unwrap();
    let back = Cursor { epoch: Uuid::from_u128(2), ..cursor(6) };
    let (cut, strays) = (segment(5, 6), [("stray:1".to_owned(), Sealed(vec![1])), ("stray:2".to_owned(), Sealed(vec![2]))]);
    let refused = a.rewind(mine, cursor(9), back, Some(&cut), &strays).await.unwrap();
    assert_eq!(refused, AddPage::CursorMoved(Some(cursor(11))));
    assert_eq!(b.segments(mine).await.unwrap().len(), 3);
    assert_eq!(b.record_names("stray:").await.unwrap(), Vec::<String>::new());
    assert_eq!(a.rewind(mine, cursor(11), back, Some(&cut), &strays).await.unwrap(), AddPage::Stored);
    assert_eq!(b.segments(mine).await.unwrap(), [segment(1, 4), cut]);
    assert_eq!(b.cursor(mine).await.unwrap(), Some(back));
    assert_eq!(b.record("stray:2").await.unwrap(), Some(Sealed(vec![2])));
    assert_eq!(b.outbox().await.unwrap(), written);
    // To the end of a segment, and to the very beginning: nothing is cut.
    let (end, start) = (Cursor { seq: 4, ..back }, Cursor { seq: 0, ..back });
    assert_eq!(a.rewind(mine, back, end, None, &[]).await.unwrap(), AddPage::Stored);
    assert_eq!(b.segments(mine).await.unwrap(), [segment(1, 4)]);
    assert_eq!(a.rewind(mine, end, start, None, &[]).await.unwrap(), AddPage::Stored);
    assert_eq!(b.segments(mine).await.unwrap(), []);
    assert_eq!(b.segments(journal(8)).await.unwrap(), [segment(1, 20)], "another journal is spared");
    // A revoked journal takes its strays with it, and of the outbox what the office has.
    let name = waakvlam::sync::held::stray_name(mine, &cursor(4), 3, 4);
    a.put_record(&name, &Sealed(vec![3])).await.unwrap();
    let more = several(a, 3).await;
    let all = [written, more].concat();
    let states = [
        OutboxState::Sent { seq: 4, epoch: Uuid::nil(), cloned: false },
        OutboxState::Quarantined { reason: Reason::NoGrant, epoch: Uuid::nil() },
        OutboxState::Refused,
    ];
    let marks: Vec<_> = all.iter().zip(states).map(|(record, state)| (record.device, record.n, state)).collect();
    a.mark(&marks).await.unwrap();
    a.destroy(mine).await.unwrap();
    let left: Vec<_> = b.outbox().await.unwrap().iter().map(|record| record.n).collect();
    assert_eq!(left, [3, 4], "what the office has not stays");
    assert_eq!(b.record(&name).await.unwrap(), None);
    assert_eq!(b.record("stray:1").await.unwrap(), Some(Sealed(vec![1])), "a name that only looks like one");
}

async fn notes_and_records_are_kept_by_name(a: &impl Store, b: &impl Store) {
    assert_eq!(a.note("push").await.unwrap(), None);
    a.put_note("push", "één").await.unwrap();
    a.put_note("push", "twee \0 😀").await.unwrap();
    a.put_note("leeg", "").await.unwrap();
    assert_eq!(b.note("push").await.unwrap().as_deref(), Some("twee \0 😀"));
    assert_eq!(b.note("leeg").await.unwrap().as_deref(), Some(""));
    assert_eq!(a.record("push").await.unwrap(), None, "notes and records do not share names");
    for name in ["draft:2", "draft:1", "draft", "drafts", "me", "é"] {
        a.put_record(name, &Sealed(name.as_bytes().to_vec())).await.unwrap();
    }
    a.put_record("me", &Sealed(Vec::new())).await.unwrap();
    assert_eq!(b.record("me").await.unwrap(), Some(Sealed(Vec::new())));
    assert_eq!(b.record("draft:1").await.unwrap(), Some(Sealed(b"draft:1".to_vec())));
    assert_eq!(b.record_names("draft:").await.unwrap(), ["draft:1", "draft:2"]);
    assert_eq!(b.record_names("").await.unwrap(), ["draft", "draft:1", "draft:2", "drafts", "me", "é"]);
    assert_eq!(b.record_names("x").await.unwrap(), Vec::<String>::new());
    a.remove_record("draft:1").await.unwrap();
    a.remove_record("draft:1").await.unwrap();
    assert_eq!(b.record("draft:1").await.unwrap(), None);
    assert_eq!(b.record_names("draft:").await.unwrap(), ["draft:2"]);
}

async fn wrong_phrases_are_counted_across_tabs(a: &impl Store, b: &impl Store) {
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let after = |seconds| now + TimeDelta::seconds(seconds);
    assert_eq!(attempts::failed(a, now).await.unwrap(), 0);
    assert_eq!(attempts::failed(b, now).await.unwrap(), 0);
    assert_eq!(attempts::failed(a, now).await.unwrap(), 2);
    assert_eq!(attempts::failed(b, now).await.unwrap(), 4);
    assert_eq!(attempts::seconds_left(b, now).await.unwrap(), 4);
    assert_eq!(attempts::seconds_left(b, after(3)).await.unwrap(), 1);
    assert_eq!(attempts::seconds_left(b, after(4)).await.unwrap(), 0);
    assert_eq!(attempts::seconds_left(b, after(-9_999)).await.unwrap(), 4, "a clock turned back waits no longer");
    attempts::succeeded(a).await.unwrap();
    assert_eq!(attempts::seconds_left(b, now).await.unwrap(), 0);
    assert_eq!(attempts::failed(b, now).await.unwrap(), 0, "and three slips are free again");
}
