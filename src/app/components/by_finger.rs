//! Opening with a fingerprint or a face: on, off, or not possible here.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{Button, Submit};
use super::shell::focus;
use super::{Icon, Line, Notice};
use crate::app::live::{live, sometimes};
use crate::app::passkey;
use crate::app::phone::{Phone, PhoneError, use_desk, use_phone};
use crate::app::texts::{by_finger as t, faults, welcome};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Nothing,
    Words,
    Sure,
}

/// The setting. Turning it on asks for the five words once.
#[component]
pub fn ByFinger() -> impl IntoView {
    let phone = use_phone();
    let database = StoredValue::new(use_desk().store().name().to_owned());
    let can = RwSignal::new(None::<bool>);
    let asks = RwSignal::new(Asks::Nothing);
    let said = RwSignal::new(None::<String>);
    spawn_local(async move {
        let answer = passkey::can().await;
        can.try_set(Some(answer));
    });
    let turn_off = move || {
        spawn_local(async move {
            match phone.remove_passkey(&database.get_value()).await {
                Ok(()) => asks.set(Asks::Nothing),
                Err(why) => said.set(Some(faults::phone(&why))),
            }
            focus("by-finger");
        });
    };
    view! {
        <div class="stack" id="by-finger" tabindex="-1">
            <div role="status">{live(move || {
                let on = database.with_value(|database| phone.passkey(database)).is_some();
                match (on, can.get()) {
                    (true, _) => state("check", t::is_on()),
                    (false, Some(true)) => state("finger", t::is_off()),
                    (false, Some(false)) => state("key", t::cannot()),
                    (false, None) => ().into_any(),
                }
            })}</div>
            {sometimes(move || said.get().map(|said| view! { <Notice kind="warn" icon="alert"><p role="alert">{said}</p></Notice> }))}
            {live(move || {
                let on = database.with_value(|database| phone.passkey(database)).is_some();
                match (on, asks.get()) {
                    (true, Asks::Sure) => view! {
                        <p id="by-finger-sure" tabindex="-1">{t::off_sure()}</p>
                        <div class="actions">
                            <Button words=t::off_yes() press=turn_off/>
                            <Button words=t::off_no() press=move || { asks.set(Asks::Nothing); focus("by-finger"); }/>
                        </div>
                    }.into_any(),
                    (true, _) => view! {
                        <div class="actions"><Button icon="close" words=t::turn_off() press=move || {
                            asks.set(Asks::Sure);
                            request_animation_frame(|| focus("by-finger-sure"));
                        }/></div>
                    }.into_any(),
                    (false, Asks::Words) => view! { <Words database=database asks said/> }.into_any(),
                    (false, _) => sometimes(move || can.get().unwrap_or_default().then(|| view! {
                        <div class="actions"><Button icon="finger" words=t::turn_on() press=move || {
                            asks.set(Asks::Words);
                            request_animation_frame(|| focus("words"));
                        }/></div>
                    })),
                }
            })}
        </div>
    }
}

fn state(icon: &'static str, words: &'static str) -> AnyView {
    view! { <p class="line"><Icon name=icon/><span>{words}</span></p> }.into_any()
}

/// The five words, once.
#[component]
fn Words(database: StoredValue<String>, asks: RwSignal<Asks>, said: RwSignal<Option<String>>) -> impl IntoView {
    let phone = use_phone();
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let working = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if working.get_untracked() {
            return;
        }
        error.set(None);
        said.set(None);
        working.set(true);
        spawn_local(async move {
            let made = phone.add_passkey(&database.get_value(), &typed.get_untracked()).await;
            working.try_set(false);
            match made {
                Ok(()) => {
                    asks.set(Asks::Nothing);
                    focus("by-finger");
                }
                Err(why) => match not_made(&why) {
                    Some(words) => {
                        said.set(Some(words.to_owned()));
                    }
                    None => {
                        error.set(Some(faults::phone(&why)));
                        focus("words");
                    }
                },
            }
        });
    };
    view! {
        <form autocomplete="off" class="form" novalidate on:submit=submit>
            <p>{t::type_once()}</p>
            <Line id="words" label=welcome::words() hint=welcome::words_hint() value=typed error autocomplete="current-password" secret=true/>
            <div class="actions">
                <Submit icon="finger" words=t::turn_on() working/>
                <Button words=t::not_now() press=move || { asks.set(Asks::Nothing); said.set(None); focus("by-finger"); }/>
            </div>
            <p class="hint" role="status">{sometimes(move || working.get().then_some(welcome::asking()))}</p>
        </form>
    }
}

/// What is said when it is not the words that are wrong.
fn not_made(why: &PhoneError) -> Option<&'static str> {
    match why {
        PhoneError::Passkey => Some(t::not_made()),
        PhoneError::NoPasskey => Some(t::cannot()),
        _ => None,
    }
}

/// The question, after the five words were typed. `done` is what comes after either answer.
#[component]
pub fn Offer(
    /// What comes after it.
    done: Callback<()>,
) -> impl IntoView {
    let phone: Phone = use_phone();
    let database = use_desk().store().name().to_owned();
    let said = RwSignal::new(None::<String>);
    let working = RwSignal::new(false);
    on_cleanup(move || phone.forget_phrase());
    let yes = move || {
        let database = database.clone();
        said.set(None);
        working.set(true);
        spawn_local(async move {
            match phone.add_passkey(&database, "").await {
                Ok(()) => done.run(()),
                Err(why) => {
                    working.try_set(false);
                    said.try_set(Some(not_made(&why).map_or_else(|| faults::phone(&why), str::to_owned)));
                    focus("offer-said");
                }
            }
        });
    };
    view! {
        <section class="section">
            <p>{t::why()}</p>
            <ul class="dots">
                <li>{t::on_phone()}</li>
                <li>{t::keep_words()}</li>
                <li>{t::who_else()}</li>
            </ul>
            <div id="offer-said" tabindex="-1">{sometimes(move || said.get().map(|said| view! {
                <Notice kind="warn" icon="alert"><p role="alert">{said}</p></Notice>
            }))}</div>
            <div class="actions">
                <Button class="button button--big" icon="finger" words=t::yes() press=yes working/>
                <Button class="button button--big button--quiet" words=t::not_now() press=move || done.run(()) working/>
            </div>
            <p class="hint" role="status">{live(move || if working.get() { welcome::asking() } else { t::later() })}</p>
        </section>
    }
}
