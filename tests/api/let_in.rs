//! A closed journal that somebody reads from some day on, and reads no more: by its founder, or a supervisor who reads it.

use std::collections::BTreeSet;

use chrono::Utc;
use reqwest::Method;
use uuid::Uuid;
use waakvlam::domain::body::{MeldcodeStep, Reader, Step, Withdrawal};
use waakvlam::domain::{Role, UserId};
use waakvlam::sync::wire::{Offer, Outcome, Push, Reason, Written};

use super::closed::{House, SECRET, about, all_stored, concern, copy, listed, refused};
use super::support::{Phone, TestServer};

const NO: Outcome = Outcome::Quarantined { reason: Reason::NotAllowed };

fn reader(house: &House, user: UserId, reads: bool) -> waakvlam::domain::Payload {
    about(Reader { of: house.founding.id, user, reads }.into())
}

async fn readers(house: &House) -> BTreeSet<UserId> {
    listed(&house.ineke, house.journal).await.unwrap().readers.into_iter().collect()
}

async fn reads_nothing(phone: &Phone, house: &House, who: &str) {
    assert!(listed(phone, house.journal).await.is_none(), "{who}");
    let path = format!("/journals/{}/entries?after=0", house.journal);
    refused(phone.asks(Method::GET, &path).send().await.unwrap(), who).await;
}

#[tokio::test]
async fn who_is_let_in_reads_all_of_it_and_who_is_taken_off_nothing_more() {
    let mut house = House::founded().await;
    let bert = house.bert.me.user;
    let lets_in = house.samira.write(&reader(&house, bert, true));
    for _ in 0..2 {
        assert!(all_stored(&house.samira.push(house.journal, std::slice::from_ref(&lets_in)).await));
    }
    assert!(readers(&house).await.contains(&bert));
    let granted = listed(&house.bert, house.journal).await.unwrap();
    assert_eq!(granted.role, Role::Worker);
    let (held, _) = house.bert.pull_all(house.journal).await;
    assert_eq!(held.len(), 3);
    assert!(held.iter().any(|entry| entry.payload.get().contains(SECRET)), "what was written before, too");
    let step = |text: &str| about(MeldcodeStep { of: house.concern.id, step: Step::Colleague, text: text.to_owned() }.into());
    let written = house.bert.write(&step("overlegd"));
    assert!(all_stored(&house.bert.push(house.journal, &[written]).await));

    // He reads, and lets nobody in or off; nor does anybody whom the founding does not make its own.
    let fatma = house.server.phone("fatma", Role::Worker).await.me.user;
    for (user, reads) in [(fatma, true), (house.ineke.me.user, false), (house.samira.me.user, false), (bert, false)] {
        let written = house.bert.write(&reader(&house, user, reads));
        assert_eq!(house.bert.push(house.journal, &[written]).await, [NO]);
    }
    // Nobody takes off the founder, or themselves; nor takes back that somebody was let in as if it were a note.
    for (user, reads) in [(house.samira.me.user, false), (house.ineke.me.user, false)] {
        let written = house.ineke.write(&reader(&house, user, reads));
        assert_eq!(house.ineke.push(house.journal, &[written]).await, [NO]);
    }
    let back = house.samira.write(&about(Withdrawal { of: lets_in.id }.into()));
    assert_eq!(house.samira.push(house.journal, &[back]).await, [NO]);
    // About the worry instead of the founding, about nothing that is there, in the neighbourhood: nothing.
    for of in [house.concern.id, waakvlam::domain::EntryId(Uuid::now_v7())] {
        let written = house.samira.write(&about(Reader { of, user: fatma, reads: true }.into()));
        assert_eq!(house.samira.push(house.journal, &[written]).await, [NO]);
    }
    let elsewhere = house.samira.write(&reader(&house, fatma, true));
    assert_eq!(house.samira.push(house.server.neighbourhood, &[elsewhere]).await, [NO]);
    assert_eq!(readers(&house).await, BTreeSet::from([house.samira.me.user, house.ineke.me.user, bert]));

    // The supervisor takes him off. What he wrote meanwhile is kept; what he has opens nothing.
    let meanwhile = house.bert.write(&step("nog niet verstuurd"));
    let off = house.ineke.write(&reader(&house, bert, false));
    assert!(all_stored(&house.ineke.push(house.journal, &[off]).await));
    reads_nothing(&house.bert, &house, "bert").await;
    let outcomes = house.bert.push(house.journal, &[meanwhile]).await;
    assert_eq!(outcomes, [Outcome::Quarantined { reason: Reason::NoGrant }], "nothing is lost");
    let path = format!("/journals/{}/offers", house.journal);
    let offer = house.bert.asks(Method::POST, &path).json(&Offer { entries: held.clone() });
    refused(offer.send().await.unwrap(), "with the very lines that let him in").await;
    assert!(all_stored(&house.samira.push(house.journal, &[lets_in]).await), "sent again");
    reads_nothing(&house.bert, &house, "bert").await;
    assert_eq!(readers(&house).await, BTreeSet::from([house.samira.me.user, house.ineke.me.user]));
    // And in again.
    let again = house.samira.write(&reader(&house, bert, true));
    assert!(all_stored(&house.samira.push(house.journal, &[again]).await));
    assert_eq!(house.bert.pull_all(house.journal).await.0.len(), 6);
}

