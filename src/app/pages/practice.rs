//! Oefenen: what it is, and the button that begins it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::app::components::Icon;
use crate::app::components::act::{Back, Button};
use crate::app::components::error_summary::Fault;
use crate::app::components::shell::{Shell, Welcome};
use crate::app::live::sometimes;
use crate::app::paths::Path;
use crate::app::phone::{Stage, use_phone};
use crate::app::practice::{self, PracticeError};
use crate::app::texts::practice as t;

/// Outside an account: begin. Inside one: not here.
#[component]
pub fn Page() -> impl IntoView {
    let phone = use_phone();
    if !phone.stage.with_untracked(|stage| matches!(stage, Stage::Open(_))) {
        return view! { <Begin/> }.into_any();
    }
    if practice::goes_on(phone) {
        let navigate = use_navigate();
        request_animation_frame(move || {
            navigate(&Path::Today.to_string(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
        return ().into_any();
    }
    view! {
        <Shell title=t::title()>
            <div class="page__head"><Back to=Path::Today words=t::back()/><h1>{t::title()}</h1></div>
            <p>{t::lock_first()}</p>
            <div class="actions"><Button icon="lock" words=t::lock() press=move || phone.lock()/></div>
        </Shell>
    }
    .into_any()
}

#[component]
fn Begin() -> impl IntoView {
    let phone = use_phone();
    let working = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let begin = move || {
        if working.get_untracked() {
            return;
        }
        working.set(true);
        fault.set(None);
        spawn_local(async move {
            // Where it begins, this screen makes place for the practice neighbourhood.
            if let Err(why) = practice::begin(phone).await {
                let words = if matches!(why, PracticeError::Elsewhere) { t::elsewhere() } else { t::not_made() };
                fault.try_set(Some(words.to_owned()));
                working.try_set(false);
            }
        });
    };
    view! {
        <Welcome title=t::title()>
            <div class="page__head">
                <Back to=Path::SignIn words=t::back()/>
                <h1>{t::title()}</h1>
            </div>
            <p>{t::what()}</p>
            <p class="line"><Icon name="lock"/><span>{t::safe()}</span></p>
            <p class="line"><Icon name="alert"/><span>{t::no_real()}</span></p>
            <Fault fault/>
            <div class="actions"><Button class="button button--big" icon="leaf" words=t::begin() press=begin working/></div>
            <p class="hint" role="status">{sometimes(move || working.get().then_some(t::making()))}</p>
        </Welcome>
    }
}
