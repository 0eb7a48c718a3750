//! What fewer may read: it stands in a closed journal, and the neighbourhood's journal says only that something runs and whom to
//! call.

use serde::{Deserialize, Serialize};

use super::fields::fields;
use crate::domain::ids::{EntryId, JournalId, UserId};
use crate::domain::json;

fields! {
    /// A closed journal begins: its first entry. From who wrote it, its salt and its text the journal's id is worked out, so that nobody else
    /// can begin the same one.
    pub struct Founding {
        /// The neighbourhood that it belongs to: whoever reads it works there.
        pub neighbourhood: JournalId,
        /// Who may read it beside its writer.
        pub with: Vec<UserId>,
    }
}

fields! {
    /// Somebody reads a closed journal too from now on, or no more. The office gives the grant, or takes it back, as it stores this.
    pub struct Reader {
        /// The founding of the journal: it says who founded it.
        pub of: EntryId,
        /// Who.
        pub user: UserId,
        /// Reads it from now on, or no more.
        pub reads: bool,
    }
}

fields! {
    /// Something delicate runs about this household: all that colleagues may know of it.
    pub struct Guarded {
        /// In which closed journal. An id is never a secret: nothing is granted to whoever knows it.
        pub journal: JournalId,
        /// Whom to call.
        pub lead: UserId,
        /// Still running, or over.
        pub runs: bool,
    }
}

list! {
    /// The five steps of the Meldcode huiselijk geweld en kindermishandeling (source: FIELD).
    Step {
        /// 1: map the signals.
        Signals,
        /// 2: confer with a colleague, if need be with Veilig Thuis.
        Colleague,
        /// 3: talk with the one concerned.
        Talk,
        /// 4: weigh; in doubt always Veilig Thuis.
        Weigh,
        /// 5: decide whether reporting is necessary, and whether help is possible (too).
        Decide,
    }
}

fields! {
    /// A step that was done, and what came of it. Only in a closed journal.
    pub struct MeldcodeStep {
        /// About which concern.
        pub of: EntryId,
        /// Which step.
        pub step: Step,
        /// What was done and found.
        pub text: String,
    }
}
