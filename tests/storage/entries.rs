//! What is pushed, appended, pulled and set apart.

use std::sync::Arc;

use uuid::Uuid;
use waakvlam::domain::{DeviceId, EntryId, JournalId, JournalKind, Role, UserId};
use waakvlam::server::storage::{Given, Landing, Pull, Pulled, SERVER, Storage};
use waakvlam::sync::chain::{self, Bytes32, START};
use waakvlam::sync::wire::{Offered, Probe, Reason};

use super::world::{Phone, Two, World, at, hash, id, id_of, payload, pull, raw, record, stored, user, visit, withdrawal};

pub async fn keeps_its_promises(make: &impl AsyncFn() -> Two) {
    an_entry_is_kept_byte_for_byte(make().await).await;
    the_same_again_gets_the_same_answer(make().await).await;
    what_cannot_become_an_entry_is_set_apart(make().await).await;
    a_cloned_phone_is_told_so(make().await).await;
    an_entry_is_judged_by_what_it_is_about(make().await).await;
    five_hundred_at_once_are_five_hundred(make().await).await;
    a_page_ends_where_it_should(make().await).await;
    the_server_writes_as_itself(make().await).await;
    what_is_given_is_written_as_it_is(make().await).await;
    what_a_restore_lost_is_taken_back(make().await).await;
}

async fn what_a_restore_lost_is_taken_back(two: Two) {
    let world = World::new(two).await;
    let mut phone = world.phone(world.user).await;
    let visits = phone.visits(3);
    phone.push(&world.a, &visits).await;
    let lines = world.lines(world.journal).await;
    let mut link = START;
    let probes: Vec<Probe> = lines
        .iter()
        .map(|(seq, kept)| {
            link = chain::next(&link, *seq, kept.id, kept.author, &kept.commitment);
            Probe { seq: *seq, chain: link }
        })
        .collect();
    assert_eq!(world.b.common(world.journal, &probes).await.unwrap(), 3);
    let other = [probes[0], Probe { chain: hash(), ..probes[1] }, Probe { seq: 9, chain: hash() }];
    assert_eq!(world.b.common(world.journal, &other).await.unwrap(), 1);
    assert_eq!(world.b.common(world.journal, &other[1..]).await.unwrap(), 0);
    assert_eq!(world.b.common(world.journal, &[]).await.unwrap(), 0);

    let lost: Vec<Given> = (0..3).map(|n| given(n, UserId(id()))).collect();
    let first = world.a.offer(world.journal, &lost).await.unwrap();
    assert_eq!(first, [4, 5, 6].map(|seq| Offered::Stored { seq }));
    assert_eq!(world.b.offer(world.journal, &lost).await.unwrap(), first, "once more, at the other server");
    // An id with another text, one of another journal, and one that is new, in one go.
    let elsewhere = world.a.add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    let mixed = [Given { salt: hash(), ..lost[0].clone() }, lost[1].clone(), given(9, UserId(id()))];
    assert_eq!(
        world.a.offer(world.journal, &mixed).await.unwrap(),
        [Offered::Refused, Offered::Stored { seq: 5 }, Offered::Stored { seq: 7 }]
    );
    assert_eq!(world.a.offer(elsewhere, &lost[..1]).await.unwrap(), [Offered::Refused]);
    assert_eq!(world.a.offer(world.journal, &[]).await.unwrap(), []);
    let lines = world.lines(world.journal).await;
    assert_eq!(lines.len(), 7);
    for (given, (_, kept)) in lost.iter().zip(&lines[3..]) {
        assert_eq!((kept.id, kept.author, kept.device, kept.n), (given.id, given.author, given.device, given.n));
        assert_eq!((kept.received_at, kept.salt, kept.payload.get()), (given.received_at, given.salt, given.payload.as_str()));
    }
}

fn given(n: u64, author: UserId) -> Given {
    Given {
        id: EntryId(id()),
        author,
        device: DeviceId(id()),
        n,
        received_at: at(5),
        salt: hash(),
        kind: "visit".to_owned(),
        payload: payload(visit("terug")),
    }
}

fn apart(landing: &Landing) -> Reason {
    let Landing::Quarantined(reason) = landing else { panic!("{landing:?}") };
    *reason
}

/// A payload that any database would rather have otherwise: odd spaces, keys in no order, a key twice, escapes of NUL and
/// of letters, numbers with too many digits.
const ODD: &str = "{ \"type\":\"visit\" ,  \"subject\":{\"place\":\"00000000-0000-0000-0000-000000000007\"},\"z\":1.50e+03,\"z\":1,\
    \"at\":\"2026-03-02T09:00:00Z\",\"body\":{\"kind\":\"coffee\",\"outcome\":\"spoken\",\"note\":\"\\u0000 \\u00e9 \u{e9} \\/ 🔥\"}}";

