//! Planted bugs: a storage with any of these must not get through the suite.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures::FutureExt as _;
use waakvlam::domain::places::NeighbourhoodCode;
use waakvlam::domain::quarter::Quarter;
use waakvlam::domain::{DeviceId, JournalId, JournalKind, Role, UserId};
use waakvlam::server::storage::{
    About, Asker, Batch, Completed, Credential, Device, Enrolment, Erasing, Given, Grant, Installation, Landing, Neighbourhood,
    NewDevice, NewEnrolment, NewJournal, NewSession, NewUser, PlacesOf, Pull, Pulled, Quarantined, Storage, StorageError, Wanted,
};
use waakvlam::server::subject_keys::SubjectKeys;
use waakvlam::sync::chain::{Bytes32, START};
use waakvlam::sync::wire::{Granted, JournalRow, Offered, Probe, UserRow};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Bug {
    None,
    FoundsTwice,
    SortsLikeADictionary,
    RevokedGrantForgotten,
    RevokedGrantStays,
    OldLinkWorks,
    LinkWorksTwice,
    DeviceTakenIsDone,
    RevokedCannotPush,
    SessionNeverLapses,
    SessionSurvivesItsEnd,
    AnyCredentialWill,
    LandingsInReverse,
    CloneNotTold,
    AcknowledgedAndLost,
    QuarantineForgets,
    PageTooLong,
    DivergedUnseen,
    HeadOfAnotherMoment,
    PayloadReadAgain,
    SecondsOnly,
    OwnTextsOnceOnly,
    GivenOutOfOrder,
    FirstInCommon,
    OfferedNow,
    OldPlanIsWritten,
    CodeForgotten,
    EpochStays,
    SummaryThaws,
    ErasureForgotten,
    ErasureNotCounted,
    ErasureNotTold,
    ErasureOfTheListedOnly,
    ErasureOfSubjectsOnly,
    RestoreForgetsErasures,
    PushDoesNotCheck,
    OfferDoesNotCheck,
    AnyKeysWill,
    FoundsForAnybody,
    FoundsWithoutItsPeople,
    LetsInAgain,
    ReadersForgotten,
    ClosedFirst,
}

const BUGS: [Bug; 42] = [
    Bug::FoundsTwice,
    Bug::SortsLikeADictionary,
    Bug::RevokedGrantForgotten,
    Bug::RevokedGrantStays,
    Bug::OldLinkWorks,
    Bug::LinkWorksTwice,
    Bug::DeviceTakenIsDone,
    Bug::RevokedCannotPush,
    Bug::SessionNeverLapses,
    Bug::SessionSurvivesItsEnd,
    Bug::AnyCredentialWill,
    Bug::LandingsInReverse,
    Bug::CloneNotTold,
    Bug::AcknowledgedAndLost,
    Bug::QuarantineForgets,
    Bug::PageTooLong,
    Bug::DivergedUnseen,
    Bug::HeadOfAnotherMoment,
    Bug::PayloadReadAgain,
    Bug::SecondsOnly,
    Bug::OwnTextsOnceOnly,
    Bug::GivenOutOfOrder,
    Bug::FirstInCommon,
    Bug::OfferedNow,
    Bug::OldPlanIsWritten,
    Bug::CodeForgotten,
    Bug::EpochStays,
    Bug::SummaryThaws,
    Bug::ErasureForgotten,
    Bug::ErasureNotCounted,
    Bug::ErasureNotTold,
    Bug::ErasureOfTheListedOnly,
    Bug::ErasureOfSubjectsOnly,
    Bug::RestoreForgetsErasures,
    Bug::PushDoesNotCheck,
    Bug::OfferDoesNotCheck,
    Bug::AnyKeysWill,
    Bug::FoundsForAnybody,
    Bug::FoundsWithoutItsPeople,
    Bug::LetsInAgain,
    Bug::ReadersForgotten,
    Bug::ClosedFirst,
];

#[tokio::test(flavor = "multi_thread")]
async fn every_planted_bug_is_caught() {
    let mut missed = Vec::new();
    for bug in BUGS {
        if !caught(bug).await {
            missed.push(bug);
        }
    }
    assert!(missed.is_empty(), "not caught: {missed:?}");
    assert!(!caught(Bug::None).await, "without a bug the suite passes");
    println!("planted: {}/{} caught", BUGS.len(), BUGS.len());
}

