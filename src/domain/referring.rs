//! "Hulp vragen bij …": what may be shared, who releases it, and which step can follow which.
//!
//! - Nothing goes to a party without the resident's consent (who, by what word, when) or a ground on which a supervisor releases it.
//! - The text that is shared holds neither who told nor what the writer only thinks. What is about health is left out of what is proposed for
//!   a housing corporation (source: FIELD, "Signals" and "Law").
//! - Its way goes forward only, to "hulp is begonnen" or the reason why not. A waiting list is no end.

use chrono::NaiveDate;

use super::body::{Concern, Fact, Party, Referral, Stage, Tile};
use super::caseload::ReferralState;
use super::noting::LONGEST_TEXT;
use super::rights::Role;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Whether the resident agrees, or on what ground.
    Agreement,
    /// By what word.
    Word,
    /// When.
    On,
    /// Who interpreted.
    Interpreter,
    /// What is shared.
    Shared,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Neither consent nor a ground.
    NothingToGoOn,
    /// Nothing was filled in.
    Empty,
    /// The day lies ahead.
    InFuture,
    /// A child interpreted.
    ChildInterprets,
    /// Who told stands in the text.
    NamesSource,
    /// What the writer only thinks stands in the text.
    HoldsThought,
    /// It is too long.
    TooLong,
}

/// What is proposed to share of a concern: what was seen, and nothing of who told or what is thought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it is about.
    pub tile: Option<Tile>,
    /// The chips.
    pub facts: Vec<Fact>,
    /// The words.
    pub seen: String,
    /// Whether something about health was left out.
    pub without_health: bool,
}

/// Whether a chip says something about health.
#[must_use]
pub fn is_health(fact: Fact) -> bool {
    matches!(fact, Fact::Confused | Fact::Thinner)
}

/// What is proposed to share with a party.
#[must_use]
pub fn propose(concern: &Concern, party: Party) -> Proposal {
    let without = party == Party::Housing;
    let about_health = concern.tile == Tile::Health;
    let facts: Vec<Fact> = concern.facts.iter().copied().filter(|fact| !(without && is_health(*fact))).collect();
    Proposal {
        without_health: without && (about_health || facts.len() < concern.facts.len()),
        tile: (!(without && about_health)).then_some(concern.tile),
        facts,
        seen: if without && about_health { String::new() } else { concern.seen.clone() },
    }
}

/// Words that say that a child interpreted.
const CHILD: [&str; 7] = ["kind", "kinderen", "zoon", "zoontje", "dochter", "dochtertje", "kleinkind"];

/// What is wrong with what is asked.
#[must_use]
pub fn check(referral: &Referral, concern: &Concern, today: NaiveDate) -> Vec<(At, Wrong)> {
    let mut wrong = Vec::new();
    match &referral.agreed {
        None if referral.ground.is_none() => wrong.push((At::Agreement, Wrong::NothingToGoOn)),
        None => {}
        Some(agreed) => {
            if agreed.word.trim().is_empty() {
                wrong.push((At::Word, Wrong::Empty));
            } else if agreed.word.chars().count() > LONGEST_TEXT {
                wrong.push((At::Word, Wrong::TooLong));
            }
            if agreed.on > today {
                wrong.push((At::On, Wrong::InFuture));
            }
            let interpreter = agreed.interpreter.to_lowercase();
            let mut words = interpreter.split(|char: char| !char.is_alphabetic());
            // A grown-up daughter may: then it says so.
            if words.any(|word| CHILD.contains(&word)) && !interpreter.contains("volwassen") {
                wrong.push((At::Interpreter, Wrong::ChildInterprets));
            }
        }
    }
    if let Some(why) = check_shared(&referral.shared, concern) {
        wrong.push((At::Shared, why));
    }
    wrong
}

/// What is wrong with the text that is shared.
#[must_use]
pub fn check_shared(shared: &str, concern: &Concern) -> Option<Wrong> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let text = plain(shared);
    let holds = |part: &str| {
        let part = plain(part);
        !part.is_empty() && text.contains(&part)
    };
    if text.is_empty() {
        Some(Wrong::Empty)
    } else if shared.chars().count() > LONGEST_TEXT {
        Some(Wrong::TooLong)
    } else if holds(&concern.told_by) {
        Some(Wrong::NamesSource)
    } else if holds(&concern.thought) {
        Some(Wrong::HoldsThought)
    } else {
        None
    }
}

/// Why a step can't be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// It was taken back.
    #[error("what was asked was taken back")]
    Withdrawn,
    /// It ended already.
    #[error("it ended already")]
    Ended,
    /// Only a supervisor releases.
    #[error("only a supervisor releases without consent")]
    Supervisor,
    /// There is nothing to release.
    #[error("it may go already")]
    Free,
    /// It waits for a supervisor.
    #[error("without consent it waits for a supervisor")]
    NotFree,
    /// Something has to come before it, or it is further already.
    #[error("that step does not follow here")]
    Order,
}

/// How far along the way a stage is; the reasons why not stand beside it.
fn mile(stage: Option<Stage>) -> u8 {
    match stage {
        Some(Stage::Sent) => 1,
        Some(Stage::Received) => 2,
        Some(Stage::WaitingList) => 3,
        Some(Stage::TakenUp) => 4,
        Some(Stage::Started) => 5,
        Some(Stage::Finished) => 6,
        _ => 0,
    }
}

/// Whether somebody in this role may set this step now.
///
/// # Errors
/// Why not.
pub fn may_follow(state: &ReferralState, stage: Stage, role: Role) -> Result<(), NotNow> {
    let now = state.stage();
    if state.withdrawn.is_some() {
        return Err(NotNow::Withdrawn);
    }
    if now.is_some_and(|now| now.is_why_not() || now == Stage::Finished) {
        return Err(NotNow::Ended);
    }
    if stage == Stage::Released {
        return match (state.is_free(), role) {
            (true, _) => Err(NotNow::Free),
            (false, Role::Supervisor) => Ok(()),
            (false, _) => Err(NotNow::Supervisor),
        };
    }
    let fits = match stage {
        Stage::Sent if !state.is_free() => return Err(NotNow::NotFree),
        // Nobody was found, it does not exist, or they do not want it: also before anything went out.
        Stage::NotFound | Stage::DoesNotExist => mile(now) < mile(Some(Stage::TakenUp)),
        Stage::Unwanted => mile(now) < mile(Some(Stage::Finished)),
        Stage::Refused => (mile(Some(Stage::Sent))..mile(Some(Stage::Started))).contains(&mile(now)),
        // Asked after again, it may be there still.
        Stage::WaitingList => (mile(Some(Stage::Sent))..=mile(Some(Stage::WaitingList))).contains(&mile(now)),
        Stage::Finished => now == Some(Stage::Started),
        Stage::Received | Stage::TakenUp | Stage::Started => {
            mile(now) >= mile(Some(Stage::Sent)) && mile(now) < mile(Some(stage))
        }
        Stage::Sent => now.is_none(),
        Stage::Released => false,
    };
    if fits { Ok(()) } else { Err(NotNow::Order) }
}

/// The steps that somebody in this role can set now, in the order of the screen.
#[must_use]
pub fn next(state: &ReferralState, role: Role) -> Vec<Stage> {
    Stage::ALL.iter().copied().filter(|stage| may_follow(state, *stage, role).is_ok()).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "referring/tests.rs"]
mod tests;
