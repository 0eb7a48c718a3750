//! Closed journals: founded with what is first written in them, granted to whom the founding names, and to nobody else.

use std::collections::BTreeSet;

use uuid::Uuid;
use waakvlam::domain::body::Founding;
use waakvlam::domain::{Body, EntryId, HouseholdId, JournalId, JournalKind, Role, Subject, UserId};
use waakvlam::server::storage::{Batch, Landing, NewJournal, NewUser, Record, Wanted};
use waakvlam::sync::chain;
use waakvlam::sync::wire::Reason;

use super::world::{Phone, Two, World, at, id, payload_about, record, stored, user, visit};

pub async fn keeps_its_promises(make: &impl AsyncFn() -> Two) {
    a_founding_makes_the_journal_with_its_first_entries(make().await).await;
    founding_at_once_founds_once(make().await).await;
    only_who_works_there_founds_and_is_let_in(make().await).await;
    a_founder_who_was_taken_off_loses_nothing(make().await).await;
    who_works_there_no_more_reads_it_no_more(make().await).await;
    what_was_erased_founds_nothing(make().await).await;
    closed_ones_come_last_and_the_latest_of_them_first(make().await).await;
}

const HOME: Subject = Subject::Household(HouseholdId(Uuid::from_u128(70)));

fn about(phone: &mut Phone, body: Body) -> Record {
    phone.n += 1;
    record(phone.n, EntryId(id()), &payload_about(HOME, body))
}

/// A founding, the journal that it founds, and what the storage is told of it.
fn founding(phone: &mut Phone, neighbourhood: JournalId, with: &[UserId]) -> (JournalId, NewJournal, Record) {
    let with = with.to_vec();
    let record = about(phone, Founding { neighbourhood, with: with.clone() }.into());
    let commitment = record.read.as_ref().unwrap().commitment;
    (chain::founded(phone.user, &commitment), NewJournal { founder: phone.user, neighbourhood, with }, record)
}

fn batch(phone: &Phone, journal: JournalId, founding: Option<NewJournal>, records: &[Record]) -> Batch {
    Batch { founding, ..Phone { journal, ..phone.clone() }.batch(records) }
}

async fn person(world: &World, name: &str, role: Role) -> UserId {
    let new = NewUser { role, grants: vec![(world.journal, role)], ..user(name) };
    assert!(world.a.add_user(&new).await.unwrap());
    new.user
}

/// Who reads a journal, as one of them is told; nothing if it is not theirs.
async fn readers(world: &World, user: UserId, journal: JournalId) -> Option<BTreeSet<UserId>> {
    let granted = world.b.grants(user).await.unwrap().into_iter().find(|granted| granted.journal == journal)?;
    Some(granted.readers.into_iter().collect())
}

async fn a_founding_makes_the_journal_with_its_first_entries(two: Two) {
    let world = World::new(two).await;
    let ineke = person(&world, "ineke", Role::Supervisor).await;
    let bert = person(&world, "bert", Role::Worker).await;
    let mut phone = world.phone(world.user).await;
    let (journal, new, first) = founding(&mut phone, world.journal, &[ineke]);
    let second = about(&mut phone, visit("dit leest Bert nooit"));
    let records = [first, second];
    let landings = world.a.push(batch(&phone, journal, Some(new.clone()), &records)).await.unwrap();
    assert_eq!(landings.iter().map(stored).collect::<Vec<_>>(), [(1, false), (2, false)]);
    assert_eq!(world.lines(journal).await.len(), 2);
    let both = BTreeSet::from([world.user, ineke]);
    assert_eq!(readers(&world, world.user, journal).await, Some(both.clone()));
    assert_eq!(readers(&world, ineke, journal).await, Some(both));
    assert_eq!(readers(&world, bert, journal).await, None);
    let row = world.b.journals().await.unwrap().into_iter().find(|row| row.journal == journal).unwrap();
    assert_eq!((row.kind, row.name), (JournalKind::Closed, journal.to_string()));
    // Once more: the same answer, and what was taken back stays so.
    world.a.revoke_grant(ineke, journal, at(3)).await.unwrap();
    let again = world.b.push(batch(&phone, journal, Some(new.clone()), &records)).await.unwrap();
    assert_eq!(again, landings);
    assert!(world.b.found_closed(journal, &new).await.unwrap());
    assert_eq!(readers(&world, ineke, journal).await, None);
    assert_eq!(world.lines(journal).await.len(), 2);
    // Another founding founds nothing here.
    let (_, _, other) = founding(&mut phone, world.journal, &[bert]);
    let apart = world.a.push(batch(&phone, journal, None, &[other])).await.unwrap();
    assert_eq!(apart, [Landing::Quarantined(Reason::NotAllowed)]);
}

