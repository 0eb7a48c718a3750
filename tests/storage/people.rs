//! The installation, journals, people, devices and sessions.

use waakvlam::domain::{DeviceId, JournalId, JournalKind, Role, UserId};
use waakvlam::server::storage::{Completed, Credential, Grant, NewDevice, NewEnrolment, NewSession, NewUser, SERVER};
use waakvlam::sync::wire::JournalRow;

use super::world::{Two, World, at, device, hash, id, lines, payload, session, user, visit};

pub async fn keeps_its_promises(make: &impl AsyncFn() -> Two) {
    an_installation_is_founded_once(make().await).await;
    a_journal_has_its_kind_and_name_alone(make().await).await;
    somebody_is_added_whole_or_not_at_all(make().await).await;
    a_grant_is_given_changed_taken_back_and_remembered(make().await).await;
    only_the_last_link_works_and_only_in_time(make().await).await;
    using_a_link_does_all_or_nothing(make().await).await;
    a_device_is_its_users_with_its_key(make().await).await;
    a_session_ends_in_three_ways(make().await).await;
    a_server_that_closed_leaves_the_other_alone(make().await).await;
}

async fn an_installation_is_founded_once((a, b): Two) {
    assert!(a.installation().await.unwrap().is_none() && b.installation().await.unwrap().is_none());
    let ours = a.found(hash()).await.unwrap();
    let theirs = b.found(hash()).await.unwrap();
    let found = b.installation().await.unwrap().unwrap();
    for same in [theirs, found] {
        assert_eq!((same.id, same.epoch, same.keyring), (ours.id, ours.epoch, ours.keyring), "the first one stays");
    }
    b.ping().await.unwrap();
    let journals = b.journals().await.unwrap();
    let named: Vec<_> = journals.iter().map(|row| (row.kind, row.name.as_str())).collect();
    assert_eq!(named, [(JournalKind::Administration, "Beheer"), (JournalKind::Organisation, "Organisatie")]);
}

async fn a_journal_has_its_kind_and_name_alone((a, b): Two) {
    let mut added: Vec<JournalRow> = Vec::new();
    for name in ["b", "É", "a-b", "B", "a b", "ab", "a", "'; DROP TABLE journals; --", "🔥"] {
        let journal = a.add_journal(JournalKind::Neighbourhood, name).await.unwrap().unwrap();
        assert_eq!(b.add_journal(JournalKind::Neighbourhood, name).await.unwrap(), None, "{name} is there");
        added.push(JournalRow { journal, kind: JournalKind::Neighbourhood, name: name.to_owned() });
    }
    let closed = b.add_journal(JournalKind::Closed, "b").await.unwrap().unwrap();
    added.push(JournalRow { journal: closed, kind: JournalKind::Closed, name: "b".to_owned() });
    // By bytes, in whatever language the database sorts.
    added.sort_by(|one, other| (one.kind.as_str(), &one.name).cmp(&(other.kind.as_str(), &other.name)));
    assert_eq!(b.journals().await.unwrap(), added);
}

