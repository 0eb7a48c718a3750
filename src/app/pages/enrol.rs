//! Aanmelden: a one-time link, five words, an account on this phone.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;
use wasm_bindgen::JsValue;

use crate::app::api::{Api, ApiError};
use crate::app::components::act::{Button, Submit};
use crate::app::components::shell::{OtherLanguage, Welcome, arrive, focus};
use crate::app::components::{Icon, Line, Notice};
use crate::app::live::{live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::{PhoneError, use_phone};
use crate::app::texts::{faults, welcome as t};
use crate::domain::passphrase;
use crate::sync::problem::{Problem, kinds};
use crate::sync::wire::{EnrolmentFound, Secret};

#[derive(Clone)]
enum Step {
    Looking,
    /// The link can't be used: heading and what to do.
    Dead(&'static str, &'static str),
    /// Nobody answered, or not sensibly; the link may still be good.
    Failed(String),
    Words,
    Check,
}

/// From the link to an open account.
#[component]
pub fn Page() -> impl IntoView {
    let code = StoredValue::new(code_in_address());
    let step = RwSignal::new(Step::Looking);
    let found = RwSignal::new(None::<EnrolmentFound>);
    let list = StoredValue::new(String::new());
    let words = RwSignal::new(Vec::<String>::new());
    let look = move || {
        let Some(code) = code.get_value() else { return step.set(Step::Dead(t::no_code(), t::no_code_do())) };
        step.set(Step::Looking);
        spawn_local(async move {
            let next = async {
                let enrolment = Api::default().find_enrolment(code).await?;
                list.set_value(Api::default().words().await?);
                found.set(Some(enrolment));
                Ok::<_, ApiError>(())
            };
            match next.await {
                Ok(()) => match draw(list) {
                    Some(drawn) => {
                        words.set(drawn);
                        step.set(Step::Words);
                    }
                    None => step.set(Step::Failed(t::bad_list().to_owned())),
                },
                Err(why) => step.set(stopped(&why)),
            }
        });
    };
    look();
    // What comes in place of the screen is announced and gets the focus.
    Effect::new(move |before: Option<()>| {
        step.track();
        if before.is_some() {
            arrive(t::enrol());
        }
    });
    view! {
        <Welcome title=t::enrol()>
            {live(move || match step.get() {
                Step::Looking => view! {
                    <div class="page__head"><h1>{t::enrol()}</h1></div>
                    <p role="status" class="line"><Icon name="sync"/><span>{t::looking()}</span></p>
                }.into_any(),
                Step::Dead(title, what) => view! {
                    <div class="page__head"><h1>{title}</h1></div>
                    <Notice kind="error" icon="alert"><p>{what}</p></Notice>
                    <HaveAccount/>
                }.into_any(),
                Step::Failed(why) => view! {
                    <div class="page__head"><h1>{t::enrol()}</h1></div>
                    <Notice kind="warn" icon="cloud-off">
                        <p>{why}</p>
                        <p>{t::looking_offline()}</p>
                        <Button icon="sync" words=t::try_again() press=move || look()/>
                    </Notice>
                    <HaveAccount/>
                }.into_any(),
                Step::Words => view! { <Words found words step list/> }.into_any(),
                Step::Check => view! { <Check code found words step/> }.into_any(),
            })}
        </Welcome>
    }
}

#[component]
fn HaveAccount() -> impl IntoView {
    view! { <p>{t::have_account()}" "<a href=Path::SignIn.to_string()>{t::sign_in_here()}</a>"."</p> }
}

#[component]
fn Words(
    found: RwSignal<Option<EnrolmentFound>>,
    words: RwSignal<Vec<String>>,
    step: RwSignal<Step>,
    list: StoredValue<String>,
) -> impl IntoView {
    let said = RwSignal::new("");
    let again = move || {
        if let Some(drawn) = draw(list) {
            words.set(drawn);
            said.set(t::other_words_drawn());
        }
    };
    let (name, login_name) = found.get_untracked().map(|found| (found.name, found.login_name)).unwrap_or_default();
    view! {
        <div class="page__head">
            <h1>{t::hello(&name)}</h1>
            <p class="subtle">{t::your_login_name(&login_name)}</p>
            // First of all: choosing another language draws other words, too.
            <OtherLanguage/>
        </div>
        <section class="section">
            <h2>{t::your_words()}</h2>
            <p>{t::your_words_do()}</p>
            <ol class="words" translate="no">{live(move || words.get().into_iter().map(|word| view! { <li>{word}</li> }).collect_view())}</ol>
            <p class="visually-hidden" role="status">{said}</p>
            <div class="actions">
                <Button class="button" words=t::wrote_them() press=move || step.set(Step::Check)/>
                <Button icon="sync" words=t::other_words() press=again/>
            </div>
            <details class="more">
                <summary><Icon name="next"/>{t::why_not_own()}</summary>
                <p>{t::why_not_own_because()}</p>
            </details>
        </section>
    }
}

#[component]
fn Check(
    code: StoredValue<Option<Secret>>,
    found: RwSignal<Option<EnrolmentFound>>,
    words: RwSignal<Vec<String>>,
    step: RwSignal<Step>,
) -> impl IntoView {
    let phone = use_phone();
    let navigate = use_navigate();
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let working = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (Some(code), Some(found)) = (code.get_value(), found.get_untracked()) else { return };
        if working.get_untracked() {
            return;
        }
        let phrase = passphrase::normalise(&typed.get_untracked());
        if phrase != passphrase::normalise(&words.get_untracked().join(" ")) {
            let missing = !passphrase::is_complete(&phrase);
            error.set(Some(if missing { faults::phone(&PhoneError::NotFiveWords) } else { t::check_wrong().to_owned() }));
            return focus("words");
        }
        error.set(None);
        working.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            match phone.enrol(code, &found.login_name, &phrase).await {
                Ok(()) => {
                    // The code is used up: it need not stand in the address or the history.
                    navigate(&phone.after_joining().to_string(), NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Err(why) => {
                    working.set(false);
                    match &why {
                        PhoneError::Api(why) if matches!(stopped(why), Step::Dead(..)) => step.set(stopped(why)),
                        _ => {
                            error.set(Some(faults::phone(&why)));
                            focus("words");
                        }
                    }
                }
            }
        });
    };
    view! {
        <div class="page__head">
            <Button class="back button button--link" icon="back" words=t::back_to_words() press=move || step.set(Step::Words) working/>
            <h1>{t::check()}</h1>
            <p class="subtle">{t::check_why()}</p>
        </div>
        <form autocomplete="off" class="form" id="form" novalidate on:submit=submit>
            <Line id="words" label=t::check_label() hint=t::words_hint() value=typed error/>
            <div class="actions"><Submit words=t::done_open() working/></div>
            <p class="hint" role="status">{sometimes(move || working.get().then_some(t::making()))}</p>
        </form>
    }
}

