//! Inloggen: an account that this phone does not know yet.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::app::components::act::{Back, Link, Submit};
use crate::app::components::shell::{Explanation, OtherLanguage, Welcome, focus};
use crate::app::components::{Icon, Line};
use crate::app::live::sometimes;
use crate::app::paths::Path;
use crate::app::phone::{PhoneError, use_phone};
use crate::app::texts::{faults, welcome as t};
use crate::domain::passphrase;

/// Login name and five words.
#[component]
pub fn Page() -> impl IntoView {
    let phone = use_phone();
    let navigate = use_navigate();
    let login_name = RwSignal::new(String::new());
    let typed = RwSignal::new(String::new());
    let name_error = RwSignal::new(None::<String>);
    let error = RwSignal::new(None::<String>);
    let working = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if working.get_untracked() {
            return;
        }
        let name = login_name.get_untracked();
        let phrase = typed.get_untracked();
        name_error.set(name.trim().is_empty().then(|| t::login_name_empty().to_owned()));
        let complete = passphrase::is_complete(&passphrase::normalise(&phrase));
        error.set((!complete).then(|| faults::phone(&PhoneError::NotFiveWords)));
        if name_error.with_untracked(Option::is_some) {
            return focus("login");
        }
        if !complete {
            return focus("words");
        }
        working.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            match phone.sign_in(&name, &phrase).await {
                Ok(()) => {
                    navigate(&phone.after_joining().to_string(), NavigateOptions { replace: true, ..NavigateOptions::default() })
                }
                Err(why) => {
                    working.set(false);
                    error.set(Some(faults::phone(&why)));
                    focus("words");
                }
            }
        });
    };
    view! {
        <Welcome title=t::sign_in_do()>
            <div class="page__head">
                <h1>{t::sign_in()}</h1>
                <p class="subtle">{t::sign_in_needs()}</p>
            </div>
            <form autocomplete="off" class="form" id="form" novalidate on:submit=submit>
                <Line id="login" label=t::login_name() hint=t::login_name_hint() value=login_name error=name_error autocomplete="username"/>
                <Line id="words" label=t::words() hint=t::words_hint() value=typed error autocomplete="current-password" secret=true/>
                <div class="actions">
                    <Submit class="button button--big" icon="key" words=t::sign_in_do() working/>
                </div>
                <p class="hint" role="status">{sometimes(move || working.get().then_some(t::signing_in()))}</p>
            </form>
            {sometimes(move || phone.known.with(|known| !known.is_empty()).then(|| view! {
                <p><Back to=Path::Unlock words=t::to_open()/></p>
            }))}
            <details class="more">
                <summary><Icon name="next"/>{t::have_link()}</summary>
                <p>{t::have_link_do()}</p>
            </details>
            <details class="more">
                <summary><Icon name="next"/>{t::lost_words()}</summary>
                <p>{t::lost_words_do()}</p>
            </details>
            <p><Link to=Path::Practice class="back" icon="leaf" words=t::practise()/></p>
            <OtherLanguage/>
            <update-banner></update-banner>
            <Explanation/>
        </Welcome>
    }
}
