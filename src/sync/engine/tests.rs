//! The engine's manners: what goes on side by side and what waits, and how it waits.

use uuid::Uuid;

use super::{Effect, Engine, Event, Fault, Fetching, Item, Pulled};
use crate::domain::{DeviceId, EntryId, JournalId, JournalKind, Role, UserId};
use crate::sync::MAX_RECORDS;
use crate::sync::chain::{Bytes32, START};
use crate::sync::held::{Cursor, OutboxState};
use crate::sync::wire::{Granted, Me, Outcome, PushAnswer, PushResult};

const DEVICE: DeviceId = DeviceId(Uuid::from_u128(1));
const JOURNAL: JournalId = JournalId(Uuid::from_u128(2));
const EPOCH: Uuid = Uuid::from_u128(4);

/// A phone with so many entries waiting; open or not.
fn phone(waiting: u64, open: bool) -> Engine {
    let mut engine = Engine::default();
    let item = |n| Item {
        id: EntryId(Uuid::from_u128(100 + u128::from(n))),
        device: DEVICE,
        n,
        journal: JOURNAL,
        bytes: 100,
        state: OutboxState::Waiting,
    };
    let outbox = (1..=waiting).map(item).collect();
    on(
        &mut engine,
        0,
        Event::Loaded { device: DEVICE, cloned: false, outbox, cursors: vec![(JOURNAL, None)], strays: Vec::new() },
    );
    if open {
        on(&mut engine, 0, Event::Opened);
    }
    engine
}

fn on(engine: &mut Engine, now: u64, event: Event) {
    engine.on(event, now, 1.0);
}

fn me() -> Me {
    let granted = Granted {
        journal: JOURNAL,
        kind: JournalKind::Neighbourhood,
        name: String::new(),
        role: Role::Worker,
        readers: Vec::new(),
    };
    Me {
        user: UserId(Uuid::from_u128(3)),
        login_name: String::new(),
        name: String::new(),
        role: Role::Worker,
        journals: vec![granted],
        more: 0,
        now: chrono::DateTime::UNIX_EPOCH,
    }
}

/// The numbers of the push that is due.
fn push(engine: &mut Engine, now: u64) -> Vec<u64> {
    match engine.poll(now) {
        Some(Effect::Push { ns, .. }) => ns,
        other => panic!("a push was due: {other:?}"),
    }
}

/// Taken, as ours.
fn taken(ns: &[u64]) -> Event {
    answered(ns, Some(true))
}

fn answered(ns: &[u64], granted: Option<bool>) -> Event {
    let stored = |n: &u64| PushResult { n: *n, outcome: Outcome::Stored { seq: *n, receipt: Bytes32([0; 32]), cloned: false } };
    Event::Pushed(Ok(PushAnswer { epoch: EPOCH, granted, results: ns.iter().map(stored).collect() }))
}

fn page(seq: u64, head: u64) -> Event {
    let cursor = Cursor { epoch: EPOCH, seq, chain: START, erasures: 0 };
    Event::Pulled(Ok(Pulled::Stored { cursor, head, returned: Vec::new() }))
}

#[test]
fn the_next_push_goes_while_the_last_one_is_noted_and_all_else_waits() {
    let mut engine = phone(600, true);
    let first = push(&mut engine, 0);
    assert_eq!(first.len(), MAX_RECORDS);
    assert_eq!(engine.poll(0), None, "one push at a time");
    on(&mut engine, 0, taken(&first));
    assert!(matches!(engine.poll(0), Some(Effect::Mark(states)) if states.len() == MAX_RECORDS));
    let second = push(&mut engine, 0);
    assert_eq!(second.first(), Some(&501), "what is being noted is not sent again");
    on(&mut engine, 0, taken(&second));
    assert_eq!(engine.poll(0), None, "the first is not noted yet: neither the second nor anything else");
    assert!(engine.status().busy);
    on(&mut engine, 0, Event::Marked(Ok(())));
    assert!(matches!(engine.poll(0), Some(Effect::Mark(states)) if states.len() == 100));
    assert_eq!(engine.poll(0), None);
    on(&mut engine, 0, Event::Marked(Ok(())));
    assert_eq!(engine.poll(0), Some(Effect::Renew));
}

