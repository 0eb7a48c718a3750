//! Two servers at the same time: nothing is lost, doubled or numbered twice, and of two that want the same one wins.

use std::collections::HashMap;

use futures::future::join_all;
use waakvlam::domain::quarter::Quarter;
use waakvlam::domain::{EntryId, JournalId, JournalKind, Role};
use waakvlam::server::storage::{Completed, Landing, NewEnrolment};
use waakvlam::sync::wire::Reason;

use super::world::{Phone, Two, World, at, device, hash, id, id_of, payload, record, session, stored, user, visit};

/// Races are run so often: the loser should be in the middle of it at least once.
const TIMES: usize = 5;

pub async fn keeps_its_promises(make: &impl AsyncFn() -> Two) {
    of_two_founders_one_founds(make().await).await;
    of_two_that_want_the_same_one_gets_it(make().await).await;
    everything_pushed_at_once_lands_once(make().await).await;
    an_entry_that_is_sent_to_both_has_one_number(make().await).await;
    an_id_in_two_journals_stands_in_one(make().await).await;
    of_two_clones_one_is_told(make().await).await;
    the_server_numbers_its_own_lines_once(make().await).await;
    a_summary_is_frozen_once(make().await).await;
    a_renewal_does_not_outlive_a_new_phrase(make().await).await;
}

async fn a_renewal_does_not_outlive_a_new_phrase(two: Two) {
    let World { a, b, user, .. } = World::new(two).await;
    let mut renewed = 0;
    for _ in 0..4 * TIMES {
        let (old, new) = (device(user), device(user));
        assert!(a.add_device(&old, &session(&old, at(1_000))).await.unwrap());
        let link = NewEnrolment { code: hash(), expires: at(1_000) };
        a.add_enrolment(user, &link, at(0)).await.unwrap();
        let (again, first) = (session(&old, at(1_000)), session(&new, at(1_000)));
        let (done, was_renewed) =
            tokio::join!(a.complete_enrolment(link.code, b"new", &new, &first, at(1)), b.add_session(&again, at(1)));
        assert_eq!(done.unwrap(), Completed::Done);
        renewed += usize::from(was_renewed.unwrap());
        assert!(b.session(again.hash, at(2)).await.unwrap().is_none(), "a session from before the new phrase");
        assert!(b.session(first.hash, at(2)).await.unwrap().is_some());
    }
    println!("of {} renewals that met a new phrase {renewed} came first and ended with it", 4 * TIMES);
}

async fn of_two_founders_one_founds((a, b): Two) {
    let (ours, theirs) = tokio::join!(a.found(hash()), b.found(hash()));
    let (ours, theirs) = (ours.unwrap(), theirs.unwrap());
    assert_eq!((ours.id, ours.epoch, ours.keyring), (theirs.id, theirs.epoch, theirs.keyring));
    assert_eq!(a.journals().await.unwrap().len(), 2);
}

