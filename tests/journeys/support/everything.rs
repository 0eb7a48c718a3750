//! A neighbourhood with an entry of every kind, and every state that an entry can be in. What people typed in it are herbs and flowers, so that
//! a test can tell it from what the app says.

use chrono::{Days, Local, NaiveDate, Utc};
use uuid::Uuid;
use waakvlam::domain::body::{
    Address, Agreed, AgreedBy, Behind, Body, Building, BuildingKind, Called, Change, Concern, Correction, Ending, Fact, Flame,
    Gesture, Ground, Household, HouseholdEnded, HowOften, Known, KnownBy, KnownKind, NoContact, Objection, Outcome, Party,
    Person, Place, PlaceHidden, PlaceKind, Referral, ReferralStep, Review, Set, Settled, SettledAs, Severity, Stage, Standing,
    Telling, Tie, Tile, Told, Verdict, Visit, VisitKind, Who, Withdrawal,
};
use waakvlam::domain::{EntryId, HouseholdId, PersonId, PlaceId, Subject, UserId};

use super::neighbourhood::NAME;
use super::office::Office;

/// All that somebody typed, and all names; in lower case.
pub const TYPED: &str = "lindehof lindeplein lindebuurt portiek a jamila kaya k ineke visser v ruud bakker b rozemarijn tijm lavas munt \
                         salie dille bieslook kervel dragon venkel goudsbloem korenbloem margriet akelei";

/// Where to look for what.
pub struct Everything {
    /// The stairwell.
    pub stairwell: PlaceId,
    /// A spot.
    pub spot: PlaceId,
    /// The doors 2 to 14, in this order: nobody known, what can't wait on the phone, next to the tie, what can't wait, wants no contact, moved, everything.
    pub doors: [PlaceId; 7],
    /// A door that is not in the list any more.
    pub gone: PlaceId,
    /// Lives behind a door that is not known.
    pub met: HouseholdId,
    /// A contact at the last door.
    pub visit: EntryId,
    /// A signal there, that runs.
    pub concern: EntryId,
}

struct Writing {
    today: NaiveDate,
    said: Vec<(EntryId, Subject, Body)>,
}

impl Writing {
    fn say(&mut self, subject: Subject, body: impl Into<Body>) -> EntryId {
        let id = EntryId(Uuid::now_v7());
        self.said.push((id, subject, body.into()));
        id
    }

    fn day(&self, days: i64) -> NaiveDate {
        let (before, after) = (Days::new(days.min(0).unsigned_abs()), Days::new(days.max(0).unsigned_abs()));
        self.today.checked_sub_days(before).and_then(|day| day.checked_add_days(after)).expect("a day")
    }

    fn place(&mut self, kind: PlaceKind, name: &str, parent: Option<PlaceId>, number: Option<u32>) -> PlaceId {
        let id = PlaceId(Uuid::new_v4());
        let floor = number.and_then(|number| i16::try_from((number - 1) / 4).ok());
        let address = number.map(|number| Address { street: "Lindehof".to_owned(), number, ..Address::default() });
        self.say(Subject::Place(id), Place { kind, name: name.to_owned(), parent, floor, address });
        id
    }

    fn household(&mut self, at: PlaceId, role: Who, called: &str) -> (HouseholdId, Subject) {
        let id = HouseholdId(Uuid::new_v4());
        let subject = Subject::Household(id);
        self.say(subject, Household { door: at, from: self.day(-40) });
        self.person(id, role, called);
        (id, subject)
    }

    fn person(&mut self, household: HouseholdId, role: Who, called: &str) -> Subject {
        let subject = Subject::Person(PersonId(Uuid::new_v4()));
        self.say(subject, Person { household, role, called: called.to_owned() });
        subject
    }

    fn agreed(&self) -> Agreed {
        Agreed { by: AgreedBy::Resident, word: "Salie.".to_owned(), on: self.today, interpreter: "Venkel".to_owned() }
    }

    fn concern(&self, tile: Tile, severity: Severity) -> Concern {
        Concern {
            tile,
            severity,
            facts: Vec::new(),
            seen: "Tijm lavas munt.".to_owned(),
            thought: String::new(),
            known_by: KnownBy::SawIt,
            told_by: String::new(),
            owner: None,
            next_step: String::new(),
            due: None,
        }
    }
}

