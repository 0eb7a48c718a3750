//! Help that was asked of a party, its way to "hulp is begonnen" or the reason why not, and what a resident agreed to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::fields::fields;
use crate::domain::ids::EntryId;
use crate::domain::json;

list! {
    /// Who can take something on, by kind: FIELD, "Parties in a neighbourhood".
    Party {
        /// The district team.
        DistrictTeam,
        /// Welfare, social work.
        Welfare,
        /// The housing corporation.
        Housing,
        /// Mental health care, FACT.
        MentalHealth,
        /// Outreach care of the GGD.
        OutreachCare,
        /// Care for addiction.
        AddictionCare,
        /// The GP.
        Doctor,
        /// District nursing.
        DistrictNursing,
        /// Veilig Thuis.
        SafeAtHome,
        /// Help with debts.
        DebtHelp,
        /// The neighbourhood's police officer.
        Police,
        /// Mediation between neighbours.
        Mediation,
        /// Support for clients.
        ClientSupport,
        /// The youth team.
        YouthTeam,
        /// A school.
        School,
        /// The Zorg- en Veiligheidshuis.
        SafetyHouse,
        /// A buddy project.
        Buddies,
        /// The municipality.
        Municipality,
    }
}

list! {
    /// Who agreed.
    AgreedBy {
        /// The resident.
        Resident,
        /// A parent, for a child.
        Parent,
        /// A mentor or guardian.
        Representative,
    }
}

list! {
    /// On what ground something is shared without consent; a lawyer of the organisation decides which hold.
    Ground {
        /// Danger to life or health.
        VitalInterest,
        /// A law says so.
        LegalDuty,
        /// The safety of a child.
        ChildSafety,
        /// A task in the public interest.
        PublicTask,
    }
}

fields! {
    /// How somebody agreed: who, by what word, when.
    pub struct Agreed {
        /// Who.
        pub by: AgreedBy,
        /// By what word.
        pub word: String,
        /// On which day.
        pub on: NaiveDate,
        /// Who interpreted, if somebody did; never a child.
        pub interpreter: String = default,
    }
}

fields! {
    /// "Hulp vragen bij …": a concern handed to a party. Without consent it waits for a supervisor's release.
    pub struct Referral {
        /// From which concern.
        pub of: EntryId,
        /// To whom.
        pub party: Party,
        /// Exactly what is shared; it was shown beforehand.
        pub shared: String,
        /// The resident's consent.
        pub agreed: Option<Agreed>,
        /// Or the ground on which a supervisor is asked to release it.
        pub ground: Option<Ground>,
    }
}

list! {
    /// How far help has come; the last five are the reasons why not.
    Stage {
        /// A supervisor released it.
        Released,
        /// It went to the party.
        Sent,
        /// The party has it.
        Received,
        /// The party took it up.
        TakenUp,
        /// Help has begun: the resident was really seen.
        Started,
        /// It is finished.
        Finished,
        /// No fitting help was found.
        NotFound,
        /// There is a waiting list.
        WaitingList,
        /// The party refused.
        Refused,
        /// Such help does not exist here.
        DoesNotExist,
        /// The resident does not want it.
        Unwanted,
    }
}

impl Stage {
    /// Whether this is a reason why help did not begin. A waiting list is not the end: it is asked after again.
    #[must_use]
    pub fn is_why_not(self) -> bool {
        matches!(self, Self::NotFound | Self::Refused | Self::DoesNotExist | Self::Unwanted)
    }

    /// Whether nobody has to ask after it any more.
    #[must_use]
    pub fn has_begun(self) -> bool {
        matches!(self, Self::Started | Self::Finished)
    }
}

fields! {
    /// A step on the way of help.
    pub struct ReferralStep {
        /// Of which referral.
        pub of: EntryId,
        /// How far.
        pub stage: Stage,
        /// In words.
        pub text: String = default,
        /// How many weeks the waiting list is.
        pub weeks: Option<u16>,
    }
}

fields! {
    /// What a resident agrees to share with a party, from now on; the latest counts.
    pub struct Consent {
        /// With whom.
        pub party: Party,
        /// Given, or withdrawn.
        pub given: bool,
        /// How.
        pub agreed: Agreed,
    }
}
