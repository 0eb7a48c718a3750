//! An entry as the screen says it.

use super::versions;
use crate::app::components::concern_card::help;
use crate::app::components::state::{State, state_of};
use crate::app::desk::Overview;
use crate::app::texts::{labels, noting as t, places, referring, rewording, told};
use crate::app::when;
use crate::domain::body::{Body, Change, Concern, Set, Settled, SettledAs, Severity, Standing, Tile, Verdict, Visit};
use crate::domain::caseload::HouseholdState;
use crate::domain::{Entry, EntryId, PlaceId, Role, Subject, UserId};

/// An entry as the screen says it.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    pub(super) id: EntryId,
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) title: String,
    pub(super) meta: String,
    pub(super) tag: Option<(Tile, Severity)>,
    pub(super) texts: Vec<String>,
    /// What it said before, each with who said so and when.
    pub(super) before: Vec<(String, Vec<String>)>,
    pub(super) state: Option<State>,
    /// What can be done with it.
    pub(super) completes: bool,
    pub(super) rewords: bool,
    pub(super) withdraws: bool,
    pub(super) leads_to: bool,
    /// A supervisor's question that nobody answered.
    pub(super) asks: Option<EntryId>,
}

/// What was written about a place and who lives there now, latest first.
#[must_use]
pub fn read(overview: &Overview, me: UserId, place: PlaceId) -> Vec<EntryRow> {
    overview.caseload.history_of(place).into_iter().rev().filter_map(|entry| row(overview, me, entry)).collect()
}

/// What was written about one household and its persons, latest first.
#[must_use]
pub fn about(overview: &Overview, me: UserId, household: &HouseholdState) -> Vec<EntryRow> {
    let caseload = &overview.caseload;
    let persons = household.persons.iter().map(|person| Subject::Person(*person));
    let about = std::iter::once(Subject::Household(household.id)).chain(persons);
    let mut entries: Vec<_> =
        about.filter_map(|subject| caseload.history.get(&subject)).flatten().filter_map(|id| caseload.entries.get(id)).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.seq.unwrap_or(u64::MAX), entry.n)));
    entries.into_iter().filter_map(|entry| row(overview, me, entry)).collect()
}

/// "Jij", a name, or that it was a colleague.
pub(super) fn who(overview: &Overview, me: UserId, user: UserId) -> String {
    if user == me { t::you().to_owned() } else { overview.name(user).unwrap_or_else(|| places::a_colleague().to_owned()) }
}

