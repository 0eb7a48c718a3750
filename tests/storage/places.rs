//! Neighbourhoods and their codes, imported places, and a new epoch.

use uuid::Uuid;
use waakvlam::domain::body::{Place, PlaceKind};
use waakvlam::domain::places::NeighbourhoodCode;
use waakvlam::domain::{JournalId, JournalKind};
use waakvlam::server::storage::{NewEnrolment, PlacesOf, SERVER};

use super::world::{Two, World, at, device, hash, payload, session, visit};

pub async fn keeps_its_promises(make: &impl AsyncFn() -> Two) {
    a_neighbourhood_has_a_code_of_its_own(make().await).await;
    places_are_imported_whole_or_not_at_all(make().await).await;
    a_new_epoch_ends_what_came_back(make().await).await;
}

fn code(text: &str) -> NeighbourhoodCode {
    NeighbourhoodCode::parse(text).unwrap()
}

fn place(name: &str) -> String {
    let place = Place { kind: PlaceKind::Spot, name: name.to_owned(), parent: None, floor: None, address: None };
    payload(place.into())
}

async fn a_neighbourhood_has_a_code_of_its_own(two: Two) {
    let world = World::new(two).await;
    let other = world.a.add_journal(JournalKind::Neighbourhood, "Beukbuurt").await.unwrap().unwrap();
    assert!(world.a.set_code(world.journal, &code("BU0363AA01"), 2025).await.unwrap());
    assert!(!world.b.set_code(other, &code("BU0363AA01"), 2025).await.unwrap(), "another one has it");
    assert!(world.b.set_code(world.journal, &code("BU0363AA01"), 2026).await.unwrap(), "another year");
    let all = world.b.neighbourhoods().await.unwrap();
    let found: Vec<_> = all.iter().map(|one| (one.journal, one.name.as_str(), one.code.clone())).collect();
    assert_eq!(found, [(other, "Beukbuurt", None), (world.journal, "Lindebuurt", Some((code("BU0363AA01"), 2026)))]);
    assert!(!world.a.set_code(JournalId(Uuid::nil()), &code("BU0363AA02"), 2026).await.unwrap());
}

async fn places_are_imported_whole_or_not_at_all(two: Two) {
    let world = World::new(two).await;
    let second = world.a.add_journal(JournalKind::Neighbourhood, "Beukbuurt").await.unwrap().unwrap();
    let write = |journal, after, code: &str, names: &[&str]| PlacesOf {
        journal,
        after,
        code: self::code(code),
        year: 2025,
        payloads: names.iter().map(|name| place(name)).collect(),
    };
    // Somebody notes a contact meanwhile: that is nobody's business here.
    let mut phone = world.phone(world.user).await;
    let visit = phone.write(visit(""));
    phone.push(&world.b, &[visit]).await;
    let both = [write(world.journal, 0, "BU03630001", &["a", "b"]), write(second, 0, "BU03630002", &["c"])];
    assert!(world.a.import_places(&both, at(3)).await.unwrap());
    let lines = world.lines(world.journal).await;
    assert_eq!(
        lines[1..].iter().map(|(seq, kept)| (*seq, kept.author, kept.n)).collect::<Vec<_>>(),
        [(2, SERVER, 1), (3, SERVER, 2)]
    );
    assert_eq!(world.lines(second).await.len(), 1);
    // Planned before those places were there: not one of them is written.
    let old = [write(second, 1, "BU03630002", &["d"]), write(world.journal, 1, "BU03630009", &["e"])];
    assert!(!world.b.import_places(&old, at(4)).await.unwrap());
    assert_eq!((world.lines(world.journal).await.len(), world.lines(second).await.len()), (3, 1));
    assert_eq!(code_of(&world).await, Some((code("BU03630001"), 2025)));
    // Nothing to write is written, and the year with it.
    let year = PlacesOf { year: 2026, ..write(world.journal, 3, "BU03630001", &[]) };
    assert!(world.b.import_places(&[year], at(5)).await.unwrap());
    assert_eq!(code_of(&world).await, Some((code("BU03630001"), 2026)));
    assert_eq!(world.lines(world.journal).await.len(), 3);
}

async fn code_of(world: &World) -> Option<(NeighbourhoodCode, u16)> {
    world.a.neighbourhoods().await.unwrap().into_iter().find(|one| one.journal == world.journal).unwrap().code
}

async fn a_new_epoch_ends_what_came_back(two: Two) {
    let world = World::new(two).await;
    let before = world.a.installation().await.unwrap().unwrap();
    let new = device(world.user);
    let session = session(&new, at(1_000));
    assert!(world.a.add_device(&new, &session).await.unwrap());
    let link = NewEnrolment { code: hash(), expires: at(9_000) };
    assert!(world.a.add_enrolment(world.user, &link, at(1)).await.unwrap());
    world.a.append_own(world.journal, &[place("a")], at(1)).await.unwrap();
    let began = world.a.begin_epoch().await.unwrap();
    let after = world.b.installation().await.unwrap().unwrap();
    assert_eq!((after.id, after.keyring, after.epoch), (before.id, before.keyring, began.epoch));
    assert_ne!(after.epoch, before.epoch);
    assert!(world.b.session(session.hash, at(2)).await.unwrap().is_none());
    assert!(world.b.enrolment(link.code).await.unwrap().unwrap().expires < at(0));
    world.b.append_own(world.journal, &[place("b")], at(3)).await.unwrap();
    let lines = world.lines(world.journal).await;
    assert_ne!(lines[0].1.device, lines[1].1.device, "the server writes as a new device");
    assert_eq!((lines[0].1.n, lines[1].1.n), (1, 1));
    // What waits on a phone still arrives.
    let mut phone = world.phone(world.user).await;
    let more = phone.visits(1);
    phone.push(&world.b, &more).await;
}
