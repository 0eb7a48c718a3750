//! A closed journal: founded by a push, read by whom it names, and for everybody else it is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chrono::Utc;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;
use waakvlam::domain::body::{Concern, Founding, Guarded, KnownBy, MeldcodeStep, Severity, Step, Tile};
use waakvlam::domain::{Body, HouseholdId, JournalId, JournalKind, Payload, Role, Subject, UserId};
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::wire::{Granted, Me, Offer, OfferAnswer, Offered, Outcome, Push, Reason, StoredEntry, Written};

use super::support::{Phone, TestServer, problem, visit};

pub const SECRET: &str = "blauwe plekken op beide armen";

pub fn about(body: Body) -> Payload {
    let subject = Subject::Household(HouseholdId(Uuid::from_u128(9)));
    Payload { written_at: Utc::now(), clock_ahead_ms: None, subject, group: None, body }
}

pub fn concern() -> Payload {
    about(
        Concern {
            tile: Tile::UnsafeHome,
            severity: Severity::Discuss,
            facts: Vec::new(),
            seen: SECRET.to_owned(),
            thought: String::new(),
            known_by: KnownBy::SawIt,
            told_by: String::new(),
            owner: None,
            next_step: String::new(),
            due: None,
        }
        .into(),
    )
}

/// The journal that an entry founds, and the entry.
pub fn found(phone: &mut Phone, neighbourhood: JournalId, with: &[UserId]) -> (JournalId, Written) {
    let written = phone.write(&about(Founding { neighbourhood, with: with.to_vec() }.into()));
    (chain::founded(phone.me.user, &chain::commitment(&written.salt, written.payload.get())), written)
}

pub async fn me(phone: &Phone) -> Me {
    phone.asks(Method::GET, "/me").send().await.unwrap().json().await.unwrap()
}

pub async fn listed(phone: &Phone, journal: JournalId) -> Option<Granted> {
    me(phone).await.journals.into_iter().find(|granted| granted.journal == journal)
}

pub fn all_stored(outcomes: &[Outcome]) -> bool {
    outcomes.iter().all(|outcome| matches!(outcome, Outcome::Stored { .. }))
}

pub async fn refused(answer: Response, what: &str) {
    assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{what}");
    let told = problem(answer).await;
    // Word for word what is said of a journal that was never there.
    assert_eq!(told.r#type, "urn:waakvlam:problem:unknown-journal", "{what}");
}

/// Samira founds one that Ineke (supervisor) is to read; Bert works there too, Carla elsewhere.
pub struct House {
    pub server: TestServer,
    pub samira: Phone,
    pub ineke: Phone,
    pub bert: Phone,
    pub journal: JournalId,
    pub founding: Written,
    pub concern: Written,
}

impl House {
    pub async fn new() -> Self {
        let server = TestServer::start().await;
        let mut samira = server.phone("samira", Role::Worker).await;
        let ineke = server.phone("ineke", Role::Supervisor).await;
        let bert = server.phone("bert", Role::Worker).await;
        let (journal, founding) = found(&mut samira, server.neighbourhood, &[ineke.me.user]);
        let concern = samira.write(&concern());
        Self { server, samira, ineke, bert, journal, founding, concern }
    }

    pub async fn founded() -> Self {
        let house = Self::new().await;
        let outcomes = house.samira.push(house.journal, &[house.founding.clone(), house.concern.clone()]).await;
        assert!(all_stored(&outcomes), "{outcomes:?}");
        house
    }
}

#[tokio::test]
async fn a_founding_makes_the_journal_and_its_grants_and_sending_again_changes_nothing() {
    let mut house = House::new().await;
    assert!(listed(&house.samira, house.journal).await.is_none());
    let both = [house.founding.clone(), house.concern.clone()];
    let first = house.samira.push(house.journal, &both).await;
    assert!(matches!(first.as_slice(), [Outcome::Stored { seq: 1, .. }, Outcome::Stored { seq: 2, .. }]), "{first:?}");
    assert_eq!(house.samira.push(house.journal, &both).await, first);
    for (reader, role) in [(&house.samira, Role::Worker), (&house.ineke, Role::Supervisor)] {
        let granted = listed(reader, house.journal).await.unwrap();
        assert_eq!((granted.kind, granted.role), (JournalKind::Closed, role));
        assert_eq!(granted.name, house.journal.to_string(), "a name that says nothing");
        let readers: BTreeSet<UserId> = granted.readers.into_iter().collect();
        assert_eq!(readers, BTreeSet::from([house.samira.me.user, house.ineke.me.user]));
        let (entries, _) = reader.pull_all(house.journal).await;
        assert_eq!(entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), both.each_ref().map(|written| written.id));
    }
    assert!(listed(&house.bert, house.journal).await.is_none());

    // The five steps: each of both writes, and what stands there is no step of anything else.
    let step = |step, text: &str| about(MeldcodeStep { of: house.concern.id, step, text: text.to_owned() }.into());
    let steps = [step(Step::Signals, "genoteerd"), step(Step::Weigh, "gewogen")];
    let written = steps.each_ref().map(|step| house.ineke.write(step));
    assert!(all_stored(&house.ineke.push(house.journal, &written).await));
    let in_the_neighbourhood = house.ineke.write(&steps[0]);
    let apart = house.ineke.push(house.server.neighbourhood, &[in_the_neighbourhood]).await;
    assert_eq!(apart, [Outcome::Quarantined { reason: Reason::NotAllowed }]);
    // That something runs is said in the neighbourhood's journal, and not in this one.
    let guarded = Guarded { journal: house.journal, lead: house.ineke.me.user, runs: true };
    let said = house.samira.write(&about(guarded.clone().into()));
    assert!(all_stored(&house.samira.push(house.server.neighbourhood, &[said]).await));
    let odd = house.samira.write(&about(guarded.into()));
    assert_eq!(house.samira.push(house.journal, &[odd]).await, [Outcome::Quarantined { reason: Reason::NotAllowed }]);
    // Another journal's founding founds nothing here.
    let (_, another) = found(&mut house.samira, house.server.neighbourhood, &[house.bert.me.user]);
    assert_eq!(house.samira.push(house.journal, &[another]).await, [Outcome::Quarantined { reason: Reason::NotAllowed }]);
    assert!(listed(&house.bert, house.journal).await.is_none());
}