fn row(overview: &Overview, me: UserId, entry: &Entry) -> Option<EntryRow> {
    let caseload = &overview.caseload;
    let mine = entry.author == me;
    let mut with = vec![entry.id];
    let mut row = EntryRow {
        id: entry.id,
        class: "entry",
        icon: "note",
        title: String::new(),
        meta: who(overview, me, entry.author),
        tag: None,
        texts: Vec::new(),
        before: Vec::new(),
        state: None,
        completes: false,
        rewords: false,
        withdraws: false,
        leads_to: false,
        asks: None,
    };
    let Some(payload) = &entry.payload else {
        row.title = t::newer().to_owned();
        return Some(row);
    };
    let written = payload.written_at;
    let mut day = if mine { when::day_time(written) } else { t::day_and_part(written) };
    let withdrawn = caseload.withdrawn.get(&entry.id).copied();
    with.extend(withdrawn);
    row.withdraws = mine && withdrawn.is_none();
    match &payload.body {
        Body::Visit(noted) => {
            let state = caseload.visits.get(&entry.id);
            let visit = state.map_or(noted, |state| &state.visit);
            if let Some(state) = state {
                with.extend(&state.corrections);
                row.completes = mine && withdrawn.is_none();
                if !state.corrections.is_empty() {
                    row.texts.push(t::completed().to_owned());
                    row.before = versions::before(overview, me, entry, noted, state);
                }
            }
            if let Some(happened) = visit.happened_on {
                day = when::day(happened);
            }
            row.icon = labels::contact_icon(visit.kind, visit.outcome);
            row.title = labels::contact(visit.kind, visit.outcome);
            row.texts.extend(visit_texts(visit));
            row.leads_to = !visit.gesture.is_empty();
        }
        Body::Concern(concern) => {
            let state = caseload.concerns.get(&entry.id);
            row.class =
                if concern.severity == Severity::Now { "entry entry--concern entry--now" } else { "entry entry--concern" };
            row.icon = "alert";
            row.title = t::worry().to_owned();
            row.tag = Some((concern.tile, state.map_or(concern.severity, |state| state.severity())));
            if let Some(state) = state.filter(|state| !state.rewordings.is_empty()) {
                with.extend(&state.rewordings);
                row.texts.push(rewording::done().to_owned());
                row.before = versions::worded_before(overview, me, entry, concern, state);
            }
            row.rewords = mine && withdrawn.is_none();
            row.texts.extend(concern_texts(state.map_or(concern, |state| &state.concern)));
            if let Some(state) = state {
                for (id, called) in &state.called {
                    with.push(*id);
                    row.texts.push(t::called(&called.whom, called.at));
                }
                if withdrawn.is_none() && !state.is_open() {
                    row.texts.push(t::closed().to_owned());
                }
            }
        }
        Body::Change(change) => {
            row.icon = "edit";
            row.withdraws = false;
            change_texts(&mut row, overview, change);
        }
        Body::Household(_) => {
            row.icon = "house";
            row.title = t::household_begun().to_owned();
            row.withdraws = false;
        }
        Body::Person(person) => {
            row.icon = "user";
            row.title = t::person_added().to_owned();
            row.withdraws = false;
            row.texts.push(named(labels::who(person.role), &person.called));
        }
        Body::Flame(flame) => {
            row.icon = "flame";
            row.title = t::agreed(flame.how_often);
            row.withdraws = false;
        }
        Body::Building(building) => {
            row.icon = "house";
            row.title = labels::building(building.kind).to_owned();
            if let Some(fixed) = caseload.over(entry.id) {
                with.push(fixed.by);
                row.texts.push(t::fixed(fixed.at));
            }
        }
        Body::Known(known) => {
            row.icon = places::known_icon(known.what);
            row.title = places::known(known.what).to_owned();
            row.texts.extend((!known.text.is_empty()).then(|| known.text.clone()));
            row.texts.extend(known.until.map(t::until));
            if let Some(over) = caseload.over(entry.id) {
                with.push(over.by);
                row.texts.push(t::over_since(over.at));
            }
        }
        Body::Behind(_) => {
            row.icon = "door";
            row.title = t::door_known().to_owned();
            row.withdraws = false;
        }
        Body::Gesture(gesture) => {
            row.icon = "leaf";
            row.title = t::gesture().to_owned();
            row.texts.push(t::read(&gesture.what).to_owned());
            row.leads_to = true;
        }
        Body::Tie(tie) => {
            row.icon = "users";
            row.title = t::tie_made().to_owned();
            row.texts.push(t::read(&tie.what).to_owned());
            row.leads_to = true;
        }
        Body::Referral(referral) => {
            row.icon = "send";
            row.title = referring::asked_from(&overview.party(referral.party));
            row.texts.push(referral.shared.clone());
            row.texts.extend(referral.agreed.as_ref().map(referring::agreed).or_else(|| referral.ground.map(referring::because)));
            if let Some(state) = caseload.referrals.get(&entry.id) {
                with.extend(state.steps.iter().map(|step| step.by));
                row.texts.extend(help::way(overview, me, state));
            }
        }
        Body::Unknown { .. } => {
            row.title = t::newer().to_owned();
            row.withdraws = false;
        }
        Body::Consent(consent) => {
            row.icon = "group";
            row.title = t::may_share(&overview.party(consent.party), consent.given);
            row.texts.push(referring::agreed(&consent.agreed));
        }
        Body::Told(told) => {
            row.icon = "note";
            row.title = t::told().to_owned();
            row.texts.push(told::said(told));
        }
        Body::Objection(objection) => {
            row.icon = "chat";
            row.title = t::objection().to_owned();
            row.texts.push(t::resident_says(&objection.word));
            let about = caseload.entries.get(&objection.of).and_then(|of| self::row(overview, me, of));
            row.texts.extend(about.map(|about| t::is_about(&about.title, &about.meta)));
        }
        // The rest stands with what it is about, or is the place itself.
        _ => return None,
    }
    if let Some(by) = withdrawn {
        row.texts.insert(0, versions::withdrawn(overview, me, by));
        row.leads_to = false;
    }
    what_came_later(overview, me, entry, &mut row, &mut with);
    row.meta =
        format!("{} · {day}{}", row.meta, meta_more(&payload.body, caseload.visits.get(&entry.id).map(|state| &state.visit)));
    row.state = state_of(overview, me, &with);
    Some(row)
}

