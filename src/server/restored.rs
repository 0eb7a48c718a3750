//! After a restore: the last number that a phone has in common with us, and what it gives back. See [`crate::sync`] for the
//! protocol.

use super::Server;
use super::problem::{ApiError, field};
use super::storage::{Given, NewJournal};
use crate::domain::body::Founding;
use crate::domain::rights::may_read;
use crate::domain::{JournalId, Payload, UserId};
use crate::sync::chain::commitment;
use crate::sync::wire::{Common, Offer, OfferAnswer, OfferResult, Offered, Probes, StoredEntry};
use crate::sync::{OFFERS, PROBES, intake};

impl Server {
    /// Only who may read a journal now.
    pub(super) async fn reads(&self, user: UserId, journal: JournalId) -> Result<(), ApiError> {
        let grant = self.storage.grant(user, journal).await?;
        let reads = grant.is_some_and(|grant| !grant.revoked && may_read(grant.role, grant.kind));
        if reads { Ok(()) } else { Err(ApiError::UnknownJournal) }
    }

    /// The last of the probes that the journal has with the same chain.
    pub(super) async fn common(&self, user: UserId, journal: JournalId, probes: &Probes) -> Result<Common, ApiError> {
        self.reads(user, journal).await?;
        if probes.probes.len() > PROBES {
            return Err(ApiError::Invalid(vec![field("/probes", "Te veel in één keer.")]));
        }
        let seq = self.storage.common(journal, &probes.probes).await?;
        Ok(Common { epoch: self.installation.epoch, seq })
    }

    /// Takes entries back that a restore lost, of whomever: each by its receipt.
    pub(super) async fn offer(&self, user: UserId, journal: JournalId, offer: &Offer) -> Result<OfferAnswer, ApiError> {
        if offer.entries.len() > OFFERS {
            return Err(ApiError::TooLarge);
        }
        if let Err(no) = self.reads(user, journal).await {
            // Perhaps a restore lost it, with its grants: then it is founded again, as it was.
            let new = offer.entries.iter().find_map(|entry| self.founded(journal, entry)).ok_or(no)?;
            if !self.storage.found_closed(journal, &new).await? {
                return Err(ApiError::UnknownJournal);
            }
            // Who was let in since then, too. What the office has already changes no grant: who was taken off stays so.
            let of = |entry: &StoredEntry| {
                self.receipted(journal, entry).filter(|given| ["founding", "reader"].contains(&given.kind.as_str()))
            };
            let begun: Vec<Given> = offer.entries.iter().filter_map(of).collect();
            self.storage.offer(journal, &begun).await?;
            self.reads(user, journal).await?;
        }
        let given: Vec<Option<Given>> = offer.entries.iter().map(|entry| self.receipted(journal, entry)).collect();
        let taken: Vec<Given> = given.iter().flatten().cloned().collect();
        let outcomes = if taken.is_empty() { Vec::new() } else { self.storage.offer(journal, &taken).await? };
        let mut outcomes = outcomes.into_iter();
        let results = offer.entries.iter().zip(given).map(|(entry, given)| {
            // One outcome for each that has a receipt, in their order.
            let outcome = given.and_then(|_| outcomes.next());
            OfferResult { id: entry.id, outcome: outcome.unwrap_or(Offered::Refused) }
        });
        let results = results.collect();
        Ok(OfferAnswer { epoch: self.installation.epoch, results })
    }

    /// The journal that an entry founds, if it is this one and we gave this receipt for it: nobody has such a receipt who could not read it.
    fn founded(&self, journal: JournalId, entry: &StoredEntry) -> Option<NewJournal> {
        self.receipted(journal, entry)?;
        let payload = Payload::parse(entry.payload.get()).ok()?;
        let commitment = commitment(&entry.salt, entry.payload.get());
        let founding = intake::founding(journal, entry.author, &commitment, &payload)?;
        let Founding { neighbourhood, with } = founding.clone();
        Some(NewJournal { founder: entry.author, neighbourhood, with })
    }

    /// An entry that we gave this receipt for.
    fn receipted(&self, journal: JournalId, entry: &StoredEntry) -> Option<Given> {
        let StoredEntry { id, author, device, n, received_at, salt, receipt, ref payload, .. } = *entry;
        let ours = self.keyring.receipt(journal, id, author, &commitment(&salt, payload.get()));
        if !bool::from(subtle::ConstantTimeEq::ct_eq(receipt.0.as_slice(), ours.0.as_slice())) {
            return None;
        }
        let kind = Payload::parse(payload.get()).ok()?.body.kind().to_owned();
        Some(Given { id, author, device, n, received_at, salt, kind, payload: payload.get().to_owned() })
    }
}