async fn founding_at_once_founds_once(two: Two) {
    let world = World::new(two).await;
    let ineke = person(&world, "ineke", Role::Supervisor).await;
    let bert = person(&world, "bert", Role::Worker).await;
    let mut phone = world.phone(world.user).await;
    let (journal, new, first) = founding(&mut phone, world.journal, &[bert]);
    let second = about(&mut phone, visit("koffie"));
    let records = [first, second];
    let pushes = (0..12).map(|at| {
        let server = if at % 2 == 0 { &world.a } else { &world.b };
        server.push(batch(&phone, journal, Some(new.clone()), &records))
    });
    let answers = futures::future::join_all(pushes).await;
    for answer in answers {
        assert_eq!(answer.unwrap().iter().map(stored).collect::<Vec<_>>(), [(1, false), (2, false)]);
    }
    assert_eq!(world.lines(journal).await.len(), 2);
    assert_eq!(readers(&world, world.user, journal).await, Some(BTreeSet::from([world.user, ineke, bert])));
}

async fn only_who_works_there_founds_and_is_let_in(two: Two) {
    let world = World::new(two).await;
    let elsewhere = world.a.add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    let ineke = person(&world, "ineke", Role::Supervisor).await;
    let bert = person(&world, "bert", Role::Worker).await;
    let tineke = person(&world, "tineke", Role::Committee).await;
    let gone = person(&world, "gone", Role::Supervisor).await;
    world.a.revoke_grant(gone, world.journal, at(1)).await.unwrap();
    let nobody = UserId(id());
    let found = async |founder, neighbourhood, with: &[UserId]| {
        let journal = JournalId(id());
        let new = NewJournal { founder, neighbourhood, with: with.to_vec() };
        (world.a.found_closed(journal, &new).await.unwrap(), journal)
    };
    let organisation = world.a.journals().await.unwrap();
    let organisation = organisation.iter().find(|row| row.kind == JournalKind::Organisation).unwrap().journal;
    world.a.set_grant(bert, organisation, Role::Worker).await.unwrap();
    let never =
        [(tineke, world.journal), (nobody, world.journal), (bert, elsewhere), (bert, JournalId(id())), (bert, organisation)];
    for (founder, neighbourhood) in never {
        let (done, journal) = found(founder, neighbourhood, &[ineke]).await;
        assert!(!done);
        assert!(world.b.journals().await.unwrap().iter().all(|row| row.journal != journal), "and nothing is left of it");
    }
    // Whoever does not work there is left out; no supervisor is named, so there is one.
    let (done, journal) = found(world.user, world.journal, &[bert, tineke, gone, nobody]).await;
    assert!(done);
    assert_eq!(readers(&world, world.user, journal).await, Some(BTreeSet::from([world.user, bert, ineke])));
    for other in [tineke, gone] {
        assert!(world.b.grant(other, journal).await.unwrap().is_none());
    }
    let roles = [(world.user, Role::Worker), (bert, Role::Worker), (ineke, Role::Supervisor)];
    for (user, role) in roles {
        let grant = world.b.grant(user, journal).await.unwrap().unwrap();
        assert_eq!((grant.kind, grant.role, grant.revoked), (JournalKind::Closed, role, false));
    }
    // One of two supervisors was named: the other is not let in.
    let second = person(&world, "marja", Role::Supervisor).await;
    let (_, journal) = found(world.user, world.journal, &[ineke]).await;
    assert!(world.b.grant(second, journal).await.unwrap().is_none());
    // A supervisor founds it herself: another one reads it, too.
    let (_, journal) = found(ineke, world.journal, &[]).await;
    assert_eq!(readers(&world, ineke, journal).await, Some(BTreeSet::from([ineke, second])));
}