// The fragment never goes to the server; a code that can't be used is taken out of the address as well.
fn code_in_address() -> Option<Secret> {
    let hash = window().location().hash().unwrap_or_default();
    let code = hash.trim_start_matches('#').trim();
    (!code.is_empty()).then(|| Secret(code.to_owned()))
}

fn forget_address() {
    let path = Path::Enrol.to_string();
    // An address that keeps a dead code does no harm.
    let _ = window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&path)));
}

fn stopped(why: &ApiError) -> Step {
    let dead = match why {
        ApiError::Problem(problem, _) => dead(problem),
        _ => None,
    };
    match dead {
        Some((title, what)) => {
            forget_address();
            Step::Dead(title, what)
        }
        None => Step::Failed(faults::api(why)),
    }
}

fn dead(problem: &Problem) -> Option<(&'static str, &'static str)> {
    match problem.r#type.strip_prefix(kinds::PREFIX)? {
        kinds::UNKNOWN_CODE => Some((t::unknown_code(), t::unknown_code_do())),
        kinds::EXPIRED_CODE => Some((t::expired_code(), t::expired_code_do())),
        kinds::USED_CODE => Some((t::used_code(), t::used_code_do())),
        _ => None,
    }
}

// Five words, each equally likely; none when the list is not the one that we know.
fn draw(list: StoredValue<String>) -> Option<Vec<String>> {
    list.with_value(|list| {
        let all: Vec<&str> = list.lines().map(str::trim).filter(|word| !word.is_empty()).collect();
        if all.len() != passphrase::LIST {
            return None;
        }
        // The first four bytes of a version 4 id are all random.
        let one = || std::iter::repeat_with(|| Uuid::new_v4().as_fields().0).find_map(passphrase::index);
        (0..passphrase::WORDS).map(|_| one().and_then(|index| all.get(index)).map(ToString::to_string)).collect()
    })
}