#[test]
fn what_could_not_be_noted_is_sent_again_when_the_store_says_so() {
    let mut engine = phone(1, false);
    let ns = push(&mut engine, 0);
    on(&mut engine, 0, taken(&ns));
    assert!(matches!(engine.poll(0), Some(Effect::Mark(_))));
    on(&mut engine, 0, Event::Marked(Err(Fault::Store)));
    let outbox = phone(1, false).outbox;
    on(&mut engine, 0, Event::Loaded { device: DEVICE, cloned: false, outbox, cursors: Vec::new(), strays: Vec::new() });
    assert_eq!((engine.poll(0), engine.status().fault), (None, Some(Fault::Store)), "not at once");
    let then = engine.wake_at().unwrap();
    assert_eq!(push(&mut engine, then), [1]);
}

#[test]
fn the_server_is_left_alone_as_long_as_it_asks() {
    for status in [429, 503] {
        let mut engine = phone(1, false);
        push(&mut engine, 0);
        on(&mut engine, 1_000, Event::Pushed(Err(Fault::Status(status, Some(30)))));
        assert_eq!(engine.wake_at(), Some(31_000));
        // A save, a signal that comes back, the timer: none makes it shorter.
        on(&mut engine, 2_000, Event::Wake);
        assert_eq!((engine.poll(30_999), engine.wake_at()), (None, Some(31_000)));
        assert_eq!(push(&mut engine, 31_000), [1]);
        // Without the header it is a failure as any other, and a save may try at once.
        on(&mut engine, 31_000, Event::Pushed(Err(Fault::Status(status, None))));
        assert_eq!(engine.poll(31_001), None);
        on(&mut engine, 31_002, Event::Wake);
        assert_eq!(push(&mut engine, 31_002), [1]);
    }
}

#[test]
fn a_push_that_takes_too_long_is_no_internet_and_becomes_smaller_then_larger_again() {
    let mut engine = phone(2_000, false);
    let mut now = 0;
    for expected in [500, 250, 125] {
        assert_eq!(push(&mut engine, now).len(), expected);
        on(&mut engine, now, Event::Pushed(Err(Fault::Slow)));
        assert_eq!(engine.status().fault, Some(Fault::Offline));
        assert_eq!(engine.poll(now), None, "it waits before it tries again");
        now = engine.wake_at().unwrap();
    }
    for expected in [62, 124, 248, 496, 500] {
        let ns = push(&mut engine, now);
        assert_eq!(ns.len(), expected);
        on(&mut engine, now, taken(&ns));
        assert!(matches!(engine.poll(now), Some(Effect::Mark(_))));
        on(&mut engine, now, Event::Marked(Ok(())));
    }
    assert_eq!(engine.status().fault, None);
}

#[test]
fn a_lone_push_that_takes_too_long_stays_one() {
    let mut engine = phone(1, false);
    push(&mut engine, 0);
    on(&mut engine, 0, Event::Pushed(Err(Fault::Slow)));
    let then = engine.wake_at().unwrap();
    assert_eq!(push(&mut engine, then), [1], "it is not set aside: nobody refused it");
}