async fn somebody_is_added_whole_or_not_at_all((a, b): Two) {
    a.found(hash()).await.unwrap();
    assert!(a.unlock(super::world::keys()).await.unwrap() && b.unlock(super::world::keys()).await.unwrap());
    let journal = a.add_journal(JournalKind::Organisation, "Wij").await.unwrap().unwrap();
    let said = payload(visit("{\"a\": \"\u{e9}\\u0000\"}"));
    let link = NewEnrolment { code: hash(), expires: at(5) };
    let samira = NewUser {
        name: "Samira 'de' \"Vries\" ☕".to_owned(),
        role: Role::Supervisor,
        login: Some((0..=255).collect()),
        grants: vec![(journal, Role::Supervisor)],
        enrolment: Some(link),
        said: vec![(journal, said.clone()), (journal, payload(visit("")))],
        ..user("samira")
    };
    assert!(a.add_user(&samira).await.unwrap());
    let other = NewUser {
        grants: vec![(journal, Role::Worker)],
        enrolment: Some(NewEnrolment { code: hash(), expires: at(5) }),
        said: vec![(journal, said.clone())],
        ..user("samira")
    };
    assert!(!b.add_user(&other).await.unwrap(), "the name is taken");
    assert_eq!(b.grant(other.user, journal).await.unwrap(), None);
    assert!(b.enrolment(other.enrolment.unwrap().code).await.unwrap().is_none());

    let written = lines(&*b, journal).await;
    assert_eq!(written.len(), 2, "what was said of the one who is there, and no more");
    assert_eq!(written[0].1.payload.get(), said);
    assert!(written.iter().all(|(_, line)| line.author == SERVER && line.received_at == at(0)));
    assert_eq!(b.login("samira").await.unwrap(), Some((samira.user, samira.login.clone())));
    assert_eq!(b.grant(samira.user, journal).await.unwrap().map(|grant| grant.role), Some(Role::Supervisor));
    let found = b.enrolment(link.code).await.unwrap().unwrap();
    assert_eq!((found.user, found.login_name, found.name), (samira.user, samira.login_name.clone(), samira.name.clone()));
    assert_eq!((found.expires, found.used), (at(5), false));

    for name in ["a.b", "a-b", "ab", "a1"] {
        assert!(b.add_user(&user(name)).await.unwrap());
    }
    let users = a.users().await.unwrap();
    assert_eq!(users.iter().map(|row| row.login_name.as_str()).collect::<Vec<_>>(), ["a-b", "a.b", "a1", "ab", "samira"]);
    let row = &users[4];
    assert_eq!((row.user, &row.name, row.role, row.enrolled), (samira.user, &samira.name, Role::Supervisor, true));
    assert!(!users[0].enrolled);
    assert_eq!(a.login("a-b").await.unwrap(), Some((users[0].user, None)));
    for nobody in ["", "SAMIRA", "samira ", "sam\0ira", "\0", "'"] {
        assert_eq!(a.login(nobody).await.unwrap(), None, "{nobody:?}");
    }
}

async fn a_grant_is_given_changed_taken_back_and_remembered(two: Two) {
    let World { a, b, journal, user, .. } = World::new(two).await;
    let second = a.add_journal(JournalKind::Neighbourhood, "B").await.unwrap().unwrap();
    let grant = |role, revoked| Some(Grant { kind: JournalKind::Neighbourhood, role, revoked });
    assert_eq!(a.grant(user, second).await.unwrap(), None);
    a.set_grant(user, second, Role::Worker).await.unwrap();
    assert_eq!(b.grant(user, second).await.unwrap(), grant(Role::Worker, false));
    b.set_grant(user, second, Role::Supervisor).await.unwrap();
    assert_eq!(a.grant(user, second).await.unwrap(), grant(Role::Supervisor, false));
    let named = |granted: Vec<waakvlam::sync::wire::Granted>| -> Vec<(JournalId, String, Role)> {
        granted.into_iter().map(|granted| (granted.journal, granted.name, granted.role)).collect()
    };
    let (old, new) = ((journal, "Lindebuurt".to_owned(), Role::Worker), (second, "B".to_owned(), Role::Supervisor));
    assert_eq!(named(a.grants(user).await.unwrap()), [new.clone(), old.clone()]);
    a.revoke_grant(user, second, at(3)).await.unwrap();
    a.revoke_grant(user, second, at(4)).await.unwrap();
    assert_eq!(b.grant(user, second).await.unwrap(), grant(Role::Supervisor, true), "it still names the journal");
    assert_eq!(named(b.grants(user).await.unwrap()), [old]);
    b.set_grant(user, second, Role::Supervisor).await.unwrap();
    assert_eq!(b.grant(user, second).await.unwrap(), grant(Role::Supervisor, false));
    assert_eq!(b.grant(UserId(id()), second).await.unwrap(), None);
    assert_eq!(b.grant(user, JournalId(id())).await.unwrap(), None);
    assert!(a.grants(UserId(id())).await.unwrap().is_empty());
    assert!(a.set_grant(UserId(id()), second, Role::Worker).await.is_err(), "for somebody who is there");
}