async fn an_entry_is_kept_byte_for_byte(two: Two) {
    let world = World::new(two).await;
    let phone = world.phone(world.user).await;
    let mut bodies = vec![payload(visit("")), payload(visit("'\"\\ \u{0} \u{7f} ☕ é"))];
    let read = record(3, EntryId(id()), ODD);
    if read.read.is_ok() {
        bodies.push(ODD.to_owned());
    }
    assert_eq!(bodies.len(), 3, "{:?}", read.read);
    let records: Vec<_> = (1..).zip(&bodies).map(|(n, body)| record(n, EntryId(id()), body)).collect();
    let landings = phone.push(&world.a, &records).await;
    assert_eq!(landings.iter().map(stored).collect::<Vec<_>>(), [(1, false), (2, false), (3, false)]);
    for (((seq, kept), record), body) in world.lines(world.journal).await.iter().zip(&records).zip(&bodies) {
        let opened = record.read.as_ref().unwrap();
        assert_eq!(kept.payload.get(), body);
        assert_eq!((kept.id, kept.n, kept.n), (opened.written.id, record.n, *seq));
        assert_eq!((kept.author, kept.device, kept.received_at), (world.user, phone.device, at(2)));
        assert_eq!((kept.salt, kept.commitment), (opened.written.salt, opened.commitment));
    }
}

async fn the_same_again_gets_the_same_answer(two: Two) {
    let world = World::new(two).await;
    let mut phone = world.phone(world.user).await;
    let records = phone.visits(3);
    let first = phone.push(&world.a, &records).await;
    assert_eq!(phone.push(&world.b, &records).await, first, "from the other server too");
    let more = phone.visits(1);
    let mixed = [more[0].clone(), records[1].clone(), more[0].clone()];
    let landings = phone.push(&world.b, &mixed).await;
    assert_eq!(landings.iter().map(stored).collect::<Vec<_>>(), [(4, false), (2, false), (4, false)]);
    // Whatever became of the grant since, and whoever sends it.
    world.a.revoke_grant(world.user, world.journal, at(3)).await.unwrap();
    assert_eq!(phone.push(&world.b, &records).await, first);
    let landing = phone.push(&world.b, &phone.clone().visits(1)).await;
    assert_eq!(apart(&landing[0]), Reason::NoGrant, "what is new is not taken");
    assert_eq!(world.lines(world.journal).await.len(), 4);
    assert_eq!(phone.push(&world.a, &[]).await, []);
    let nowhere = Phone { journal: JournalId(id()), ..phone.clone() };
    assert!(world.a.push(nowhere.batch(&records)).await.is_err(), "a journal that is not there acknowledges nothing");
}

async fn what_cannot_become_an_entry_is_set_apart(two: Two) {
    let world = World::new(two).await;
    let elsewhere = world.a.add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    world.a.set_grant(world.user, elsewhere, Role::Worker).await.unwrap();
    let mut phone = world.phone(world.user).await;
    let bytes: Vec<u8> = (0..=255).collect();
    let entry = phone.write(visit(""));
    let twisted = record(3, id_of(&entry), &payload(visit("anders")));
    let sent = [raw(5, &bytes), entry.clone(), twisted, raw(6, b"{\"n\":6}\0"), raw(5, &bytes)];
    let landings = phone.push(&world.a, &sent).await;
    assert_eq!(stored(&landings[1]), (1, false));
    for (at, reason) in [(0, Reason::NotAnEntry), (2, Reason::IdTaken), (3, Reason::NotAnEntry), (4, Reason::NotAnEntry)] {
        assert_eq!(apart(&landings[at]), reason);
    }
    assert_eq!(phone.push(&world.b, &sent).await, landings, "the same again");
    let there = Phone { journal: elsewhere, ..phone.clone() };
    assert_eq!(apart(&there.push(&world.b, &[entry]).await[0]), Reason::IdTaken, "in another journal");

    let kept = world.b.quarantined(world.journal).await.unwrap();
    assert_eq!(kept.iter().map(|kept| kept.n).collect::<Vec<_>>(), [3, 5, 6], "each once");
    let raws: Vec<_> = kept.iter().map(|kept| kept.raw.as_slice()).collect();
    assert_eq!(raws, [sent[2].raw.as_slice(), &bytes, b"{\"n\":6}\0"]);
    assert_eq!(kept.iter().map(|kept| kept.reason.as_str()).collect::<Vec<_>>(), ["id_taken", "not_an_entry", "not_an_entry"]);
    assert!(kept.iter().all(|kept| (kept.user, kept.device, kept.received_at) == (world.user, phone.device, at(2))));
    assert_eq!(world.a.quarantined(elsewhere).await.unwrap().len(), 1);
    assert!(world.a.quarantined(JournalId(id())).await.unwrap().is_empty());
    assert_eq!(world.lines(world.journal).await.len(), 1);

    let many: Vec<_> = (1_000..1_250).map(|n| raw(n, &n.to_be_bytes())).collect();
    assert!(phone.push(&world.a, &many).await.iter().all(|landing| apart(landing) == Reason::NotAnEntry));
    assert_eq!(world.b.quarantined(world.journal).await.unwrap().len(), 253);
}