#[tokio::test]
async fn only_who_works_there_is_let_in_and_its_founder_takes_no_supervisor_off() {
    let mut house = House::founded().await;
    let committee = house.server.phone("tineke", Role::Committee).await;
    let administrator = house.server.phone("ruud", Role::Administrator).await;
    let (carla, _) = house.server.add("carla", Role::Supervisor, &[]).await;
    let gone = house.server.phone("gone", Role::Worker).await;
    house.server.storage().revoke_grant(gone.me.user, house.server.neighbourhood, Utc::now()).await.unwrap();
    let others = [committee.me.user, administrator.me.user, carla, gone.me.user, UserId(Uuid::new_v4())];
    for user in others {
        for reads in [true, false] {
            let written = house.samira.write(&reader(&house, user, reads));
            assert!(all_stored(&house.samira.push(house.journal, &[written]).await), "it is written, and grants nothing");
        }
        let grant = house.server.storage().grant(user, house.journal).await.unwrap();
        assert!(grant.is_none_or(|grant| grant.revoked));
    }
    let written = house.samira.write(&reader(&house, house.ineke.me.user, false));
    house.samira.push(house.journal, &[written]).await;
    assert!(listed(&house.ineke, house.journal).await.is_some(), "its supervisor goes on reading");
    // A second supervisor is let in, and taken off by the first.
    let joke = house.server.phone("joke", Role::Supervisor).await;
    for reads in [true, false] {
        let written = house.ineke.write(&reader(&house, joke.me.user, reads));
        house.ineke.push(house.journal, &[written]).await;
        assert_eq!(listed(&joke, house.journal).await.is_some(), reads);
    }
    // Out of the neighbourhood is out of this, however often it was said.
    let written = house.samira.write(&reader(&house, house.bert.me.user, true));
    house.samira.push(house.journal, &[written]).await;
    house.server.storage().revoke_grant(house.bert.me.user, house.server.neighbourhood, Utc::now()).await.unwrap();
    reads_nothing(&house.bert, &house, "bert").await;
}