#[test]
fn how_far_fetching_is_stands_on_the_screen_while_more_than_a_page_is_missing() {
    let mut engine = phone(0, true);
    assert_eq!(engine.poll(0), Some(Effect::Renew));
    on(&mut engine, 0, Event::Session(Ok(me())));
    assert_eq!(engine.status().fetching, Some(Fetching { held: 0, of: 0 }), "nobody knows yet how much there is");
    for (seq, far) in [(500, Some(500)), (1_000, Some(1_000)), (1_100, None)] {
        assert!(matches!(engine.poll(0), Some(Effect::Pull { .. })));
        on(&mut engine, 0, page(seq, 1_100));
        assert_eq!(engine.status().fetching, far.map(|held| Fetching { held, of: 1_100 }));
    }
    // A few new lines are no reason for a bar, and a locked phone fetches nothing.
    on(&mut engine, 0, Event::Wake);
    assert_eq!(engine.status().fetching, None);
    let mut engine = phone(0, true);
    on(&mut engine, 0, Event::Locked);
    assert_eq!(engine.status().fetching, None);
}

#[test]
fn what_was_refused_is_sent_once_more_with_every_session() {
    // A proxy may have said no in the office's place; and only the office can say that an entry was erased meanwhile.
    let mut engine = phone(1, false);
    push(&mut engine, 0);
    on(&mut engine, 0, Event::Pushed(Err(Fault::Status(413, None))));
    assert_eq!(engine.poll(0), Some(Effect::Mark(vec![(DEVICE, 1, OutboxState::Refused)])));
    on(&mut engine, 0, Event::Marked(Ok(())));
    assert_eq!(engine.poll(0), None, "set apart, it holds nothing up and is not asked for again and again");

    on(&mut engine, 0, Event::Opened);
    assert_eq!(engine.poll(0), Some(Effect::Renew));
    on(&mut engine, 0, Event::Session(Ok(me())));
    assert_eq!(engine.poll(0), Some(Effect::Mark(vec![(DEVICE, 1, OutboxState::Waiting)])));
    on(&mut engine, 0, Event::Marked(Ok(())));
    assert_eq!(push(&mut engine, 0), [1]);
}

/// An engine with one entry that waits in a journal which nobody was told of yet, and a session.
fn founder() -> Engine {
    let mut engine = phone(1, true);
    assert_eq!(push(&mut engine, 0), [1]);
    on(&mut engine, 0, Event::Pushed(Err(Fault::Status(500, None))));
    assert_eq!(engine.poll(0), Some(Effect::Renew));
    on(&mut engine, 0, Event::Session(Ok(Me { journals: Vec::new(), ..me() })));
    // What waits for a journal that is not listed is sent all the same, and nothing is taken off before.
    assert!(matches!(engine.poll(0), Some(Effect::Mark(_))));
    on(&mut engine, 0, Event::Marked(Ok(())));
    assert_eq!(engine.poll(0), None);
    engine
}

#[test]
fn a_journal_that_was_founded_here_is_asked_after_before_anything_is_taken_off() {
    let mut engine = founder();
    let then = engine.wake_at().unwrap();
    assert_eq!(push(&mut engine, then), [1]);
    on(&mut engine, then, taken(&[1]));
    assert!(matches!(engine.poll(then), Some(Effect::Mark(_))));
    on(&mut engine, then, Event::Marked(Ok(())));
    assert_eq!(engine.poll(then), Some(Effect::Renew));
    on(&mut engine, then, Event::Session(Ok(me())));
    assert_eq!(engine.poll(then), Some(Effect::Pull { journal: JOURNAL, cursor: None }));
    let (cursor, returned) = (Cursor { epoch: EPOCH, seq: 1, chain: START, erasures: 0 }, vec![EntryId(Uuid::from_u128(101))]);
    on(&mut engine, then, Event::Pulled(Ok(Pulled::Stored { cursor, head: 1, returned })));
    assert_eq!(engine.poll(then), None);
}