async fn caught(bug: Bug) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let make = async || {
        let (a, b) = super::sqlite(&folder).await;
        (Arc::new(Planted(a, bug)) as Arc<dyn Storage>, Arc::new(Planted(b, bug)) as Arc<dyn Storage>)
    };
    std::panic::AssertUnwindSafe(super::keeps_its_promises(make)).catch_unwind().await.is_err()
}

struct Planted(Arc<dyn Storage>, Bug);

type Answer<T> = Result<T, StorageError>;

#[async_trait]
impl Storage for Planted {
    async fn installation(&self) -> Answer<Option<Installation>> {
        self.0.installation().await
    }

    async fn found(&self, keyring: Bytes32) -> Answer<Installation> {
        let found = self.0.found(keyring).await?;
        Ok(if self.1 == Bug::FoundsTwice { Installation { keyring, ..found } } else { found })
    }

    async fn begin_epoch(&self) -> Answer<Installation> {
        match self.1 {
            Bug::EpochStays => Ok(self.0.installation().await?.unwrap()),
            _ => self.0.begin_epoch().await,
        }
    }

    async fn unlock(&self, keys: Arc<SubjectKeys>) -> Answer<bool> {
        let ours = self.0.unlock(keys).await?;
        Ok(ours || self.1 == Bug::AnyKeysWill)
    }

    async fn ping(&self) -> Answer<()> {
        self.0.ping().await
    }

    async fn close(&self) {
        self.0.close().await;
    }

    async fn add_journal(&self, kind: JournalKind, name: &str) -> Answer<Option<JournalId>> {
        self.0.add_journal(kind, name).await
    }

    async fn journals(&self) -> Answer<Vec<JournalRow>> {
        let mut journals = self.0.journals().await?;
        if self.1 == Bug::SortsLikeADictionary {
            journals.sort_by_key(|row| (row.kind.as_str(), row.name.to_lowercase()));
        }
        Ok(journals)
    }

    async fn add_user(&self, user: &NewUser) -> Answer<bool> {
        self.0.add_user(user).await
    }

    async fn users(&self) -> Answer<Vec<UserRow>> {
        self.0.users().await
    }

    async fn login(&self, login_name: &str) -> Answer<Option<(UserId, Option<Vec<u8>>)>> {
        self.0.login(login_name).await
    }

    async fn found_closed(&self, journal: JournalId, new: &NewJournal) -> Answer<bool> {
        let founded = self.0.found_closed(journal, new).await?;
        if founded && self.1 == Bug::LetsInAgain {
            for user in &new.with {
                self.0.set_grant(*user, journal, Role::Supervisor).await?;
            }
        }
        Ok(founded || self.1 == Bug::FoundsForAnybody)
    }

    async fn grants(&self, user: UserId) -> Answer<Vec<Granted>> {
        let mut grants = self.0.grants(user).await?;
        match self.1 {
            Bug::ReadersForgotten => grants.iter_mut().for_each(|granted| granted.readers.clear()),
            Bug::ClosedFirst => grants.sort_by_key(|granted| granted.kind.as_str()),
            _ => {}
        }
        Ok(grants)
    }

    async fn grant(&self, user: UserId, journal: JournalId) -> Answer<Option<Grant>> {
        let grant = self.0.grant(user, journal).await?;
        Ok(grant.filter(|grant| !(grant.revoked && self.1 == Bug::RevokedGrantForgotten)))
    }

    async fn set_grant(&self, user: UserId, journal: JournalId, role: Role) -> Answer<()> {
        self.0.set_grant(user, journal, role).await
    }

    async fn revoke_grant(&self, user: UserId, journal: JournalId, at: DateTime<Utc>) -> Answer<()> {
        if self.1 == Bug::RevokedGrantStays { Ok(()) } else { self.0.revoke_grant(user, journal, at).await }
    }

    async fn add_enrolment(&self, user: UserId, enrolment: &NewEnrolment, at: DateTime<Utc>) -> Answer<bool> {
        let at = if self.1 == Bug::OldLinkWorks { at + chrono::TimeDelta::days(9) } else { at };
        self.0.add_enrolment(user, enrolment, at).await
    }

    async fn enrolment(&self, code: Bytes32) -> Answer<Option<Enrolment>> {
        self.0.enrolment(code).await
    }

