//! `waakvlam rescue FILE`: takes in what a phone could not keep, from the file that it gave away instead.
//!
//! The records are sealed as in an outbox and go through the same door as a push: the same judgement, quarantine, receipts and numbers. A
//! record that is there already stays where it is, so a file may be taken in twice, or after the phone has sent the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;

use super::Server;
use super::config::Data;
use super::extract::Pusher;
use super::keyring::OutboxKey;
use super::open;
use super::problem::ApiError;
use super::pushes::MAX_N;
use super::storage::{Pull, Pulled};
use crate::domain::{DeviceId, JournalId, UserId};
use crate::sync::MAX_RECORDS;
use crate::sync::wire::rescue::{Rescue, Rescued, VERSION};
use crate::sync::wire::{Outcome, Push, SealedRecord};

/// So large a file is no rescue file.
const MAX_FILE: u64 = 64 << 20;

/// What to take in.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct RescueFile {
    /// The file that a phone saved: waakvlam-noodbestand-….json
    file: PathBuf,
    /// Whose phone it is, where this server does not know it any more (a restore lost it): you vouch for that
    #[arg(long, value_name = "LOGIN_NAME")]
    phone_of: Option<String>,
}

/// What became of the records.
#[derive(Debug, Default)]
struct Tally {
    stored: usize,
    known: usize,
    apart: BTreeMap<&'static str, usize>,
    erased: usize,
    closed: usize,
    strange: usize,
}

impl RescueFile {
    /// Takes it in; says what was done.
    ///
    /// # Errors
    /// When the file is none, or the database failed.
    pub(super) async fn run(&self, data: &Data) -> anyhow::Result<String> {
        let size = std::fs::metadata(&self.file).with_context(|| format!("reading {}", self.file.display()))?.len();
        anyhow::ensure!(size <= MAX_FILE, "{} is too large to be a rescue file", self.file.display());
        let text = std::fs::read(&self.file).with_context(|| format!("reading {}", self.file.display()))?;
        let rescue: Rescue =
            serde_json::from_slice(&text).with_context(|| format!("{} is not a rescue file", self.file.display()))?;
        anyhow::ensure!(
            rescue.waakvlam_rescue == VERSION,
            "{} is a rescue file of another version: update this server",
            self.file.display()
        );
        let server = open(data).await?;
        let done = self.take_in(&server, rescue).await;
        server.storage.close().await;
        done
    }

    async fn take_in(&self, server: &Server, rescue: Rescue) -> anyhow::Result<String> {
        let whose = match &self.phone_of {
            None => None,
            Some(name) => {
                let found = server.storage.login(&name.trim().to_lowercase()).await?;
                Some(found.with_context(|| format!("nobody has the login name “{name}”; `waakvlam user list` prints them"))?.0)
            }
        };
        let given = rescue.outbox_key.as_ref().and_then(|key| server.keyring.decrypt_outbox_key(key));
        let all = rescue.records.len();
        let mut groups: BTreeMap<(DeviceId, JournalId), Vec<Rescued>> = BTreeMap::new();
        for record in rescue.records {
            groups.entry((record.device, record.journal)).or_default().push(record);
        }
        let mut tally = Tally::default();
        let mut strangers = BTreeSet::new();
        for ((device, journal), records) in groups {
            match pusher(server, device, given.as_ref(), whose).await? {
                Some(pusher) => tally.add(server, &pusher, journal, records).await?,
                None => {
                    tally.strange += records.len();
                    strangers.insert(device);
                }
            }
        }
        Ok(tally.told(all, strangers.len()))
    }
}

/// As whom a device's records are taken: as its owner's, under the key that it registered. A device that is not known counts for whom the
/// operator vouches, under the key in the file.
async fn pusher(
    server: &Server,
    device: DeviceId,
    given: Option<&OutboxKey>,
    whose: Option<UserId>,
) -> anyhow::Result<Option<Pusher>> {
    if let Some(known) = server.storage.registered(device).await? {
        let key = server.keyring.unwrap(device, &known.outbox_key).context("an outbox key does not open under this keyring")?;
        return Ok(Some(Pusher { device, user: known.user, key }));
    }
    Ok(whose.zip(given).map(|(user, key)| Pusher { device, user, key: key.clone() }))
}

impl Tally {
    async fn add(&mut self, server: &Server, pusher: &Pusher, journal: JournalId, records: Vec<Rescued>) -> anyhow::Result<()> {
        let end = Pull { journal, after: 0, chain: None, lines: 0, bytes: 0, erasures: u64::MAX };
        // A journal that is not there may be founded by what is in the file.
        let head = match server.storage.pull(end).await? {
            Some(Pulled::Page { head, .. }) => head,
            _ => 0,
        };
        // Numbers in JSON are exact up to there, and a push holds no other.
        let (records, odd): (Vec<_>, Vec<_>) = records.into_iter().partition(|record| (1..=MAX_N).contains(&record.n));
        self.closed += odd.len();
        for some in records.chunks(MAX_RECORDS) {
            let records = some.iter().map(|record| SealedRecord { n: record.n, sealed: record.sealed.clone() }).collect();
            let push = Push { device: pusher.device, records };
            let answer = match server.push(pusher, journal, push).await {
                Ok(answer) => answer,
                // Nothing that opens, or never granted: counted, not taken.
                Err(ApiError::DoesNotOpen | ApiError::UnknownJournal) => {
                    self.closed += some.len();
                    continue;
                }
                Err(why) => return Err(why).context("taking the records in"),
            };
            for result in answer.results {
                match result.outcome {
                    Outcome::Stored { seq, .. } if seq <= head => self.known += 1,
                    Outcome::Stored { .. } => self.stored += 1,
                    Outcome::Quarantined { reason } => *self.apart.entry(reason.as_str()).or_default() += 1,
                    Outcome::Erased => self.erased += 1,
                    Outcome::Refused => self.closed += 1,
                }
            }
        }
        Ok(())
    }

    fn told(&self, all: usize, strangers: usize) -> String {
        let mut said = format!("In dit bestand: {}.\n", count(all));
        let apart: usize = self.apart.values().sum();
        let reasons: Vec<String> = self.apart.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        let lines = [
            (self.stored, "opgenomen in het logboek".to_owned()),
            (self.known, "had het kantoor al".to_owned()),
            (apart, format!("apart gelegd ({})", reasons.join(", "))),
            (self.erased, "niet bewaard: gaat over iemand die is gewist".to_owned()),
            (self.closed, "niet te openen: beschadigd, of niet van een telefoon van dit kantoor".to_owned()),
            (self.strange, "niet opgenomen".to_owned()),
        ];
        for (count, what) in lines.iter().filter(|(count, _)| *count > 0) {
            let _ = writeln!(said, "  {count} {what}");
        }
        if strangers > 0 {
            said.push_str(
                "Deze server kent de telefoon niet (meer). Weet je zeker van wie hij is? Geef dan --phone-of INLOGNAAM mee; het bestand moet daar de sleutel bij hebben.\n",
            );
        }
        said
    }
}

fn count(all: usize) -> String {
    if all == 1 { "1 aantekening".to_owned() } else { format!("{all} aantekeningen") }
}