async fn of_two_that_want_the_same_one_gets_it(two: Two) {
    let World { a, b, user: samira, .. } = World::new(two).await;
    for time in 0..TIMES {
        let name = format!("buurt {time}");
        let (one, other) =
            tokio::join!(a.add_journal(JournalKind::Neighbourhood, &name), b.add_journal(JournalKind::Neighbourhood, &name));
        assert!(one.unwrap().is_some() != other.unwrap().is_some(), "one journal of a name");

        let (one, other) = (user(&format!("mo-{time}")), user(&format!("mo-{time}")));
        let (one, other) = tokio::join!(a.add_user(&one), b.add_user(&other));
        assert!(one.unwrap() != other.unwrap(), "one login name");

        let links = [(); 2].map(|()| NewEnrolment { code: hash(), expires: at(1_000) });
        let (one, other) = tokio::join!(a.add_enrolment(samira, &links[0], at(0)), b.add_enrolment(samira, &links[1], at(0)));
        assert!(one.unwrap() && other.unwrap());
        let found = join_all(links.iter().map(|link| a.enrolment(link.code))).await;
        let usable: Vec<_> = found.into_iter().map(|found| found.unwrap().unwrap().expires > at(0)).collect();
        assert_ne!(usable[0], usable[1], "the last link works");

        let code = links[usize::from(usable[1])].code;
        let phones = [device(samira), device(samira)];
        let sessions = [session(&phones[0], at(1_000)), session(&phones[1], at(1_000))];
        let (one, other) = tokio::join!(
            a.complete_enrolment(code, b"one", &phones[0], &sessions[0], at(1)),
            b.complete_enrolment(code, b"other", &phones[1], &sessions[1], at(1))
        );
        let (one, other) = (one.unwrap(), other.unwrap());
        assert!(
            [(Completed::Done, Completed::Used), (Completed::Used, Completed::Done)].contains(&(one, other)),
            "once is once: {one:?}, {other:?}"
        );
        let login = if one == Completed::Done { b"one".as_slice() } else { b"other" };
        assert_eq!(a.login("samira").await.unwrap(), Some((samira, Some(login.to_vec()))));

        let phone = device(samira);
        let thief = waakvlam::server::storage::NewDevice { outbox_mark: hash(), push: hash(), renew: hash(), ..phone.clone() };
        let (ours, theirs) = (session(&phone, at(1_000)), session(&thief, at(1_000)));
        let (one, other) = tokio::join!(a.add_device(&phone, &ours), b.add_device(&thief, &theirs));
        assert!(one.unwrap() != other.unwrap(), "one key a device");
    }
}

async fn everything_pushed_at_once_lands_once(two: Two) {
    const PHONES: usize = 8;
    const PUSHES: usize = 6;
    let world = World::new(two).await;
    let mut journals = vec![world.journal];
    for name in ["Noord", "Zuid"] {
        let journal = world.a.add_journal(JournalKind::Neighbourhood, name).await.unwrap().unwrap();
        world.a.set_grant(world.user, journal, Role::Worker).await.unwrap();
        journals.push(journal);
    }
    let mut phones = Vec::new();
    for _ in 0..PHONES {
        phones.push(world.phone(world.user).await);
    }
    // Each phone goes round the journals, and from one server to the other.
    let landed = join_all(phones.into_iter().enumerate().map(|(i, mut phone)| {
        let (servers, journals) = ([world.a.clone(), world.b.clone()], journals.clone());
        tokio::spawn(async move {
            let mut landed = Vec::new();
            for push in 0..PUSHES {
                phone.journal = journals[(i + push) % journals.len()];
                let records = phone.visits(7);
                let landings = phone.push(&servers[(i + push / 2) % 2], &records).await;
                landed.push((phone.clone(), records, landings));
            }
            landed
        })
    }))
    .await;
    let landed: Vec<_> = landed.into_iter().flat_map(Result::unwrap).collect();
    let mut kept: HashMap<(_, u64), EntryId> = HashMap::new();
    for journal in journals {
        for (seq, line) in world.lines(journal).await {
            kept.insert((journal, seq), line.id);
        }
    }
    assert_eq!(kept.len(), PHONES * PUSHES * 7);
    for (phone, records, landings) in landed {
        for (record, landing) in records.iter().zip(&landings) {
            let (seq, cloned) = stored(landing);
            assert!(!cloned);
            assert_eq!(kept[&(phone.journal, seq)], id_of(record), "it stands where its phone was told");
        }
        assert_eq!(phone.push(&world.a, &records).await, landings);
    }
}

async fn an_entry_that_is_sent_to_both_has_one_number(two: Two) {
    let world = World::new(two).await;
    let mut phone = world.phone(world.user).await;
    for _ in 0..TIMES {
        let records = phone.visits(20);
        let (one, other) = tokio::join!(phone.push(&world.a, &records), phone.push(&world.b, &records));
        assert_eq!(one, other);
    }
    assert_eq!(world.lines(world.journal).await.len(), TIMES * 20);
}

