//! What this phone remembers without a key: colours, the size of the text, when it locks, which neighbourhood is open.

use leptos::prelude::*;

use crate::app::language::Chosen;
use crate::app::live::live;
use crate::app::phone::use_desk;
use crate::app::preferences::{self, Preferences};
use crate::app::texts::{day as t, faults};
use crate::courier::Desk as _;
use crate::domain::{JournalId, JournalKind};

use crate::app::components::error_summary::Fault;

fn change(with: impl FnOnce(&mut Preferences)) {
    let mut preferences = preferences::read();
    with(&mut preferences);
    preferences::keep(&preferences);
}

/// One of a few: a chip, its name, whether it is so now, and what choosing it does.
fn chip(group: &'static str, name: String, now: bool, choose: Box<dyn Fn()>) -> AnyView {
    view! {
        <label class="chip">
            <input type="radio" name=group checked=now on:change=move |_| choose()/>
            <span>{name}</span>
        </label>
    }
    .into_any()
}

/// Colours and the size of the text; seen at once.
#[component]
pub fn Looks() -> impl IntoView {
    let now = preferences::read();
    let themes = t::themes().map(|(theme, name)| {
        let choose = move || change(|preferences| preferences.theme = theme.map(ToOwned::to_owned));
        chip("theme", name.to_owned(), now.theme.as_deref() == theme, Box::new(choose))
    });
    let sizes = t::sizes().map(|(size, name)| {
        let choose = move || change(|preferences| preferences.text_size = size);
        chip("size", name.to_owned(), now.text_size == size, Box::new(choose))
    });
    let chosen = expect_context::<Chosen>();
    let languages = [(false, "Nederlands"), (true, "English")].map(|(english, name)| {
        chip("language", name.to_owned(), now.english == english, Box::new(move || chosen.choose(english)))
    });
    view! {
        <fieldset class="field">
            <legend>{t::language()}</legend>
            <div class="chips">{languages.into_iter().collect_view()}</div>
        </fieldset>
        <fieldset class="field"><legend>{t::text_size()}</legend><div class="chips">{sizes.into_iter().collect_view()}</div></fieldset>
        <fieldset class="field"><legend>{t::theme()}</legend><div class="chips">{themes.into_iter().collect_view()}</div></fieldset>
    }
}

/// After how long the phone locks itself.
#[component]
pub fn Locking() -> impl IntoView {
    let now = preferences::read();
    let minutes = t::MINUTES.map(|minutes| {
        let choose = move || change(|preferences| preferences.lock_minutes = minutes);
        chip("lock", t::minutes(minutes), now.lock_minutes == minutes, Box::new(choose))
    });
    view! {
        <fieldset class="field">
            <legend>{t::lock()}</legend>
            <p class="hint">{t::lock_hint()}</p>
            <div class="chips">{minutes.into_iter().collect_view()}</div>
        </fieldset>
    }
}

/// Which neighbourhood is open, where there are several; with one there is nothing to choose.
#[component]
pub fn Neighbourhoods() -> impl IntoView {
    let desk = use_desk();
    let me = desk.me;
    let desk = StoredValue::new_local(desk);
    let fault = RwSignal::new(None::<String>);
    live(move || {
        let ours: Vec<(JournalId, String)> = me.with(|me| {
            let ours = me.journals.iter().filter(|granted| granted.kind == JournalKind::Neighbourhood);
            ours.map(|granted| (granted.journal, granted.name.clone())).collect()
        });
        if ours.len() < 2 {
            return ().into_any();
        }
        let open = desk.with_value(|desk| desk.neighbourhood());
        let chips = ours
            .into_iter()
            .map(|(journal, name)| {
                let choose = move || {
                    change(|preferences| preferences.neighbourhood = Some(journal));
                    let desk = desk.get_value();
                    leptos::task::spawn_local(async move {
                        let laid = desk.relay().await;
                        fault.try_set(laid.err().map(|why| faults::save(&why)));
                    });
                };
                chip("buurt", name, open == Some(journal), Box::new(choose))
            })
            .collect_view();
        view! {
            <section class="section">
                <div class="section__head"><h2>{t::neighbourhood()}</h2></div>
                <div class="card">
                    <fieldset class="field">
                        <legend>{t::neighbourhood_open()}</legend>
                        <p class="hint">{t::neighbourhood_hint()}</p>
                        <div class="chips">{chips}</div>
                    </fieldset>
                    <Fault fault/>
                </div>
            </section>
        }
        .into_any()
    })
}
