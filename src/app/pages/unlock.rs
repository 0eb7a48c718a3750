//! Openen: who are you, and your finger or your five words. Works without a signal.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::app::components::act::Link;
use crate::app::components::shell::{Explanation, OtherLanguage, Welcome, focus};
use crate::app::components::{Icon, Line, Notice};
use crate::app::live::{live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::{Known, PhoneError, use_phone};
use crate::app::pieces;
use crate::app::texts::{faults, welcome as t};

/// The accounts of this phone, and the phrase.
#[component]
pub fn Page() -> impl IntoView {
    let phone = use_phone();
    let navigate = use_navigate();
    let here = use_location().pathname;
    let accounts = phone.known.with_untracked(|known| people(known));
    let chosen = RwSignal::new(accounts.first().map(|known| known.account.database.clone()).unwrap_or_default());
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let refused = RwSignal::new(None::<String>);
    let working = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let wait = Countdown::start();
    let has_passkey = move || chosen.with(|chosen| phone.passkey(chosen)).is_some();
    let open = move |by_finger: bool| {
        error.set(None);
        refused.set(None);
        let busy = if by_finger { asking } else { working };
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            // Let the button show that it works before the slow part.
            let database = chosen.get_untracked();
            let opened = if by_finger {
                phone.open_by_passkey(&database).await
            } else {
                phone.open(&database, &typed.get_untracked()).await
            };
            match opened {
                Ok(()) if here.get_untracked() == Path::Unlock.to_string() => {
                    navigate("/", NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Ok(()) => {}
                Err(why) => {
                    busy.try_set(false);
                    let (say, id) = if by_finger { (refused, "finger") } else { (error, "words") };
                    say.set(Some(match &why {
                        PhoneError::WrongPhrase(seconds) => {
                            wait.begin(*seconds);
                            t::look_at_paper().to_owned()
                        }
                        PhoneError::Wait(seconds) => {
                            wait.begin(*seconds);
                            t::too_soon().to_owned()
                        }
                        _ => faults::phone(&why),
                    }));
                    // Once the button is there to be tapped again.
                    request_animation_frame(move || focus(id));
                }
            }
        });
    };
    let by_finger = {
        let open = open.clone();
        move || open(true)
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !working.get_untracked() && wait.left.get_untracked() == 0 {
            open(false);
        }
    };
    // After the shell has put the focus on the page. Where a finger does it, no keyboard comes up.
    let first = if untrack(has_passkey) { "finger" } else { "words" };
    request_animation_frame(move || request_animation_frame(move || focus(first)));
    let several = accounts.len() > 1;
    let only = accounts.first().map(|known| known.account.login_name.clone()).unwrap_or_default();
    view! {
        <Welcome title=t::open()>
            <div class="page__head">
                <h1>{if several { t::who().to_owned() } else { t::hello(&only) }}</h1>
            </div>
            <div role="status">{live(move || phone.known.get().into_iter().map(|known| view! { <Waiting known/> }).collect_view())}</div>
            <form autocomplete="off" class="form" id="form" novalidate on:submit=submit>
                {several.then(|| view! {
                    <fieldset class="field">
                        <legend>{t::on_this_phone()}</legend>
                        <div class="tiles tiles--list">
                            {accounts.into_iter().map(|known| {
                                let database = known.account.database;
                                let mine = database.clone();
                                view! {
                                    <label class="tile">
                                        <Icon name="user"/>
                                        <span>{known.account.login_name}</span>
                                        <input
                                            type="radio"
                                            name="account"
                                            prop:checked=move || chosen.with(|chosen| *chosen == mine)
                                            on:change=move |_| {
                                                chosen.set(database.clone());
                                                error.set(None);
                                                refused.set(None);
                                                wait.begin(0);
                                            }
                                        />
                                    </label>
                                }
                            }).collect_view()}
                        </div>
                    </fieldset>
                })}
                {sometimes(move || has_passkey().then(|| {
                    let press = by_finger.clone();
                    view! {
                        <div class="stack">
                            <button class="button button--big" type="button" id="finger" disabled=asking on:click=move |_| press()>
                                <Icon name="finger"/>{t::by_finger()}
                            </button>
                            <div role="alert">{sometimes(move || refused.get().map(|said| view! {
                                <p class="field__error"><Icon name="alert"/>{said}</p>
                            }))}</div>
                        </div>
                    }
                }))}
                <Line id="words" label=t::words() hint=t::words_hint() value=typed error autocomplete="current-password" secret=true/>
                <div class="actions">
                    <button
                        class="button button--big"
                        class:button--quiet=has_passkey
                        type="submit"
                        disabled=move || working.get() || wait.left.with(|left| *left > 0)
                    >
                        {live(move || match wait.left.get() {
                            0 => view! { <Icon name="key"/>{t::open()} }.into_any(),
                            left => view! { <Icon name="clock"/>{t::wait(left)} }.into_any(),
                        })}
                    </button>
                </div>
                <p class="hint" role="status">{live(move || match (working.get(), asking.get()) {
                    (true, _) => t::opening(),
                    (_, true) => t::asking(),
                    _ => wait.said.get(),
                })}</p>
            </form>
            <update-banner></update-banner>
            <OtherLanguage/>
            <p><Link to=Path::SignIn class="back" icon="plus" words=t::other_account()/></p>
            <details class="more">
                <summary><Icon name="next"/>{t::lost_words()}</summary>
                <p>{t::lost_words_do()}" "{t::lost_words_waits()}</p>
                <Link to=Path::SignIn icon="key" words=t::new_words()/>
            </details>
            <Explanation/>
        </Welcome>
    }
}

#[component]
fn Waiting(known: Known) -> impl IntoView {
    let held = use_phone().held_by(&known.account.database);
    let way_out = held.map(|(store, stranded)| pieces::way_out(stranded, store));
    let waiting = sometimes(move || {
        let status = known.status.get();
        (status.waiting > 0).then(|| {
            let (what, next) = t::waiting(&status);
            let icon = if status.sign_in {
                "key"
            } else if status.pushing {
                "sync"
            } else {
                "cloud-off"
            };
            view! { <Notice kind="warn" icon=icon><p><strong>{what}</strong>" "{next}</p></Notice> }
        })
    });
    view! { {waiting}{way_out} }
}

// One line a person: who signed in twice on this phone has two databases, and the older one only sends.
fn people(known: &[Known]) -> Vec<Known> {
    let mut people: Vec<Known> = Vec::new();
    for one in known {
        if !people.iter().any(|other| other.account.login_name == one.account.login_name) {
            people.push(one.clone());
        }
    }
    people
}

/// Seconds until the next attempt, by the clock: a timer that slept does not make it longer. The seconds stand on the
/// button; what is read out is only that there is a wait, and that it is over.
#[derive(Clone, Copy)]
struct Countdown {
    until: StoredValue<f64>,
    left: RwSignal<i64>,
    said: RwSignal<&'static str>,
}

impl Countdown {
    fn start() -> Self {
        let countdown = Self { until: StoredValue::new(0.0), left: RwSignal::new(0), said: RwSignal::new("") };
        if let Ok(handle) = set_interval_with_handle(move || countdown.tick(), Duration::from_millis(500)) {
            on_cleanup(move || handle.clear());
        }
        countdown
    }

    fn begin(self, seconds: i64) {
        #[expect(clippy::cast_precision_loss, reason = "minutes at most")]
        self.until.set_value(js_sys::Date::now() + seconds as f64 * 1000.0);
        self.left.set(seconds);
        self.said.set(if seconds > 0 { t::nothing_wiped() } else { "" });
    }

    fn tick(self) {
        let before = self.left.get_untracked();
        if before == 0 {
            return;
        }
        #[expect(clippy::cast_possible_truncation, reason = "minutes at most")]
        let left = (((self.until.get_value() - js_sys::Date::now()) / 1000.0).ceil() as i64).max(0);
        if left != before {
            self.left.set(left);
        }
        if left == 0 {
            self.said.set(t::may_again());
        }
    }
}