#[test]
fn nothing_is_taken_off_while_the_office_takes_it_as_ours_and_does_not_list_it() {
    let mut engine = founder();
    let mut now = 0;
    for time in 0..12 {
        // At once the first time, then slower and slower.
        now = engine.wake_at().unwrap_or(now);
        assert_eq!(push(&mut engine, now), [1]);
        // The last time it says what it says of the grants.
        let granted = time < 11;
        on(&mut engine, now, answered(&[1], Some(granted)));
        assert!(matches!(engine.poll(now), Some(Effect::Mark(_))));
        on(&mut engine, now, Event::Marked(Ok(())));
        if !granted {
            assert!(now > 10 * 60 * 1000, "it is not asked all the time: {now}");
            assert_eq!(engine.poll(now), Some(Effect::Destroy(JOURNAL)));
            continue;
        }
        assert_eq!(engine.poll(now), Some(Effect::Renew));
        on(&mut engine, now, Event::Session(Ok(Me { journals: Vec::new(), ..me() })));
        assert!(matches!(engine.poll(now), Some(Effect::Mark(_))), "it is sent once more");
        on(&mut engine, now, Event::Marked(Ok(())));
    }
}

/// Another tab, in a browser without locks, sent what this one was about to send before a journal goes.
fn sent_by_another_tab() -> Engine {
    let mut engine = phone(1, true);
    push(&mut engine, 0);
    on(&mut engine, 0, Event::Pushed(Err(Fault::Status(500, None))));
    assert_eq!(engine.poll(0), Some(Effect::Renew));
    on(&mut engine, 0, Event::Session(Ok(Me { journals: Vec::new(), ..me() })));
    assert!(matches!(engine.poll(0), Some(Effect::Mark(_))));
    on(&mut engine, 0, Event::Marked(Ok(())));
    let mut outbox = engine.outbox.clone();
    outbox[0].state = OutboxState::Sent { seq: 1, epoch: EPOCH, cloned: false };
    let cursors = vec![(JOURNAL, None)];
    on(&mut engine, 0, Event::Loaded { device: DEVICE, cloned: false, outbox, cursors, strays: Vec::new() });
    assert_eq!(engine.poll(0), None, "it waits as long as it waited before");
    engine
}

#[test]
fn what_another_tab_sent_is_sent_once_more_before_a_journal_goes() {
    for granted in [true, false] {
        let mut engine = sent_by_another_tab();
        let now = engine.wake_at().unwrap();
        assert_eq!(push(&mut engine, now), [1]);
        on(&mut engine, now, answered(&[1], Some(granted)));
        assert!(matches!(engine.poll(now), Some(Effect::Mark(_))));
        on(&mut engine, now, Event::Marked(Ok(())));
        let then = if granted { Effect::Renew } else { Effect::Destroy(JOURNAL) };
        assert_eq!(engine.poll(now), Some(then));
    }
    // The office does not know the journal: it is set aside, and a person sees it.
    let mut engine = sent_by_another_tab();
    let now = engine.wake_at().unwrap();
    assert_eq!(push(&mut engine, now), [1]);
    on(&mut engine, now, Event::Pushed(Err(Fault::Status(404, None))));
    assert_eq!(engine.poll(now), Some(Effect::Mark(vec![(DEVICE, 1, OutboxState::Refused)])));
    on(&mut engine, now, Event::Marked(Ok(())));
    assert_eq!((engine.poll(now), engine.status().set_aside), (Some(Effect::Destroy(JOURNAL)), 1));
}

#[test]
fn an_older_office_that_does_not_say_whether_it_is_ours_is_asked_twice() {
    let mut engine = founder();
    let mut now = engine.wake_at().unwrap();
    for asked in [true, true, false] {
        now = engine.wake_at().unwrap_or(now);
        assert_eq!(push(&mut engine, now), [1]);
        on(&mut engine, now, answered(&[1], None));
        assert!(matches!(engine.poll(now), Some(Effect::Mark(_))));
        on(&mut engine, now, Event::Marked(Ok(())));
        if asked {
            assert_eq!(engine.poll(now), Some(Effect::Renew));
            on(&mut engine, now, Event::Session(Ok(Me { journals: Vec::new(), ..me() })));
            assert!(matches!(engine.poll(now), Some(Effect::Mark(_))));
            on(&mut engine, now, Event::Marked(Ok(())));
        }
    }
    assert_eq!(engine.poll(now), Some(Effect::Destroy(JOURNAL)));
}