async fn only_the_last_link_works_and_only_in_time(two: Two) {
    let World { a, b, user, .. } = World::new(two).await;
    let first = NewEnrolment { code: hash(), expires: at(100) };
    let second = NewEnrolment { code: hash(), expires: at(200) };
    assert!(a.add_enrolment(user, &first, at(0)).await.unwrap());
    assert!(b.add_enrolment(user, &second, at(10)).await.unwrap());
    assert!(!b.add_enrolment(UserId(id()), &NewEnrolment { code: hash(), ..first }, at(0)).await.unwrap(), "for nobody");
    assert_eq!(b.enrolment(first.code).await.unwrap().unwrap().expires, at(10), "the earlier one ended");
    assert_eq!(a.enrolment(second.code).await.unwrap().unwrap().expires, at(200));
    assert!(a.enrolment(hash()).await.unwrap().is_none());
    let phone = device(user);
    let session = session(&phone, at(1_000));
    let complete = async |code, when| a.complete_enrolment(code, b"hash", &phone, &session, when).await.unwrap();
    assert_eq!(complete(hash(), at(20)).await, Completed::Unknown);
    assert_eq!(complete(first.code, at(20)).await, Completed::Expired);
    assert_eq!(complete(second.code, at(200)).await, Completed::Expired, "not in the moment that it ends");
    assert_eq!(complete(second.code, at(199)).await, Completed::Done);
    assert_eq!(complete(second.code, at(199)).await, Completed::Used);
    assert!(b.enrolment(second.code).await.unwrap().unwrap().used);
}

async fn using_a_link_does_all_or_nothing(two: Two) {
    let World { a, b, user, .. } = World::new(two).await;
    let before = device(user);
    let open = session(&before, at(1_000));
    assert!(a.add_device(&before, &open).await.unwrap());
    let link = NewEnrolment { code: hash(), expires: at(100) };
    a.add_enrolment(user, &link, at(0)).await.unwrap();

    let taken = NewDevice { outbox_mark: hash(), push: hash(), renew: hash(), ..before.clone() };
    let completed = b.complete_enrolment(link.code, b"hash", &taken, &session(&taken, at(1_000)), at(1)).await.unwrap();
    assert_eq!(completed, Completed::DeviceTaken);
    assert_eq!(a.login("samira").await.unwrap(), Some((user, None)), "nothing happened");
    assert!(!a.enrolment(link.code).await.unwrap().unwrap().used);
    assert!(a.session(open.hash, at(1)).await.unwrap().is_some());

    let after = device(user);
    let now_open = session(&after, at(1_000));
    let completed = b.complete_enrolment(link.code, b"\0\xff", &after, &now_open, at(1)).await.unwrap();
    assert_eq!(completed, Completed::Done);
    assert_eq!(a.login("samira").await.unwrap(), Some((user, Some(b"\0\xff".to_vec()))));
    assert!(a.session(open.hash, at(1)).await.unwrap().is_none(), "sessions before it ended");
    assert!(a.device(Credential::Renew, before.renew).await.unwrap().is_none(), "and what renews them");
    assert!(a.device(Credential::Push, before.push).await.unwrap().is_some(), "what waits on the other phone still arrives");
    assert_eq!(a.session(now_open.hash, at(1)).await.unwrap().unwrap().device, after.device);
    assert_eq!(a.device(Credential::Renew, after.renew).await.unwrap().unwrap().device, after.device);
}