impl Office {
    /// Puts all of it in, written by the people of [`people`].
    pub async fn fill(&self) -> Everything {
        let jamila = self.write_named("jamila.k", Vec::new()).await;
        let mut w = Writing { today: Local::now().date_naive(), said: Vec::new() };
        let complex = w.place(PlaceKind::Complex, "Lindehof", None, None);
        let stairwell = w.place(PlaceKind::Stairwell, "Portiek A", Some(complex), None);
        let spot = w.place(PlaceKind::Spot, "Lindeplein", None, None);
        let doors =
            [2, 4, 6, 8, 10, 12, 14].map(|number| w.place(PlaceKind::Door, &number.to_string(), Some(stairwell), Some(number)));
        let gone = w.place(PlaceKind::Door, "16", Some(stairwell), Some(16));
        w.say(Subject::Place(gone), PlaceHidden { successor: Some(doors[6]) });

        // Everything at one door.
        let (household, home) = w.household(doors[6], Who::Resident, "Rozemarijn");
        let child = w.person(household, Who::Child, "");
        let visit = contacts(&mut w, home, child);
        let concern = signals(&mut w, home, jamila);
        help(&mut w, home, concern);
        knowing(&mut w, doors[6], home);

        // Next to it: the other side of a tie, somebody seen too long ago, and what can't wait.
        let (_, next) = w.household(doors[2], Who::Partner, "Korenbloem");
        let tie = |willing| Tie { what: "Dille".to_owned(), willing };
        w.say(home, tie(true));
        w.say(next, tie(true));
        let old = Visit { happened_on: Some(w.day(-25)), ..Visit::tile(VisitKind::StairwellTalk, Outcome::Spoken) };
        w.say(next, old);
        w.say(next, Flame { how_often: HowOften::Week, saw: Vec::new() });
        let away = Known { what: KnownKind::Away, text: "Dragon".to_owned(), until: Some(w.day(9)), agreed: false };
        w.say(next, away);
        let now = Concern { facts: vec![Fact::Confused], ..w.concern(Tile::Health, Severity::Now) };
        w.say(Subject::Place(doors[3]), now);
        let child_at_ten = Subject::Place(doors[4]);
        w.say(child_at_ten, NoContact { household: None });
        let (moved, moved_subject) = w.household(doors[5], Who::Resident, "Margriet");
        let _ = moved;
        let on = w.day(-2);
        w.say(moved_subject, HouseholdEnded { on, why: Ending::Moved });

        // The stairwell, its light, and somebody whose door nobody knows; the spot.
        w.say(Subject::Place(stairwell), Building { kind: BuildingKind::LightBroken });
        w.say(Subject::Place(stairwell), Visit::tile(VisitKind::Rang, Outcome::NotHome));
        let (met, met_subject) = w.household(stairwell, Who::Resident, "Goudsbloem");
        let alone = w.concern(Tile::Alone, Severity::Watch);
        w.say(met_subject, alone);
        let (linked, linked_subject) = w.household(stairwell, Who::Other, "Akelei");
        let _ = linked;
        w.say(linked_subject, Behind { door: doors[1] });
        let plaza = Visit { heads: Some(9), ..Visit::tile(VisitKind::Activity, Outcome::Spoken) };
        w.say(Subject::Place(spot), plaza);

        self.write_named("jamila.k", w.said).await;
        self.answer(visit, concern, home).await;
        Everything { stairwell, spot, doors, gone, met, visit, concern }
    }

    // What the supervisor says.
    async fn answer(&self, visit: EntryId, concern: EntryId, home: Subject) {
        let asks = |of| (home, Body::from(Review { of, verdict: Verdict::Question("Bieslook kervel?".to_owned()) }));
        let seen = (home, Body::from(Review { of: concern, verdict: Verdict::Seen }));
        self.write("ineke.v", vec![asks(visit), seen]).await;
    }
}