async fn a_founder_who_was_taken_off_loses_nothing(two: Two) {
    let world = World::new(two).await;
    let ineke = person(&world, "ineke", Role::Supervisor).await;
    let mut phone = world.phone(world.user).await;
    let (journal, new, first) = founding(&mut phone, world.journal, &[ineke]);
    world.a.revoke_grant(world.user, world.journal, at(1)).await.unwrap();
    let landings = world.b.push(batch(&phone, journal, Some(new), &[first])).await.unwrap();
    assert_eq!(landings, [Landing::Quarantined(Reason::NoGrant)]);
    assert_eq!(world.a.quarantined(journal).await.unwrap().len(), 1);
    assert!(world.a.grant(world.user, journal).await.unwrap().unwrap().revoked);
    assert_eq!(readers(&world, ineke, journal).await, Some(BTreeSet::from([ineke])));
}

async fn who_works_there_no_more_reads_it_no_more(two: Two) {
    let world = World::new(two).await;
    let ineke = person(&world, "ineke", Role::Supervisor).await;
    let elsewhere = world.a.add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    world.a.set_grant(ineke, elsewhere, Role::Supervisor).await.unwrap();
    let mut phone = world.phone(world.user).await;
    let (journal, new, first) = founding(&mut phone, world.journal, &[ineke]);
    world.a.push(batch(&phone, journal, Some(new), &[first])).await.unwrap();
    world.b.revoke_grant(ineke, elsewhere, at(3)).await.unwrap();
    assert!(readers(&world, ineke, journal).await.is_some(), "another neighbourhood's");
    world.b.revoke_grant(ineke, world.journal, at(4)).await.unwrap();
    assert!(world.a.grants(ineke).await.unwrap().is_empty());
    assert!(world.a.grant(ineke, journal).await.unwrap().unwrap().revoked);
    world.a.set_grant(ineke, world.journal, Role::Supervisor).await.unwrap();
    assert_eq!(readers(&world, world.user, journal).await, Some(BTreeSet::from([world.user])));
}

async fn what_was_erased_founds_nothing(two: Two) {
    let world = World::new(two).await;
    let mut phone = world.phone(world.user).await;
    let known = [about(&mut phone, visit("koffie"))];
    phone.push(&world.a, &known).await;
    let found = world.a.about(&Wanted::Subject(HOME)).await.unwrap();
    let entries = found.into_iter().map(|about| (about.journal, about.entries)).collect();
    let erasing = waakvlam::server::storage::Erasing { id: Uuid::now_v7(), at: at(9), subject: Some(HOME), entries };
    world.a.erase(&erasing).await.unwrap();
    let (journal, new, first) = founding(&mut phone, world.journal, &[]);
    let landings = world.b.push(batch(&phone, journal, Some(new), &[first])).await.unwrap();
    assert_eq!(landings, [Landing::Erased]);
    assert!(world.a.grant(world.user, journal).await.unwrap().is_none());
    assert!(world.a.journals().await.unwrap().iter().all(|row| row.kind != JournalKind::Closed));
}

async fn closed_ones_come_last_and_the_latest_of_them_first(two: Two) {
    let world = World::new(two).await;
    let mut phone = world.phone(world.user).await;
    let mut journals = Vec::new();
    for ms in [10, 30, 20] {
        let (journal, new, first) = founding(&mut phone, world.journal, &[]);
        let founding = Batch { received_at: at(ms), ..batch(&phone, journal, Some(new), &[first]) };
        world.a.push(founding).await.unwrap();
        journals.push(journal);
    }
    let order = async || -> Vec<JournalId> {
        world.b.grants(world.user).await.unwrap().into_iter().map(|granted| granted.journal).collect()
    };
    assert_eq!(order().await, [world.journal, journals[1], journals[2], journals[0]]);
    let news = about(&mut phone, visit("nieuws"));
    world.a.push(Batch { received_at: at(40), ..batch(&phone, journals[0], None, &[news]) }).await.unwrap();
    assert_eq!(order().await, [world.journal, journals[0], journals[1], journals[2]]);
}