async fn an_id_in_two_journals_stands_in_one(two: Two) {
    let world = World::new(two).await;
    let elsewhere = world.a.add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    world.a.set_grant(world.user, elsewhere, Role::Worker).await.unwrap();
    let (here, there) = (world.phone(world.user).await, world.phone(world.user).await);
    let there = Phone { journal: elsewhere, ..there };
    for n in 1..=TIMES as u64 {
        let record = record(n, EntryId(id()), &payload(visit("")));
        let sent = [record];
        let (one, other) = tokio::join!(here.push(&world.a, &sent), there.push(&world.b, &sent));
        let taken = [one[0], other[0]].iter().filter(|landing| **landing == Landing::Quarantined(Reason::IdTaken)).count();
        assert_eq!(taken, 1, "{one:?} {other:?}");
    }
    let lines = world.lines(world.journal).await.len() + world.lines(elsewhere).await.len();
    assert_eq!(lines, TIMES);
}

async fn of_two_clones_one_is_told(two: Two) {
    let world = World::new(two).await;
    let elsewhere = world.a.add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    world.a.set_grant(world.user, elsewhere, Role::Worker).await.unwrap();
    let mut phone = world.phone(world.user).await;
    for _ in 0..TIMES {
        let mut clone = Phone { journal: elsewhere, ..phone.clone() };
        let (ours, theirs) = (phone.visits(3), clone.visits(3));
        let (one, other) = tokio::join!(phone.push(&world.a, &ours), clone.push(&world.b, &theirs));
        for (one, other) in one.iter().zip(&other) {
            assert!(stored(one).1 != stored(other).1, "{one:?} {other:?}");
        }
    }
}

async fn the_server_numbers_its_own_lines_once(two: Two) {
    let world = World::new(two).await;
    let said = [payload(visit(""))];
    let writes = (0..TIMES * 2).map(|i| {
        let storage = if i % 2 == 0 { &world.a } else { &world.b };
        storage.append_own(world.journal, &said, at(0))
    });
    let mut phone = world.phone(world.user).await;
    let records = phone.visits(5);
    let (written, _) = tokio::join!(join_all(writes), phone.push(&world.a, &records));
    for written in written {
        written.unwrap();
    }
    let lines = world.lines(world.journal).await;
    let mut own: Vec<_> = lines.iter().filter(|(_, line)| line.device != phone.device).map(|(_, line)| line.n).collect();
    own.sort_unstable();
    assert_eq!(own, (1..=TIMES as u64 * 2).collect::<Vec<_>>());
}

async fn a_summary_is_frozen_once(two: Two) {
    let World { a, b, journal, .. } = World::new(two).await;
    let mut quarter = Quarter { year: 2026, quarter: 3 };
    for time in 0..TIMES {
        assert_eq!(a.summary(journal, quarter).await.unwrap(), None);
        let (ours, theirs) = (format!("{{\"van\": \"ons\", \"keer\": {time}}}"), "{\"é\": [ ]}");
        let (one, other) =
            tokio::join!(a.freeze_summary(journal, quarter, &ours, at(0)), b.freeze_summary(journal, quarter, theirs, at(1)));
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(one, other, "both go on with the one that stands");
        assert!(one == ours || one == theirs, "as it was written: {one}");
        assert_eq!(a.freeze_summary(journal, quarter, "later", at(2)).await.unwrap(), one);
        for storage in [&a, &b] {
            assert_eq!(storage.summary(journal, quarter).await.unwrap(), Some(one.clone()));
        }
        quarter = quarter.after();
    }
    let elsewhere = a.add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    assert_eq!(a.summary(elsewhere, quarter.before()).await.unwrap(), None, "each neighbourhood has its own");
    assert!(a.freeze_summary(JournalId(id()), quarter, "{}", at(0)).await.is_err(), "there is no such journal");
}
