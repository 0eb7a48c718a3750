//! Kaartje: the card in the language of who lives there, and whether it was told.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::app::components::Icon;
use crate::app::components::act::{Back, Submit};
use crate::app::components::bsn::{self, BsnTick, Guard};
use crate::app::components::choice::{Choice, Look, chips, chosen, index};
use crate::app::components::error_summary::{Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::form::{Kept, WentOn};
use crate::app::components::shell::{Shell, focus};
use crate::app::language;
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::card::{LANGUAGES, Language};
use crate::app::texts::{faults, showing, told as t};
use crate::domain::body::{Body, Telling, Told};
use crate::domain::noting::{LONGEST_TEXT, Wrong};
use crate::domain::{HouseholdId, PlaceId, Subject};

/// The card at a door.
#[component]
pub fn Page(
    /// Which.
    place: PlaceId,
) -> impl IntoView {
    let language = RwSignal::new(vec![0]);
    let options = chips(&LANGUAGES, |language| showing::card_in(&language));
    let errors = RwSignal::new(Errors::new());
    view! {
        <Shell title=t::title() focused=true>
            <div class="page__head">
                <Back to=Path::Door(place) words=showing::to_door()/>
                <h1>{t::head()}</h1>
                <p class="subtle">{t::why()}</p>
            </div>
            <Choice id="taal" legend=t::language() options look=Look::Chips value=language errors/>
            {live(move || chosen(&LANGUAGES, language).map(card))}
            <TellingForm place/>
        </Shell>
    }
}

fn card(card: Language) -> AnyView {
    let direction = if card.rtl { "rtl" } else { "ltr" };
    let own = LANGUAGES.into_iter().find(|own| own.code == language::code()).unwrap_or(LANGUAGES[0]);
    let sentences = card
        .sentences
        .into_iter()
        .zip(own.sentences)
        .map(|(sentence, own_sentence)| {
            // The worker follows with a finger.
            let beside = (card.code != own.code).then(|| view! { <p class="hint" lang=own.code>{own_sentence}</p> });
            view! { <li><p class="told__sentence" lang=card.code dir=direction>{sentence}</p>{beside}</li> }
        })
        .collect_view();
    view! {
        {(!card.checked).then(|| view! {
            <p class="banner banner--warn"><Icon name="alert"/><span>{t::not_checked()}</span></p>
        })}
        <section class="card told">
            <h2 lang=card.code dir=direction>{card.title}</h2>
            <ol class="told__list">{sentences}</ol>
            <p class="told__sentence" lang=card.code dir=direction><strong>{card.question}</strong></p>
        </section>
    }
    .into_any()
}

/// What is kept of it until it is saved.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    household: Option<HouseholdId>,
    how: Option<Telling>,
    why: String,
}

/// Told, not yet, or why it can't be.
#[component]
fn TellingForm(place: PlaceId) -> impl IntoView {
    let desk = StoredValue::new_local(use_desk());
    let overview = desk.with_value(|desk| desk.overview);
    let household = derive(move || overview.with(|overview| overview.caseload.household_at(place).map(|household| household.id)));
    let last = derive(move || {
        overview.with(|overview| overview.caseload.household_at(place).and_then(|household| household.told.as_ref().map(t::now)))
    });
    let how = RwSignal::new(Vec::new());
    let why = RwSignal::new(String::new());
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let said = RwSignal::new("");
    let guard = Guard::new();
    let busy = StoredValue::new(false);
    // What was typed about who lived here before is not said of who lives here now.
    let fill = move |half: Half| {
        if half.household == household.get_untracked() {
            how.set(index(Telling::ALL, half.how.as_ref()));
            why.set(half.why);
        }
    };
    let half = move || untrack(|| Half { household: household.get(), how: chosen(Telling::ALL, how), why: why.get() });
    let first = Half { household: household.get_untracked(), ..Half::default() };
    let kept = desk.with_value(|desk| Kept::begin(desk, format!("told:{place}"), first, fill, half));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        said.set("");
        let Some(household) = household.get_untracked() else { return };
        let Some(telling) = chosen(Telling::ALL, how) else {
            errors.set(vec![("verteld", t::choose().to_owned())]);
            return focus("verteld");
        };
        let because = if telling == Telling::Cannot { why.with_untracked(|why| why.trim().to_owned()) } else { String::new() };
        let mut found = guard.check(&[("verteld-want", &because)]);
        if telling == Telling::Cannot && because.is_empty() {
            found.push(("verteld-want", t::because_empty().to_owned()));
        } else if because.chars().count() > LONGEST_TEXT {
            found.push(("verteld-want", faults::wrong(Wrong::TooLong).to_owned()));
        }
        let any = !found.is_empty();
        errors.set(found);
        if any {
            return focus("verteld-want");
        }
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        fault.set(None);
        let bodies: Vec<(Subject, Body)> = vec![(Subject::Household(household), Told { how: telling, why: because }.into())];
        let desk = desk.get_value();
        spawn_local(async move {
            match bsn::save(&desk, bodies).await {
                Ok(_) => {
                    kept.done();
                    how.try_set(Vec::new());
                    why.try_set(String::new());
                    said.try_set(t::saved());
                }
                Err(why) => drop(fault.try_set(Some(faults::save(&why)))),
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    live(move || {
        if household.with(Option::is_none) {
            return view! { <p class="subtle">{t::nobody()}</p> }.into_any();
        }
        view! {
            <section class="section">
                <p class="subtle">{live(move || last.get())}</p>
                <p role="status">{live(move || said.get())}</p>
                <WentOn kept/>
                <form autocomplete="off" class="form" data-draft="" novalidate=true on:input=move |_| kept.keep() on:submit=save>
                    <Fault fault/>
                    <Choice id="verteld" legend=t::told() options=chips(Telling::ALL, t::telling) look=Look::Chips value=how errors/>
                    {sometimes(move || (chosen(Telling::ALL, how) == Some(Telling::Cannot)).then(|| view! {
                        <Field id="verteld-want" label=t::because() hint=t::because_hint() input=Input::Line value=why errors/>
                    }))}
                    <BsnTick guard/>
                    <div class="actions"><Submit class="button button--big" icon="check" words=t::save()/></div>
                </form>
            </section>
        }
        .into_any()
    })
}