async fn a_cloned_phone_is_told_so(two: Two) {
    let world = World::new(two).await;
    let elsewhere = world.a.add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    world.a.set_grant(world.user, elsewhere, Role::Worker).await.unwrap();
    let phone = world.phone(world.user).await;
    let one = phone.clone().visits(2);
    let other = phone.clone().visits(2);
    let third = phone.clone().visits(1);
    assert_eq!(phone.push(&world.a, &one).await.iter().map(stored).collect::<Vec<_>>(), [(1, false), (2, false)]);
    let told = phone.push(&world.b, &other).await;
    assert_eq!(told.iter().map(stored).collect::<Vec<_>>(), [(3, true), (4, true)], "both are kept");
    let there = Phone { journal: elsewhere, ..phone.clone() };
    assert_eq!(there.push(&world.b, &third).await.iter().map(stored).collect::<Vec<_>>(), [(1, true)], "in another journal too");
    assert_eq!(phone.push(&world.a, &other).await, told, "and told the same again");
    assert_eq!(stored(&phone.push(&world.a, &one).await[0]), (1, false));
    let twins = [phone.clone().visits(3)[2].clone(), phone.clone().visits(3)[2].clone()];
    let landings = phone.push(&world.a, &twins).await;
    assert_eq!(landings.iter().map(stored).collect::<Vec<_>>(), [(5, false), (6, true)], "within one push");
}

async fn an_entry_is_judged_by_what_it_is_about(two: Two) {
    let world = World::new(two).await;
    let bert = waakvlam::server::storage::NewUser { grants: vec![(world.journal, Role::Worker)], ..user("bert") };
    world.a.add_user(&bert).await.unwrap();
    let (mut hers, mut his) = (world.phone(world.user).await, world.phone(bert.user).await);
    let visit = hers.write(visit(""));
    hers.push(&world.a, std::slice::from_ref(&visit)).await;
    let his_withdrawal = his.write(withdrawal(id_of(&visit)));
    assert_eq!(apart(&his.push(&world.b, &[his_withdrawal]).await[0]), Reason::NotAllowed, "hers, not his");
    let own = his.visits(1).remove(0);
    let landings = his.push(&world.b, &[own.clone(), his.clone().write(withdrawal(id_of(&own)))]).await;
    assert_eq!(landings.iter().map(stored).collect::<Vec<_>>(), [(2, false), (3, false)], "about an entry of the same push");
    let hers_too = hers.write(withdrawal(id_of(&visit)));
    assert_eq!(stored(&hers.push(&world.b, &[hers_too]).await[0]), (4, false));
}

async fn five_hundred_at_once_are_five_hundred(two: Two) {
    let world = World::new(two).await;
    let mut phone = world.phone(world.user).await;
    let records = phone.visits(500);
    let landings = phone.push(&world.a, &records).await;
    assert_eq!(landings.iter().map(|landing| stored(landing).0).collect::<Vec<_>>(), (1..=500).collect::<Vec<_>>());
    assert_eq!(phone.push(&world.b, &records).await, landings);
    let kept = world.lines(world.journal).await;
    assert!(kept.iter().map(|(_, kept)| kept.id).eq(records.iter().map(id_of)), "in their order");
}

async fn page(
    storage: &Arc<dyn Storage>,
    journal: JournalId,
    after: u64,
    lines: usize,
    bytes: usize,
) -> (Vec<u64>, u64, Bytes32) {
    let pulled = storage.pull(Pull { journal, after, chain: None, lines, bytes, erasures: 0 }).await.unwrap().unwrap();
    let Pulled::Page { head, chain, lines, .. } = pulled else { panic!("diverged") };
    assert!(lines.last().is_none_or(|line| line.chain == chain));
    (lines.iter().map(|line| line.seq).collect(), head, chain)
}