#[tokio::test]
async fn for_everybody_else_it_is_not_there_on_any_route() {
    let house = House::founded().await;
    let server = &house.server;
    let guarded = Guarded { journal: house.journal, lead: house.ineke.me.user, runs: true };
    let mut samira = house.samira;
    let said = samira.write(&about(guarded.into()));
    samira.push(server.neighbourhood, &[said]).await;
    let (held, _) = samira.pull_all(house.journal).await;
    let administrator = server.phone("ruud", Role::Administrator).await;
    let committee = server.phone("tineke", Role::Committee).await;
    let (_, link) = server.add("carla", Role::Supervisor, &[]).await;
    let carla = Phone::enrol(&server.base(), &super::support::code(&link)).await;
    let away = server.phone("kees", Role::Worker).await;
    server.storage().revoke_device(away.device, Utc::now()).await.unwrap();
    let former = server.phone("wim", Role::Supervisor).await;
    server.storage().revoke_grant(former.me.user, server.neighbourhood, Utc::now()).await.unwrap();

    let journal = house.journal;
    for mut asker in [house.bert, administrator, committee, carla, away, former] {
        let who = asker.me.login_name.clone();
        let mut heard = String::new();
        // Whatever can be fetched, of whatever they may fetch.
        for path in ["/me", "/users", "/journals", "/summaries", "/health", "/installation"] {
            heard.push_str(&asker.asks(Method::GET, path).send().await.unwrap().text().await.unwrap());
        }
        for granted in asker.me.journals.clone() {
            let path = format!("/journals/{}/entries?after=0", granted.journal);
            let text = asker.asks(Method::GET, &path).send().await.unwrap().text().await.unwrap();
            // That something runs is what colleagues may know; the id in it opens nothing.
            heard
                .push_str(&text.replace(&format!("\\\"journal\\\":\\\"{journal}\\\""), "").replace(&journal.to_string(), "(id)"));
        }
        assert!(!heard.contains(SECRET) && !heard.contains(&journal.to_string()), "{who} hears of it: {heard}");
        // Its routes. Whoever has no session any more is told that, and nothing else.
        let signed_in = asker.asks(Method::GET, "/me").send().await.unwrap().status() == StatusCode::OK;
        let routes: [(Method, String, Option<Value>); 4] = [
            (Method::GET, format!("/journals/{journal}/entries?after=0"), None),
            (
                Method::POST,
                format!("/journals/{journal}/common"),
                Some(json!({ "probes": [{ "seq": 1, "chain": Bytes32::default() }] })),
            ),
            (Method::POST, format!("/journals/{journal}/offers"), Some(json!({ "entries": [] }))),
            // With the very lines, as if a phone of a reader had been copied.
            (
                Method::POST,
                format!("/journals/{journal}/offers"),
                Some(serde_json::to_value(Offer { entries: held.clone() }).unwrap()),
            ),
        ];
        for (method, path, body) in routes {
            let request = asker.asks(method.clone(), &path);
            let request = if let Some(body) = &body { request.json(body) } else { request };
            let answer = request.send().await.unwrap();
            if signed_in {
                refused(answer, &format!("{who}: {method} {path}")).await;
            } else {
                assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{who}: {method} {path}");
            }
        }
        let written = asker.write(&concern());
        let push = Push { device: asker.device, records: vec![asker.seal(journal, &written)] };
        refused(asker.send(journal, &push).await, &format!("{who} pushes")).await;
        // Founding it once more, with their own name among the readers or with the very words.
        let user = asker.me.user;
        let (_, own) = found(&mut asker, server.neighbourhood, &[user]);
        let theirs = Written { n: asker.n + 1, ..house.founding.clone() };
        for written in [own, theirs] {
            let push = Push { device: asker.device, records: vec![asker.seal(journal, &written)] };
            refused(asker.send(journal, &push).await, &format!("{who} founds")).await;
        }
        assert!(server.storage().grant(asker.me.user, journal).await.unwrap().is_none(), "{who} got a grant");
    }
    assert_eq!(server.storage().quarantined(journal).await.unwrap().len(), 0, "nobody leaves anything there");
    assert_eq!(samira.pull_all(journal).await.0.len(), 2);
    // An administrator can't let anybody in, either.
    let ruud = server.phone("ruud.2", Role::Administrator).await;
    let new = json!({ "login_name": "nieuw", "name": "Nieuw", "role": "supervisor", "journals": [journal] });
    let answer = ruud.asks(Method::POST, "/users").json(&new).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_founding_founds_only_where_its_author_works() {
    let server = TestServer::start().await;
    let elsewhere = server.storage().add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    let organisation = server.storage().journals().await.unwrap();
    let organisation = organisation.iter().find(|row| row.kind == JournalKind::Organisation).unwrap().journal;
    let never = JournalId(Uuid::new_v4());
    for role in Role::ALL {
        let mut phone = server.phone(role.as_str(), role).await;
        for neighbourhood in [server.neighbourhood, elsewhere, organisation, never] {
            let (journal, written) = found(&mut phone, neighbourhood, &[]);
            let push = Push { device: phone.device, records: vec![phone.seal(journal, &written)] };
            let answer = phone.send(journal, &push).await;
            let may = neighbourhood == server.neighbourhood && matches!(role, Role::Worker | Role::Supervisor);
            if may {
                assert_eq!(answer.status(), StatusCode::OK, "{role:?}");
                assert!(listed(&phone, journal).await.is_some());
            } else {
                refused(answer, &format!("{role:?}")).await;
                assert!(server.storage().grant(phone.me.user, journal).await.unwrap().is_none());
            }
            // A drawn id is nobody's founding.
            let push = Push { device: phone.device, records: vec![phone.seal(never, &written)] };
            refused(phone.send(never, &push).await, "a drawn id").await;
        }
    }
}

#[tokio::test]
async fn those_it_names_are_let_in_if_they_work_there_and_it_never_rests_on_one() {
    let server = TestServer::start().await;
    let mut samira = server.phone("samira", Role::Worker).await;
    let ineke = server.phone("ineke", Role::Supervisor).await;
    let bert = server.phone("bert", Role::Worker).await;
    let tineke = server.phone("tineke", Role::Committee).await;
    let (_, link) = server.add("carla", Role::Supervisor, &[]).await;
    let carla = Phone::enrol(&server.base(), &super::support::code(&link)).await;
    let gone = server.phone("gone", Role::Worker).await;
    server.storage().revoke_grant(gone.me.user, server.neighbourhood, Utc::now()).await.unwrap();
    let nobody = UserId(Uuid::new_v4());

    // Bert was chosen; no supervisor is named: they are let in all the same.
    let named = [bert.me.user, tineke.me.user, carla.me.user, gone.me.user, nobody];
    let (journal, written) = found(&mut samira, server.neighbourhood, &named);
    samira.push(journal, &[written]).await;
    let readers: BTreeSet<UserId> = listed(&samira, journal).await.unwrap().readers.into_iter().collect();
    assert_eq!(readers, BTreeSet::from([samira.me.user, bert.me.user, ineke.me.user]));
    for other in [&tineke, &carla, &gone] {
        assert!(listed(other, journal).await.is_none());
    }
    // A grant that was taken back is not given again by sending the founding again.
    server.storage().revoke_grant(bert.me.user, journal, Utc::now()).await.unwrap();
    let (again, _) = samira.pull_all(journal).await;
    let resent = Written { id: again[0].id, n: again[0].n, salt: again[0].salt, payload: again[0].payload.clone() };
    assert!(all_stored(&samira.push(journal, &[resent]).await));
    assert!(listed(&bert, journal).await.is_none());
    assert!(listed(&ineke, journal).await.is_some());
}

#[tokio::test]
async fn a_revoked_device_founds_and_a_grant_that_was_taken_back_meanwhile_loses_nothing() {
    let house = House::new().await;
    let both = [house.founding.clone(), house.concern.clone()];
    house.server.storage().revoke_device(house.samira.device, Utc::now()).await.unwrap();
    assert!(all_stored(&house.samira.push(house.journal, &both).await));
    assert!(listed(&house.ineke, house.journal).await.is_some());

    let house = House::new().await;
    let both = [house.founding.clone(), house.concern.clone()];
    let storage = house.server.storage();
    storage.revoke_grant(house.samira.me.user, house.server.neighbourhood, Utc::now()).await.unwrap();
    for _ in 0..2 {
        let apart = house.samira.push(house.journal, &both).await;
        assert_eq!(apart, vec![Outcome::Quarantined { reason: Reason::NoGrant }; 2]);
    }
    assert_eq!(storage.quarantined(house.journal).await.unwrap().len(), 2);
    assert!(listed(&house.samira, house.journal).await.is_none());
    assert!(listed(&house.ineke, house.journal).await.is_some(), "somebody can be asked about it");
}

#[tokio::test]
async fn what_comes_before_its_founding_waits_and_a_lone_founding_is_enough() {
    let house = House::new().await;
    let push = Push { device: house.samira.device, records: vec![house.samira.seal(house.journal, &house.concern)] };
    refused(house.samira.send(house.journal, &push).await, "without its founding").await;
    assert!(all_stored(&house.samira.push(house.journal, std::slice::from_ref(&house.founding)).await));
    assert!(all_stored(&house.samira.push(house.journal, std::slice::from_ref(&house.concern)).await));
    // Several at once: one of them founds, all get the same answer.
    let house = House::new().await;
    let both = [house.founding.clone(), house.concern.clone()];
    let pushes = (0..8).map(|_| house.samira.push(house.journal, &both));
    let answers = futures::future::join_all(pushes).await;
    assert!(all_stored(&answers[0]) && answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(house.ineke.pull_all(house.journal).await.0.len(), 2);
}

#[tokio::test]
async fn what_is_about_somebody_who_was_erased_founds_nothing() {
    use waakvlam::server::storage::{Erasing, Wanted};
    let mut house = House::new().await;
    // Something else was written about them, and that is how the office knew them.
    let other = house.samira.write(&about(visit("koffie").body));
    assert!(all_stored(&house.samira.push(house.server.neighbourhood, &[other]).await));
    let subject = Subject::Household(HouseholdId(Uuid::from_u128(9)));
    let known = house.server.storage().about(&Wanted::Subject(subject)).await.unwrap();
    let entries: BTreeMap<_, _> = known.into_iter().map(|about| (about.journal, about.entries)).collect();
    let erasing = Erasing { id: Uuid::now_v7(), at: Utc::now(), subject: Some(subject), entries };
    assert_eq!(house.server.storage().erase(&erasing).await.unwrap(), 1);
    let both = [house.founding.clone(), house.concern.clone()];
    for _ in 0..2 {
        assert_eq!(house.samira.push(house.journal, &both).await, vec![Outcome::Erased; 2]);
    }
    assert!(listed(&house.ineke, house.journal).await.is_none());
    assert!(house.server.storage().journals().await.unwrap().iter().all(|row| row.kind != JournalKind::Closed));
}

#[tokio::test]
async fn a_device_is_told_of_ten_journals_and_how_many_more_there_are() {
    let server = TestServer::start().await;
    let mut samira = server.phone("samira", Role::Worker).await;
    let ineke = server.phone("ineke", Role::Supervisor).await;
    let mut journals = Vec::new();
    for _ in 0..11 {
        let (journal, written) = found(&mut samira, server.neighbourhood, &[ineke.me.user]);
        assert!(all_stored(&samira.push(journal, &[written]).await));
        journals.push(journal);
        // The next one is later, by the server's clock.
        let now = Utc::now().timestamp_millis();
        super::support::until("the next millisecond", async || (Utc::now().timestamp_millis() > now).then_some(())).await;
    }
    // The first is the one in which something was written last.
    let oldest = samira.write(&concern());
    samira.push(journals[0], &[oldest]).await;
    for phone in [&samira, &ineke] {
        let me = me(phone).await;
        assert_eq!((me.journals.len(), me.more), (10, 3));
        assert_eq!((me.journals[0].kind, me.journals[1].kind), (JournalKind::Neighbourhood, JournalKind::Organisation));
        let closed: Vec<JournalId> = me.journals[2..].iter().map(|granted| granted.journal).collect();
        let expected: Vec<JournalId> = std::iter::once(journals[0]).chain(journals[4..].iter().rev().copied()).collect();
        assert_eq!(closed, expected);
    }
}

/// The database's files, and no others.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap().to_owned();
        if name.to_string_lossy().starts_with("waakvlam.db") && file.is_file() {
            fs::copy(&file, to.join(name)).unwrap();
        }
    }
}