    async fn complete_enrolment(
        &self,
        code: Bytes32,
        login: &[u8],
        device: &NewDevice,
        session: &NewSession,
        at: DateTime<Utc>,
    ) -> Answer<Completed> {
        Ok(match (self.1, self.0.complete_enrolment(code, login, device, session, at).await?) {
            (Bug::LinkWorksTwice, Completed::Used) | (Bug::DeviceTakenIsDone, Completed::DeviceTaken) => Completed::Done,
            (_, completed) => completed,
        })
    }

    async fn add_device(&self, device: &NewDevice, session: &NewSession) -> Answer<bool> {
        self.0.add_device(device, session).await
    }

    async fn device(&self, kind: Credential, hash: Bytes32) -> Answer<Option<Device>> {
        let found = self.0.device(kind, hash).await?;
        match self.1 {
            Bug::AnyCredentialWill if found.is_none() => self.0.device(Credential::Push, hash).await,
            Bug::RevokedCannotPush => Ok(found.filter(|device| !device.revoked)),
            _ => Ok(found),
        }
    }

    async fn revoke_device(&self, device: DeviceId, at: DateTime<Utc>) -> Answer<()> {
        self.0.revoke_device(device, at).await
    }

    async fn registered(&self, device: DeviceId) -> Answer<Option<Device>> {
        self.0.registered(device).await
    }

    async fn add_session(&self, session: &NewSession, at: DateTime<Utc>) -> Answer<bool> {
        self.0.add_session(session, at).await
    }

    async fn session(&self, hash: Bytes32, at: DateTime<Utc>) -> Answer<Option<Asker>> {
        let at = if self.1 == Bug::SessionNeverLapses { DateTime::UNIX_EPOCH } else { at };
        self.0.session(hash, at).await
    }

    async fn end_session(&self, hash: Bytes32) -> Answer<()> {
        if self.1 == Bug::SessionSurvivesItsEnd { Ok(()) } else { self.0.end_session(hash).await }
    }

    async fn push(&self, mut batch: Batch) -> Answer<Vec<Landing>> {
        if let (Bug::FoundsWithoutItsPeople, Some(founding)) = (self.1, &mut batch.founding) {
            founding.with.clear();
        }
        if self.1 == Bug::AcknowledgedAndLost && batch.records.len() > 400 {
            let lost = batch.records.pop();
            let mut landings = self.0.push(batch).await?;
            landings.extend(lost.map(|_| Landing::Stored { seq: 500, author: UserId(uuid::Uuid::nil()), cloned: false }));
            return Ok(landings);
        }
        let mut landings = self.0.push(batch).await?;
        match self.1 {
            Bug::LandingsInReverse => landings.reverse(),
            Bug::CloneNotTold => landings.iter_mut().for_each(|landing| {
                if let Landing::Stored { cloned, .. } = landing {
                    *cloned = false;
                }
            }),
            Bug::PushDoesNotCheck => landings.iter_mut().filter(|landing| **landing == Landing::Erased).for_each(|landing| {
                *landing = Landing::Stored { seq: 1, author: UserId(uuid::Uuid::nil()), cloned: false };
            }),
            _ => {}
        }
        Ok(landings)
    }

    async fn pull(&self, mut pull: Pull) -> Answer<Option<Pulled>> {
        match self.1 {
            Bug::PageTooLong => pull.bytes = usize::MAX,
            Bug::DivergedUnseen => pull.chain = None,
            _ => {}
        }
        let mut pulled = self.0.pull(pull).await?;
        if let Some(Pulled::Page { head, chain, lines, erasures, erased }) = &mut pulled {
            for entry in lines.iter_mut().filter_map(|line| line.entry.as_mut()) {
                match self.1 {
                    Bug::PayloadReadAgain => {
                        let value: serde_json::Value = serde_json::from_str(entry.payload.get()).unwrap();
                        entry.payload = serde_json::value::to_raw_value(&value).unwrap();
                    }
                    Bug::SecondsOnly => entry.received_at = DateTime::from_timestamp(entry.received_at.timestamp(), 0).unwrap(),
                    _ => {}
                }
            }
            match self.1 {
                Bug::HeadOfAnotherMoment if lines.len() < 3 => *head += 1,
                Bug::DivergedUnseen if lines.is_empty() => *chain = START,
                Bug::ErasureNotCounted => *erasures = 0,
                Bug::ErasureNotTold => erased.iter_mut().for_each(|erasure| erasure.lines.clear()),
                _ => {}
            }
        }
        Ok(pulled)
    }