async fn a_page_ends_where_it_should(two: Two) {
    let world = World::new(two).await;
    let (a, journal) = (&world.a, world.journal);
    assert!(
        a.pull(Pull { journal: JournalId(id()), after: 0, chain: None, lines: 9, bytes: 9, erasures: 0 })
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(page(a, journal, 0, 9, 9).await, (vec![], 0, START));
    let phone = world.phone(world.user).await;
    phone.push(&world.b, &phone.clone().visits(10)).await;
    let kept = world.lines(journal).await;
    let size = kept[0].1.payload.get().len();
    assert_eq!(page(a, journal, 0, 4, usize::MAX).await.0, [1, 2, 3, 4], "so many lines");
    assert_eq!(page(a, journal, 8, 4, usize::MAX).await.0, [9, 10]);
    assert_eq!(page(a, journal, 0, 9, size).await.0, [1], "the line that reaches so many bytes is the last");
    assert_eq!(page(a, journal, 0, 9, size + 1).await.0, [1, 2]);
    assert_eq!(page(a, journal, 2, 9, 1).await.0, [3], "at least one");
    let (lines, head, end) = page(a, journal, 10, 9, 9).await;
    assert_eq!((lines, head), (vec![], 10));
    let (.., third) = page(a, journal, 0, 3, usize::MAX).await;

    for (after, chain, diverged) in [
        (10, Some(end), false),
        (3, Some(third), false),
        (0, Some(START), false),
        (3, Some(end), true),
        (0, Some(end), true),
        (11, None, true),
        (11, Some(end), true),
        (u64::MAX, None, true),
    ] {
        match pull(&**a, journal, after, chain, 9).await {
            Pulled::Diverged { head } => assert!(diverged && head == 10, "{after} {chain:?}"),
            Pulled::Page { .. } => assert!(!diverged, "{after} {chain:?}"),
        }
    }
}

async fn the_server_writes_as_itself(two: Two) {
    let world = World::new(two).await;
    let texts = |from: usize, to: usize| (from..to).map(|i| payload(visit(&i.to_string()))).collect::<Vec<_>>();
    world.a.append_own(world.journal, &texts(0, 3), at(7)).await.unwrap();
    world.b.append_own(world.journal, &texts(3, 5), at(8)).await.unwrap();
    world.b.append_own(world.journal, &[], at(8)).await.unwrap();
    let kept = world.lines(world.journal).await;
    assert_eq!(kept.iter().map(|(_, kept)| kept.payload.get().to_owned()).collect::<Vec<_>>(), texts(0, 5));
    assert_eq!(kept.iter().map(|(_, kept)| kept.n).collect::<Vec<_>>(), [1, 2, 3, 4, 5], "both are one device");
    assert!(kept.iter().all(|(_, line)| line.author == SERVER && line.device == kept[0].1.device));
    assert_eq!((kept[0].1.received_at, kept[4].1.received_at), (at(7), at(8)));
    assert!(world.a.append_own(world.journal, &["{}".to_owned()], at(9)).await.is_err(), "only what reads as an entry");
    assert!(world.a.append_own(JournalId(id()), &texts(0, 1), at(9)).await.is_err());
    world.a.append_own(world.journal, &texts(5, 6), at(9)).await.unwrap();
    assert_eq!(world.lines(world.journal).await[5].1.n, 6, "what failed took no number");
}

async fn what_is_given_is_written_as_it_is(two: Two) {
    let world = World::new(two).await;
    let given: Vec<Given> = (1..=2_500_u64)
        .map(|n| Given {
            id: EntryId(Uuid::from_u128(u128::from(n) << 64 | 0xff)),
            author: UserId(Uuid::from_u128(u128::from(n) % 3)),
            device: DeviceId(Uuid::from_u128(5)),
            n,
            received_at: at(-i64::try_from(n).unwrap()),
            salt: hash(),
            kind: "visit".to_owned(),
            payload: payload(visit(&n.to_string())),
        })
        .collect();
    world.a.append_given(world.journal, &given).await.unwrap();
    let kept = world.lines(world.journal).await;
    assert_eq!(kept.len(), given.len());
    for ((_, kept), given) in kept.iter().zip(&given) {
        assert_eq!((kept.id, kept.author, kept.device, kept.n), (given.id, given.author, given.device, given.n));
        assert_eq!((kept.received_at, kept.salt, kept.payload.get()), (given.received_at, given.salt, given.payload.as_str()));
    }
    assert!(world.b.append_given(world.journal, &given[..1]).await.is_err(), "an id is given once");
    assert_eq!(world.lines(world.journal).await.len(), given.len());
}