#[test]
fn an_eleventh_journal_is_given_back_before_it_goes_whatever_was_pushed_to_it() {
    let mut engine = phone(1, true);
    let none = || Event::Session(Ok(Me { journals: Vec::new(), more: 1, ..me() }));
    let cursor = Cursor { epoch: EPOCH, seq: 3, chain: START, erasures: 0 };
    let (outbox, cursors) = (engine.outbox.clone(), vec![(JOURNAL, Some(cursor))]);
    on(&mut engine, 0, Event::Loaded { device: DEVICE, cloned: false, outbox, cursors, strays: Vec::new() });
    let (mut now, mut offered) = (0, 0);
    for _ in 0..20 {
        let wakes = engine.wake_at().unwrap_or(now);
        match engine.poll(now).or_else(|| {
            now = wakes;
            engine.poll(now)
        }) {
            Some(Effect::Renew) => on(&mut engine, now, none()),
            Some(Effect::Mark(_)) => on(&mut engine, now, Event::Marked(Ok(()))),
            Some(Effect::Push { ns, .. }) => on(&mut engine, now, answered(&ns, Some(true))),
            Some(Effect::Refound(_)) => {
                offered += 1;
                on(&mut engine, now, Event::Refounded(Ok(true)));
            }
            Some(Effect::Destroy(_)) => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(offered, 2);
}

#[test]
fn before_a_journal_is_taken_off_it_is_given_to_an_office_that_may_have_lost_it() {
    for lost in [true, false] {
        let mut engine = phone(1, true);
        push(&mut engine, 0);
        on(&mut engine, 0, Event::Pushed(Err(Fault::Status(404, None))));
        let cursor = Cursor { epoch: EPOCH, seq: 3, chain: START, erasures: 0 };
        let outbox = engine.outbox.clone();
        let cursors = vec![(JOURNAL, Some(cursor))];
        on(&mut engine, 0, Event::Loaded { device: DEVICE, cloned: false, outbox, cursors, strays: Vec::new() });
        assert_eq!(engine.poll(0), Some(Effect::Renew));
        on(&mut engine, 0, Event::Session(Ok(Me { journals: Vec::new(), ..me() })));
        assert!(matches!(engine.poll(0), Some(Effect::Mark(_))));
        on(&mut engine, 0, Event::Marked(Ok(())));
        // What waits is not taken: the journal is not there. It does not keep the journal from being given back.
        assert_eq!(engine.poll(0), Some(Effect::Refound(JOURNAL)));
        on(&mut engine, 0, Event::Refounded(Err(Fault::Offline)));
        assert_eq!(engine.poll(0), None, "it waits");
        let now = engine.wake_at().unwrap();
        assert_eq!(engine.poll(now), Some(Effect::Refound(JOURNAL)));
        on(&mut engine, now, Event::Refounded(Ok(lost)));
        if lost {
            assert_eq!(engine.poll(now), Some(Effect::Renew));
            on(&mut engine, now, Event::Session(Ok(me())));
            assert_eq!(push(&mut engine, now), [1], "and what waited goes");
        } else {
            // What waits can't be sent and is not thrown away: it is set aside, and the rest of the journal goes.
            assert_eq!(engine.poll(now), Some(Effect::Mark(vec![(DEVICE, 1, OutboxState::Refused)])));
            on(&mut engine, now, Event::Marked(Ok(())));
            assert_eq!(engine.poll(now), Some(Effect::Destroy(JOURNAL)));
            on(&mut engine, now, Event::Destroyed(Ok(())));
            assert_eq!((engine.poll(now), engine.status().set_aside), (None, 1));
            // With the next session it is sent once more.
            let later = now + 15 * 60 * 1000;
            on(&mut engine, later, Event::Wake);
            assert_eq!(engine.poll(later), Some(Effect::Renew));
            on(&mut engine, later, Event::Session(Ok(Me { journals: Vec::new(), ..me() })));
            assert_eq!(engine.poll(later), Some(Effect::Mark(vec![(DEVICE, 1, OutboxState::Waiting)])));
            on(&mut engine, later, Event::Marked(Ok(())));
            assert_eq!(push(&mut engine, later), [1]);
        }
    }
}

/// The office takes a journal back, and then does not list it: it was put back in between, or lists only some of what it grants.
fn given_back(more: u64, times: u64) -> (Engine, u64) {
    let mut engine = phone(0, true);
    let cursor = Cursor { epoch: EPOCH, seq: 3, chain: START, erasures: 0 };
    let cursors = vec![(JOURNAL, Some(cursor))];
    on(&mut engine, 0, Event::Loaded { device: DEVICE, cloned: false, outbox: Vec::new(), cursors, strays: Vec::new() });
    let mut now = 0;
    for time in 1..=times {
        assert_eq!(engine.poll(now), Some(Effect::Renew));
        on(&mut engine, now, Event::Session(Ok(Me { journals: Vec::new(), more, ..me() })));
        let waits = time > 2;
        if waits {
            assert_eq!(engine.poll(now), None, "slower each time");
            now = engine.wake_at().unwrap();
        }
        assert_eq!(engine.poll(now), Some(Effect::Refound(JOURNAL)));
        on(&mut engine, now, Event::Refounded(Ok(true)));
    }
    assert_eq!(engine.poll(now), Some(Effect::Renew));
    on(&mut engine, now, Event::Session(Ok(Me { journals: Vec::new(), more, ..me() })));
    (engine, now)
}

#[test]
fn a_journal_that_the_office_takes_back_is_not_taken_off_however_often_it_is_lost_again() {
    let (mut engine, now) = given_back(0, 20);
    assert!(now > 5 * 60 * 1000, "and it is not asked all the time");
    assert_eq!(engine.poll(now), None);
    let now = engine.wake_at().unwrap();
    assert_eq!(engine.poll(now), Some(Effect::Refound(JOURNAL)));
    on(&mut engine, now, Event::Refounded(Ok(false)));
    assert_eq!(engine.poll(now), Some(Effect::Destroy(JOURNAL)), "it is there, and not ours");
}

#[test]
fn one_journal_more_than_a_phone_holds_is_not_given_back_for_ever() {
    let (mut engine, now) = given_back(1, 2);
    let now = engine.wake_at().unwrap_or(now);
    assert_eq!(engine.poll(now), Some(Effect::Destroy(JOURNAL)));
}

#[test]
fn nobody_is_woken_for_a_wait_that_is_over() {
    let mut engine = phone(1, false);
    push(&mut engine, 0);
    on(&mut engine, 0, Event::Pushed(Err(Fault::Status(500, None))));
    let then = engine.wake_at().unwrap();
    // Something says that it is worth trying now, and somebody else sent it meanwhile.
    on(&mut engine, 1, Event::Wake);
    on(
        &mut engine,
        1,
        Event::Loaded { device: DEVICE, cloned: false, outbox: Vec::new(), cursors: Vec::new(), strays: Vec::new() },
    );
    assert_eq!((engine.poll(1), engine.wake_at()), (None, None));
    assert_eq!((engine.poll(then + 1), engine.wake_at()), (None, None));
}

#[test]
fn while_one_journal_waits_long_another_is_tried_as_soon_as_the_office_is_there() {
    let mut engine = phone(1, true);
    push(&mut engine, 0);
    on(&mut engine, 0, Event::Pushed(Err(Fault::Status(500, Some(600)))));
    assert_eq!(engine.poll(0), Some(Effect::Renew));
    on(&mut engine, 0, Event::Session(Err(Fault::Offline)));
    assert_eq!((engine.poll(0), engine.wake_at()), (None, Some(1_000)));
    assert_eq!(engine.poll(1_000), Some(Effect::Renew));
}
