//! The days on which I work.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::act::Submit;
use crate::app::components::choice::{Choice, Look, chips};
use crate::app::components::error_summary::{Errors, Fault};
use crate::app::components::shell::focus;
use crate::app::live::{derive, sometimes};
use crate::app::phone::use_desk;
use crate::app::texts::{day as t, faults};
use crate::domain::body::{Weekday, WorkingDays};
use crate::domain::{PersonId, Subject};

/// "Op deze dagen werk ik". Who never said is asked for every day.
#[component]
pub fn Working() -> impl IntoView {
    let desk = use_desk();
    let (overview, me) = (desk.overview, desk.me.with_untracked(|me| me.user));
    let desk = StoredValue::new_local(desk);
    let said = derive(move || overview.with(|overview| overview.caseload.working_days.get(&me).map(|said| said.days.clone())));
    let days = RwSignal::new(Vec::<usize>::new());
    // Also when it comes in from another phone of mine.
    Effect::new(move |_| {
        let all = said.get().filter(|said| !said.is_empty()).unwrap_or_else(|| Weekday::ALL.to_vec());
        days.set(Weekday::ALL.iter().enumerate().filter(|(_, day)| all.contains(day)).map(|(at, _)| at).collect());
    });
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let saved = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let chosen: Vec<Weekday> = Weekday::ALL
            .iter()
            .enumerate()
            .filter(|(at, _)| days.with_untracked(|days| days.contains(at)))
            .map(|(_, day)| *day)
            .collect();
        if chosen.is_empty() {
            errors.set(vec![("werkdagen", t::one_day().to_owned())]);
            focus("werkdagen");
            return;
        }
        errors.set(Errors::new());
        busy.set(true);
        let desk = desk.get_value();
        leptos::task::spawn_local(async move {
            let said = vec![(Subject::Person(PersonId(me.0)), WorkingDays { days: chosen }.into())];
            let kept = desk.save(said).await;
            saved.try_set(kept.is_ok());
            fault.try_set(kept.err().map(|why| faults::save(&why)));
            busy.try_set(false);
        });
    };
    view! {
        <form autocomplete="off" class="form" novalidate=true on:submit=save>
            <Choice id="werkdagen" legend=t::working() hint=t::working_hint() options=chips(Weekday::ALL, t::weekday) look=Look::Chips many=true
                value=days errors/>
            <Fault fault/>
            <p role="status" class="said">{sometimes(move || saved.get().then(|| view! {
                <span class="line"><Icon name="check"/><span>{t::saved()}</span></span>
            }))}</p>
            <Submit class="button button--quiet" icon="check" words=t::keep_days() working=busy/>
        </form>
    }
}