#[tokio::test]
async fn a_push_that_lets_somebody_in_does_all_of_it_or_nothing() {
    let mut house = House::new().await;
    let bert = house.bert.me.user;
    // Founded, let in and written in one push; sent eight times at once.
    let all = [house.founding.clone(), house.samira.write(&reader(&house, bert, true)), house.concern.clone()];
    let all = [all[0].clone(), Written { n: 2, ..all[2].clone() }, Written { n: 3, ..all[1].clone() }];
    let pushes = (0..8).map(|_| house.samira.push(house.journal, &all));
    let answers = futures::future::join_all(pushes).await;
    assert!(all_stored(&answers[0]) && answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(house.bert.pull_all(house.journal).await.0.len(), 3);
    // By whom it is nothing: from outside the answer is that of a journal which is not there.
    let mut fatma = house.server.phone("fatma", Role::Worker).await;
    let own = fatma.me.user;
    let written = fatma.write(&reader(&house, own, true));
    let push = Push { device: fatma.device, records: vec![fatma.seal(house.journal, &written)] };
    refused(fatma.send(house.journal, &push).await, "from outside").await;
    reads_nothing(&fatma, &house, "fatma").await;
}

#[tokio::test]
async fn a_restore_loses_nobody_who_was_let_in_and_lets_nobody_in_who_was_taken_off() {
    let mut house = House::founded().await;
    house.server = house.server.restart_after(|folder| copy(folder, &folder.join("backup"))).await;
    let at = |phone: &mut Phone, server: &TestServer| phone.base = server.base();
    for phone in [&mut house.samira, &mut house.ineke, &mut house.bert] {
        at(phone, &house.server);
    }
    let mut fatma = house.server.phone("fatma", Role::Worker).await;
    let lets_in = [house.bert.me.user, fatma.me.user].map(|user| house.samira.write(&reader(&house, user, true)));
    assert!(all_stored(&house.samira.push(house.journal, &lets_in).await));
    let (held, _) = house.bert.pull_all(house.journal).await;
    // Fatma was added after the backup, so that the office forgets her account, too: hers is a case of its own.
    let off = house.samira.write(&reader(&house, house.bert.me.user, false));

    let restored = house.server.restart_after(|folder| copy(&folder.join("backup"), folder)).await;
    restored.storage().begin_epoch().await.unwrap();
    house.server = restored.restart().await;
    for phone in [&mut house.samira, &mut house.ineke, &mut house.bert, &mut fatma] {
        at(phone, &house.server);
        phone.renew().await;
    }
    reads_nothing(&house.bert, &house, "as the backup had it").await;
    // Bert's own phone gives back what let him in, by the office's receipt.
    let path = format!("/journals/{}/offers", house.journal);
    let offers =
        async |phone: &Phone| phone.asks(Method::POST, &path).json(&Offer { entries: held.clone() }).send().await.unwrap();
    assert_eq!(offers(&house.bert).await.status(), 200);
    assert_eq!(house.bert.pull_all(house.journal).await.0.len(), 4);
    assert!(readers(&house).await.contains(&house.bert.me.user));

    // Once more; now that he was taken off comes before what let him in.
    let restored = house.server.restart_after(|folder| copy(&folder.join("backup"), folder)).await;
    restored.storage().begin_epoch().await.unwrap();
    house.server = restored.restart().await;
    for phone in [&mut house.samira, &mut house.ineke, &mut house.bert] {
        at(phone, &house.server);
        phone.renew().await;
    }
    assert!(all_stored(&house.samira.push(house.journal, &[off]).await));
    assert_eq!(offers(&house.ineke).await.status(), 200);
    reads_nothing(&house.bert, &house, "bert").await;
    refused(offers(&house.bert).await, "bert offers").await;
    reads_nothing(&house.bert, &house, "bert").await;
    let written = house.bert.write(&concern());
    assert_eq!(house.bert.push(house.journal, &[written]).await, [Outcome::Quarantined { reason: Reason::NoGrant }]);
}

#[tokio::test]
async fn after_a_restore_what_was_said_last_says_who_reads_in_whatever_order_it_comes_back() {
    let mut house = House::founded().await;
    house.server = house.server.restart_after(|folder| copy(folder, &folder.join("backup"))).await;
    for phone in [&mut house.samira, &mut house.ineke, &mut house.bert] {
        phone.base = house.server.base();
    }
    for reads in [true, false, true, false] {
        let said = house.ineke.write(&reader(&house, house.bert.me.user, reads));
        assert!(all_stored(&house.ineke.push(house.journal, &[said]).await));
    }
    let (held, _) = house.ineke.pull_all(house.journal).await;
    let said = held[held.len() - 4..].to_vec();
    let path = format!("/journals/{}/offers", house.journal);
    // The last two, then the first two; the other way round; and one by one from behind.
    for (number, order) in [vec![2, 3, 0, 1], vec![3, 0, 2, 1], vec![3, 2, 1, 0], vec![0, 1, 3, 2]].into_iter().enumerate() {
        let restored = house.server.restart_after(|folder| copy(&folder.join("backup"), folder)).await;
        restored.storage().begin_epoch().await.unwrap();
        house.server = restored.restart().await;
        for phone in [&mut house.samira, &mut house.ineke, &mut house.bert] {
            phone.base = house.server.base();
            phone.renew().await;
        }
        for one in order {
            let offer = Offer { entries: vec![said[one].clone()] };
            assert_eq!(house.ineke.asks(Method::POST, &path).json(&offer).send().await.unwrap().status(), 200);
        }
        reads_nothing(&house.bert, &house, &format!("in order {number}")).await;
    }
}
