//! "Verbeteren": the facts and words of a worry of one's own. What it said first stays in the history; how serious it is and who takes it on are
//! changed at the signal.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::components::Icon;
use crate::app::components::act::{Link, Submit};
use crate::app::components::bsn::{BsnTick, Guard};
use crate::app::components::choice::{Choice, Look, chips, index};
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::form::{Kept, Saver, WentOn};
use crate::app::components::places::PlaceName;
use crate::app::components::row::ConcernTag;
use crate::app::components::shell::Shell;
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, noting as t, rewording};
use crate::app::when;
use crate::domain::body::{Concern, Fact, Rewording, Severity};
use crate::domain::noting::{self, Field as At, Wrong};
use crate::domain::{EntryId, PlaceId, Subject};

/// What is kept of a form that is not finished.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    facts: Vec<Fact>,
    seen: String,
    thought: String,
}

/// A worry of one's own, as it reads now.
struct Own {
    subject: Subject,
    concern: Concern,
    severity: Severity,
}

/// The form; or why there is none.
#[component]
pub fn Page(
    /// Where.
    place: PlaceId,
    /// Which worry.
    of: EntryId,
) -> impl IntoView {
    let desk = use_desk();
    let me = desk.me.with_untracked(|me| me.user);
    let own = desk.overview.with_untracked(|overview| {
        let state = overview.caseload.concerns.get(&of).filter(|state| state.entry.author == me && state.withdrawn.is_none())?;
        let subject = state.entry.payload.as_ref()?.subject;
        let there = overview.caseload.place_of(subject) == Some(place);
        there.then(|| Own { subject, concern: state.concern.clone(), severity: state.severity() })
    });
    match own {
        Some(own) => form(place, of, own),
        None => view! {
            <Shell title=rewording::title() focused=true>
                <div class="page__head">
                    <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                    <h1>{rewording::title()}</h1>
                </div>
                <p>{rewording::not_here()}</p>
            </Shell>
        }
        .into_any(),
    }
}

fn form(place: PlaceId, of: EntryId, own: Own) -> AnyView {
    let desk = use_desk();
    let Own { subject, concern, severity } = own;
    let (tile, first) =
        (concern.tile, Half { facts: concern.facts.clone(), seen: concern.seen.clone(), thought: concern.thought.clone() });
    let (facts, seen, thought) = (RwSignal::new(Vec::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fill = move |half: Half| {
        facts.set(half.facts.iter().flat_map(|fact| index(Fact::ALL, Some(fact))).collect());
        seen.set(half.seen);
        thought.set(half.thought);
    };
    fill(first.clone());
    let half = move || {
        untrack(|| Half {
            facts: facts.with(|facts| facts.iter().filter_map(|at| Fact::ALL.get(*at)).copied().collect()),
            seen: seen.get(),
            thought: thought.get(),
        })
    };
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let guard = Guard::new();
    let kept = Kept::begin(&desk, format!("concern:{place}:{of}"), first, fill, half);
    let saver = Saver::new(desk, fault);
    let concern = StoredValue::new(concern);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        fault.set(None);
        let Half { facts, seen, thought } = half();
        let (seen, thought) = (seen.trim().to_owned(), thought.trim().to_owned());
        let before = concern.get_value();
        if (&before.facts, &before.seen, &before.thought) == (&facts, &seen, &thought) {
            return saver.say(rewording::nothing_new().to_owned());
        }
        // Only its words are corrected: a day that has passed meanwhile is no fault of them.
        let now = Concern { facts: facts.clone(), seen: seen.clone(), thought: thought.clone(), due: None, ..before };
        let mut found: Errors = noting::check_concern(&now, when::today())
            .into_iter()
            .filter_map(|(at, why)| match at {
                At::Text if why == Wrong::NothingSeen => Some(("feiten", why)),
                At::Text => Some(("gezien", why)),
                At::Thought => Some(("denk", why)),
                _ => None,
            })
            .map(|(id, why)| (id, t::wrong(id, why)))
            .collect();
        found.extend(guard.check(&[("gezien", &seen), ("denk", &thought)]));
        if !found.is_empty() {
            return error_summary::show(errors, found);
        }
        errors.set(Errors::new());
        let bodies = vec![(subject, Rewording { of, facts, seen, thought }.into())];
        saver.save(bodies, kept, move |ids| ids.first().map_or(Path::Door(place), |id| Path::DoorSaved(place, *id)));
    };
    let act = || {
        view! { <Submit class="button button--big" icon="check" words=t::save() form="form"/> }
    };
    view! {
        <Shell title=rewording::title() focused=true act=act>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{rewording::at()}<PlaceName place/></h1>
                <p class="subtle">{rewording::why()}</p>
            </div>
            <p class="tags"><ConcernTag tile severity/></p>
            <ErrorSummary errors/>
            <Fault fault/>
            <WentOn kept/>
            <form autocomplete="off" class="form" id="form" data-draft="" novalidate=true on:input=move |_| kept.keep() on:submit=save>
                <Choice id="feiten" legend=t::facts() options=chips(Fact::ALL, labels::fact) look=Look::Chips many=true
                    value=facts errors/>
                <Field id="gezien" label=t::seen() hint=t::seen_hint() input=Input::Area value=seen errors/>
                <Field id="denk" label=t::thought() hint=t::thought_hint() input=Input::Area value=thought errors/>
                <BsnTick guard/>
                <Link to=Path::Door(place) class="button button--link" words=t::later()/>
            </form>
        </Shell>
    }
    .into_any()
}