async fn offer(phone: &Phone, journal: JournalId, entries: Vec<StoredEntry>) -> Response {
    phone.asks(Method::POST, &format!("/journals/{journal}/offers")).json(&Offer { entries }).send().await.unwrap()
}

#[tokio::test]
async fn a_restore_from_before_the_founding_loses_nothing_and_lets_nobody_else_in() {
    let mut house = House::new().await;
    house.server = house.server.restart_after(|folder| copy(folder, &folder.join("backup"))).await;
    for phone in [&mut house.samira, &mut house.ineke, &mut house.bert] {
        phone.base = house.server.base();
    }
    let both = [house.founding.clone(), house.concern.clone()];
    assert!(all_stored(&house.samira.push(house.journal, &both).await));
    let (held, _) = house.ineke.pull_all(house.journal).await;

    house.server = house.server.restart_after(|folder| copy(&folder.join("backup"), folder)).await;
    house.server.storage().begin_epoch().await.unwrap();
    house.server = house.server.restart().await;
    for phone in [&mut house.samira, &mut house.ineke, &mut house.bert] {
        phone.base = house.server.base();
        phone.renew().await;
    }
    assert!(listed(&house.ineke, house.journal).await.is_none(), "it is lost");
    // Who has the lines but no receipt for the founding, or only what came after it, founds nothing.
    let forged = StoredEntry { receipt: Bytes32::default(), ..held[0].clone() };
    refused(offer(&house.ineke, house.journal, vec![forged, held[1].clone()]).await, "without the receipt").await;
    refused(offer(&house.ineke, house.journal, vec![held[1].clone()]).await, "without the founding").await;
    let other = JournalId(Uuid::new_v4());
    refused(offer(&house.ineke, other, held.clone()).await, "in another journal").await;

    // Not its author: the supervisor's phone gives it back, as it was.
    let answer: OfferAnswer = offer(&house.ineke, house.journal, held.clone()).await.json().await.unwrap();
    let outcomes: Vec<Offered> = answer.results.iter().map(|result| result.outcome).collect();
    assert_eq!(outcomes, [Offered::Stored { seq: 1 }, Offered::Stored { seq: 2 }]);
    for reader in [&house.samira, &house.ineke] {
        assert!(listed(reader, house.journal).await.is_some());
        let (now, _) = reader.pull_all(house.journal).await;
        assert_eq!(
            now.iter().map(|entry| entry.receipt).collect::<Vec<_>>(),
            held.iter().map(|entry| entry.receipt).collect::<Vec<_>>()
        );
    }
    assert!(listed(&house.bert, house.journal).await.is_none());
    refused(offer(&house.bert, house.journal, held.clone()).await, "a colleague with a copy").await;
    // And its author's phone, which had it in the outbox all the while, gets the same numbers.
    let again = house.samira.push(house.journal, &both).await;
    assert!(matches!(again.as_slice(), [Outcome::Stored { seq: 1, .. }, Outcome::Stored { seq: 2, .. }]), "{again:?}");
}