async fn a_device_is_its_users_with_its_key(two: Two) {
    let World { a, b, user: samira, .. } = World::new(two).await;
    let bert = user("bert");
    a.add_user(&bert).await.unwrap();
    let phone = device(samira);
    assert!(a.add_device(&phone, &session(&phone, at(1_000))).await.unwrap());
    let found = b.device(Credential::Push, phone.push).await.unwrap().unwrap();
    assert_eq!((found.device, found.user, found.revoked), (phone.device, samira, false));
    assert_eq!(found.outbox_key, phone.outbox_key, "byte for byte");
    assert!(b.device(Credential::Renew, phone.push).await.unwrap().is_none(), "each can do its own");
    assert!(b.device(Credential::Push, hash()).await.unwrap().is_none());

    let again = NewDevice { push: hash(), renew: hash(), ..phone.clone() };
    let other_key = NewDevice { outbox_mark: hash(), ..again.clone() };
    let other_user = NewDevice { user: bert.user, ..again.clone() };
    for refused in [&other_key, &other_user] {
        assert!(!b.add_device(refused, &session(refused, at(1_000))).await.unwrap());
        assert!(b.device(Credential::Push, refused.push).await.unwrap().is_none(), "and left nothing");
    }
    assert!(b.add_device(&again, &session(&again, at(1_000))).await.unwrap());
    for credential in [phone.push, again.push] {
        assert_eq!(a.device(Credential::Push, credential).await.unwrap().unwrap().device, phone.device, "both are of it");
    }

    let open = session(&phone, at(1_000));
    assert!(a.add_session(&open, at(0)).await.unwrap());
    let known = b.registered(phone.device).await.unwrap().unwrap();
    assert_eq!(
        (known.device, known.user, known.outbox_key, known.revoked),
        (phone.device, samira, phone.outbox_key.clone(), false)
    );
    assert!(a.registered(DeviceId(id())).await.unwrap().is_none());
    b.revoke_device(phone.device, at(1)).await.unwrap();
    b.revoke_device(DeviceId(id()), at(1)).await.unwrap();
    assert!(a.device(Credential::Push, phone.push).await.unwrap().unwrap().revoked, "it can still push");
    assert!(a.session(open.hash, at(1)).await.unwrap().is_none(), "and no more");
    let once_more = NewDevice { push: hash(), renew: hash(), ..phone.clone() };
    assert!(!a.add_device(&once_more, &session(&once_more, at(1_000))).await.unwrap(), "revoked stays revoked");
}

async fn a_session_ends_in_three_ways(two: Two) {
    let World { a, b, user, .. } = World::new(two).await;
    let phone = device(user);
    let first = session(&phone, at(100));
    a.add_device(&phone, &first).await.unwrap();
    let asker = b.session(first.hash, at(99)).await.unwrap().unwrap();
    assert_eq!((asker.user, asker.device, asker.role), (user, phone.device, Role::Worker));
    assert_eq!((asker.login_name.as_str(), asker.name.as_str()), ("samira", "Naam van samira"));
    assert!(b.session(first.hash, at(100)).await.unwrap().is_none(), "it lapsed");
    let second = NewSession { hash: hash(), expires: at(300), ..first };
    assert!(b.add_session(&second, at(100)).await.unwrap());
    let stranger = NewSession { hash: hash(), ..session(&device(user), at(300)) };
    assert!(!b.add_session(&stranger, at(100)).await.unwrap(), "nothing renews it");
    assert!(a.session(first.hash, at(0)).await.unwrap().is_none(), "it was swept");
    assert!(a.session(second.hash, at(200)).await.unwrap().is_some());
    a.end_session(second.hash).await.unwrap();
    a.end_session(hash()).await.unwrap();
    assert!(b.session(second.hash, at(200)).await.unwrap().is_none(), "it was ended");
}

async fn a_server_that_closed_leaves_the_other_alone(two: Two) {
    let World { a, b, .. } = World::new(two).await;
    a.close().await;
    assert!(a.ping().await.is_err());
    b.ping().await.unwrap();
}
