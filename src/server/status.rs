//! `waakvlam status`: for whoever watches the server. Names no person, and says nothing of what was written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Server;
use super::storage::{Pull, Pulled};
use crate::domain::JournalKind;

/// The state of the database, as text.
///
/// # Errors
/// When the database failed.
pub(super) async fn run(server: &Server) -> anyhow::Result<String> {
    let storage = &*server.storage;
    let users = storage.users().await?;
    let signed_up = users.iter().filter(|user| user.enrolled).count();
    let mut said = format!(
        "Waakvlam {}, installation {}, epoch {}\nAccounts: {}, of which {signed_up} signed up\n",
        env!("CARGO_PKG_VERSION"),
        server.installation.id,
        server.installation.epoch,
        users.len()
    );
    for row in storage.journals().await? {
        let end = Pull { journal: row.journal, after: 0, chain: None, lines: 0, bytes: 0, erasures: u64::MAX };
        let head = match storage.pull(end).await? {
            Some(Pulled::Page { head, .. }) => head,
            _ => 0,
        };
        // A closed journal's name could tell whom it is about.
        let name = if row.kind == JournalKind::Closed { "(closed)" } else { &row.name };
        let mut apart: BTreeMap<String, usize> = BTreeMap::new();
        for one in storage.quarantined(row.journal).await? {
            *apart.entry(one.reason).or_default() += 1;
        }
        let _ = write!(said, "{name}: {head} entries, {} set apart", apart.values().sum::<usize>());
        for (reason, count) in apart {
            let _ = write!(said, ", {count} {reason}");
        }
        said.push('\n');
    }
    Ok(said)
}