    async fn append_own(&self, journal: JournalId, payloads: &[String], at: DateTime<Utc>) -> Answer<()> {
        let payloads = if self.1 == Bug::OwnTextsOnceOnly { &payloads[..payloads.len().min(1)] } else { payloads };
        self.0.append_own(journal, payloads, at).await
    }

    async fn neighbourhoods(&self) -> Answer<Vec<Neighbourhood>> {
        let mut all = self.0.neighbourhoods().await?;
        if self.1 == Bug::CodeForgotten {
            all.iter_mut().for_each(|one| one.code = None);
        }
        Ok(all)
    }

    async fn set_code(&self, journal: JournalId, code: &NeighbourhoodCode, year: u16) -> Answer<bool> {
        self.0.set_code(journal, code, year).await
    }

    async fn import_places(&self, places: &[PlacesOf], at: DateTime<Utc>) -> Answer<bool> {
        let mut places = places.to_vec();
        if self.1 == Bug::OldPlanIsWritten {
            places.iter_mut().for_each(|one| one.after = u64::MAX);
        }
        self.0.import_places(&places, at).await
    }

    async fn append_given(&self, journal: JournalId, entries: &[Given]) -> Answer<()> {
        let mut entries = entries.to_vec();
        if self.1 == Bug::GivenOutOfOrder {
            entries.reverse();
        }
        self.0.append_given(journal, &entries).await
    }

    async fn common(&self, journal: JournalId, probes: &[Probe]) -> Answer<u64> {
        let mut probes = probes.to_vec();
        if self.1 == Bug::FirstInCommon {
            probes.truncate(1);
        }
        self.0.common(journal, &probes).await
    }

    async fn offer(&self, journal: JournalId, entries: &[Given]) -> Answer<Vec<Offered>> {
        let mut entries = entries.to_vec();
        if self.1 == Bug::OfferedNow {
            entries.iter_mut().for_each(|entry| entry.received_at = Utc::now());
        }
        let mut offered = self.0.offer(journal, &entries).await?;
        if self.1 == Bug::OfferDoesNotCheck {
            offered.iter_mut().filter(|one| **one == Offered::Erased).for_each(|one| *one = Offered::Stored { seq: 1 });
        }
        Ok(offered)
    }

    async fn about(&self, wanted: &Wanted) -> Answer<Vec<About>> {
        self.0.about(wanted).await
    }

    async fn erase(&self, erasing: &Erasing) -> Answer<u64> {
        let mut erasing = erasing.clone();
        match self.1 {
            Bug::ErasureForgotten => return Ok(erasing.entries.values().map(|ids| ids.len() as u64).sum()),
            Bug::ErasureOfTheListedOnly => erasing.subject = None,
            Bug::ErasureOfSubjectsOnly => erasing.entries.values_mut().for_each(BTreeSet::clear),
            _ => {}
        }
        self.0.erase(&erasing).await
    }

    async fn wishes(&self) -> Answer<Vec<(JournalId, u64)>> {
        self.0.wishes().await
    }

    async fn erasures(&self) -> Answer<Vec<Erasing>> {
        let mut erasures = self.0.erasures().await?;
        if self.1 == Bug::RestoreForgetsErasures {
            erasures.clear();
        }
        Ok(erasures)
    }

    async fn wipe(&self) -> Answer<()> {
        self.0.wipe().await
    }

    async fn quarantined(&self, journal: JournalId) -> Answer<Vec<Quarantined>> {
        let mut kept = self.0.quarantined(journal).await?;
        if self.1 == Bug::QuarantineForgets {
            kept.truncate(200);
        }
        Ok(kept)
    }

    async fn summary(&self, journal: JournalId, quarter: Quarter) -> Answer<Option<String>> {
        self.0.summary(journal, quarter).await
    }

    async fn freeze_summary(&self, journal: JournalId, quarter: Quarter, summary: &str, at: DateTime<Utc>) -> Answer<String> {
        let kept = self.0.freeze_summary(journal, quarter, summary, at).await?;
        Ok(if self.1 == Bug::SummaryThaws { summary.to_owned() } else { kept })
    }
}