/// Every kind of contact, every way it can go, and what can become of one. Gives one that is asked about.
fn contacts(w: &mut Writing, home: Subject, child: Subject) -> EntryId {
    let asked = Visit {
        who: Some(Who::Resident),
        colleague: true,
        minutes: Some(15),
        note: "Rozemarijn tijm lavas.".to_owned(),
        gesture: "Munt".to_owned(),
        follow_up: Some(w.today),
        facts: Fact::ALL.to_vec(),
        ..Visit::tile(VisitKind::Coffee, Outcome::Spoken)
    };
    let visit = w.say(home, asked.clone());
    for kind in VisitKind::ALL {
        w.say(home, Visit::tile(*kind, Outcome::Spoken));
    }
    for (outcome, who) in Outcome::ALL.iter().zip(Who::ALL) {
        w.say(child, Visit { who: Some(*who), ..Visit::tile(VisitKind::Rang, *outcome) });
    }
    let corrected = Visit { happened_on: Some(w.day(-1)), minutes: Some(60), ..Visit::tile(VisitKind::Phone, Outcome::Spoken) };
    let of = w.say(home, corrected.clone());
    w.say(home, Correction { of, visit: Visit { note: "Salie dille.".to_owned(), ..corrected } });
    let of = w.say(home, Visit::tile(VisitKind::Coffee, Outcome::Spoken));
    w.say(home, Withdrawal { of });
    let kept = Visit { follow_up: Some(w.day(-1)), ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) };
    let of = w.say(home, kept);
    w.say(home, Settled { of, how: SettledAs::Dropped, text: String::new(), until: None });
    let of = w.say(home, Gesture { what: "Bieslook".to_owned() });
    w.say(home, Settled { of, how: SettledAs::LedTo, text: "Kervel.".to_owned(), until: None });
    w.say(home, Objection { of, word: "Dragon.".to_owned() });
    let unknown = Body::Unknown { kind: "later".to_owned(), text: "{}".to_owned() };
    w.say(home, unknown);
    visit
}

/// Every tile, one in two versions, one closed, one that somebody called about. Gives one that runs and is mine.
fn signals(w: &mut Writing, home: Subject, me: UserId) -> EntryId {
    let mine = Concern {
        facts: vec![Fact::Reminders, Fact::MailPilesUp],
        thought: "Salie.".to_owned(),
        known_by: KnownBy::Neighbour,
        told_by: "Korenbloem".to_owned(),
        owner: Some(me),
        next_step: "Venkel dille".to_owned(),
        due: Some(w.day(-1)),
        ..w.concern(Tile::Money, Severity::Discuss)
    };
    let concern = w.say(home, mine);
    let two = w.concern(Tile::Alone, Severity::Watch);
    let of = w.say(home, two);
    for severity in [Severity::Discuss, Severity::Now] {
        w.say(home, Change { of, saw: vec![of], set: Set::Severity(severity) });
    }
    w.say(home, Called { of, whom: "Margriet".to_owned(), at: Utc::now() });
    for tile in [Tile::UnsafeHome, Tile::Dwelling] {
        let over = w.concern(tile, Severity::Watch);
        let of = w.say(home, over);
        w.say(home, Change { of, saw: vec![of], set: Set::Standing(Standing::Closed { came_of: "Lavas.".to_owned() }) });
    }
    concern
}

/// Help with consent, on its way; and without, waiting.
fn help(w: &mut Writing, home: Subject, of: EntryId) {
    let agreed = Some(w.agreed());
    let sent = w.say(home, Referral { of, party: Party::DebtHelp, shared: "Munt tijm.".to_owned(), agreed, ground: None });
    for (stage, weeks) in [(Stage::Sent, None), (Stage::Received, None), (Stage::WaitingList, Some(6))] {
        w.say(home, ReferralStep { of: sent, stage, text: String::new(), weeks });
    }
    let ground = Some(Ground::VitalInterest);
    w.say(home, Referral { of, party: Party::Doctor, shared: "Lavas.".to_owned(), agreed: None, ground });
}

/// What it helps to know.
fn knowing(w: &mut Writing, door: PlaceId, home: Subject) {
    for what in KnownKind::ALL {
        let safety = matches!(what, KnownKind::InPairs | KnownKind::CallFirst | KnownKind::NotEvenings);
        let subject = if safety { Subject::Place(door) } else { home };
        let until = (safety || *what == KnownKind::Away).then(|| w.day(20));
        w.say(subject, Known { what: *what, text: "Akelei".to_owned(), until, agreed: true });
    }
    w.say(home, Told { how: Telling::NotYet, why: String::new() });
    w.say(home, Flame { how_often: HowOften::Month, saw: Vec::new() });
}

/// The neighbourhood, the worker and the supervisor; gives their links.
pub fn people(office: &Office) -> (String, String) {
    office.add_neighbourhood();
    let jamila = office.add_user("jamila.k", "Jamila Kaya", "worker", Some(NAME));
    (jamila, office.add_user("ineke.v", "Ineke Visser", "supervisor", Some(NAME)))
}