/// Questions and answers, what it led to, and what its writer said of a number in it.
fn what_came_later(overview: &Overview, me: UserId, entry: &Entry, row: &mut EntryRow, with: &mut Vec<EntryId>) {
    let caseload = &overview.caseload;
    for review in caseload.reviews.get(&entry.id).into_iter().flatten() {
        let Verdict::Question(question) = &review.verdict else { continue };
        let name = overview.name(review.author).unwrap_or_else(|| labels::role(Role::Supervisor).to_owned());
        row.texts.push(format!("{name}: {question}"));
        let answers = caseload.settled.get(&review.by).map_or([].as_slice(), Vec::as_slice);
        for answer in answers {
            with.push(answer.by);
            row.texts.push(format!("{}: {}", who(overview, me, answer.author), answer.settled.text));
        }
        row.asks = (answers.is_empty() && entry.author == me).then_some(review.by);
    }
    for settled in caseload.settled.get(&entry.id).into_iter().flatten() {
        if settled.settled.how == SettledAs::LedTo {
            with.push(settled.by);
            row.texts.push(format!("{} {}", t::came_of(), settled.settled.text));
            row.leads_to = false;
        }
    }
    let Some(payload) = &entry.payload else { return };
    let of_it = |id: &EntryId| {
        let body = caseload.entries.get(id).and_then(|entry| entry.payload.as_ref()).map(|payload| &payload.body);
        matches!(body, Some(Body::Settled(Settled { of, how: SettledAs::NotBsn, .. })) if with.contains(of))
    };
    if caseload.history.get(&payload.subject).into_iter().flatten().any(of_it) {
        row.texts.push(t::said_not_bsn().to_owned());
    }
}

/// "Bewoner, mevrouw De Vries".
#[must_use]
pub fn named(role: &str, called: &str) -> String {
    if called.is_empty() { role.to_owned() } else { format!("{role}, {called}") }
}

fn meta_more(body: &Body, visit: Option<&Visit>) -> String {
    let mut more = String::new();
    match body {
        Body::Visit(noted) => {
            let visit = visit.unwrap_or(noted);
            if let Some(who) = visit.who {
                more.push_str(" · ");
                more.push_str(&t::with(who));
            }
            if visit.colleague {
                more.push_str(" · ");
                more.push_str(t::with_colleague());
            }
            if let Some(heads) = visit.heads {
                more.push_str(" · ");
                more.push_str(&t::people(heads));
            }
        }
        Body::Concern(concern) => {
            more.push_str(" · ");
            more.push_str(&labels::known_by(concern.known_by).to_lowercase());
        }
        _ => {}
    }
    more
}

/// What a contact says, besides what it was.
pub(super) fn visit_texts(visit: &Visit) -> Vec<String> {
    let mut texts = Vec::new();
    if !visit.facts.is_empty() {
        texts.push(visit.facts.iter().map(|fact| labels::fact(*fact)).collect::<Vec<_>>().join(" · "));
    }
    if !visit.note.is_empty() {
        texts.push(visit.note.clone());
    }
    if !visit.gesture.is_empty() {
        texts.push(t::gesture_done(&visit.gesture));
    }
    if let Some(day) = visit.follow_up {
        texts.push(t::promised(day));
    }
    texts
}

/// What a worry says, besides what it is about.
pub(super) fn concern_texts(concern: &Concern) -> Vec<String> {
    let mut texts = Vec::new();
    if !concern.facts.is_empty() {
        texts.push(concern.facts.iter().map(|fact| labels::fact(*fact)).collect::<Vec<_>>().join(" · "));
    }
    for (label, text) in [
        (t::seen_short(), concern.seen.as_str()),
        (t::thought_short(), &concern.thought),
        (t::step_short(), t::read(&concern.next_step)),
    ] {
        if !text.is_empty() {
            texts.push(format!("{label}: {text}"));
        }
    }
    texts
}

fn change_texts(row: &mut EntryRow, overview: &Overview, change: &Change) {
    row.title = match &change.set {
        Set::Severity(severity) => t::severity(*severity),
        Set::Owner(owner) => match owner {
            Some(owner) => t::taken_on(overview.name(*owner)),
            None => t::nobody_took_it().to_owned(),
        },
        Set::NextStep(step) => {
            row.texts.push(t::read(step).to_owned());
            t::step_short().to_owned()
        }
        Set::Due(day) => day.map_or_else(|| t::no_day().to_owned(), t::due_by),
        Set::Standing(Standing::Open) => t::open_again().to_owned(),
        Set::Standing(Standing::Closed { came_of }) => {
            row.icon = "check";
            row.texts.push(came_of.clone());
            t::closed_signal().to_owned()
        }
    };
}
