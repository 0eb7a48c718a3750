//! Nog niet af: what lies half-written on this phone, where and since when.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::app::components::act::{Back, Button};
use crate::app::components::shell::{Shell, focus};
use crate::app::components::{Icon, Notice};
use crate::app::drafts::kept_at;
use crate::app::going_on;
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::{HalfDone, Path};
use crate::app::phone::use_desk;
use crate::app::texts::{noting as t, sending, unfinished};

#[derive(Clone, PartialEq)]
struct Item {
    name: String,
    half: HalfDone,
    at: Option<DateTime<Utc>>,
}

/// The list.
#[component]
pub fn Page() -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let items = RwSignal::new(None::<Vec<Item>>);
    let sure = RwSignal::new(None::<String>);
    let said = RwSignal::new("");
    let desk = StoredValue::new_local(desk);
    let read = move || {
        let desk = desk.get_value();
        leptos::task::spawn_local(async move {
            let mut found = Vec::new();
            for name in desk.drafts().await {
                let Some(half) = HalfDone::of(&name) else { continue };
                let at = desk.draft(&name).await.and_then(|draft| kept_at(&draft));
                found.push(Item { name, half, at });
            }
            found.sort_by_key(|item| std::cmp::Reverse(item.at));
            items.try_set(Some(found));
        });
    };
    read();
    let drop = move |name: String| {
        let desk = desk.get_value();
        leptos::task::spawn_local(async move {
            desk.drop_draft(&name).await;
            said.try_set(t::draft_gone());
            read();
            request_animation_frame(|| focus("main"));
        });
    };
    let row = move |item: Item| {
        let place =
            item.half.place.map(|place| overview.with(|overview| overview.caseload.place_name(place))).unwrap_or_default();
        let what = unfinished::form(&item.half);
        let name = StoredValue::new(item.name);
        let asked = derive(move || sure.with(|sure| sure.as_ref().is_some_and(|sure| name.with_value(|name| name == sure))));
        let label = [format!("{}: {what}", t::draft_go_on()), place.clone()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        view! {
            <li class="row row--plain">
                <h2 class="row__title">{what}</h2>
                <p class="row__meta">{place}</p>
                {item.at.map(|at| view! { <p class="row__meta">{t::kept(at)}</p> })}
                <div class="actions">
                    {item.half.path.map(|path| view! {
                        <a class="button" href=path.to_string() aria-label=label on:click=move |_| going_on::with(name.get_value())>
                            <Icon name="edit"/>{t::draft_go_on()}
                        </a>
                    })}
                    {live(move || if asked.get() {
                        view! {
                            <span class="subtle">{t::draft_drop_why()}</span>
                            <Button words=t::draft_drop_sure() press=move || drop(name.get_value())/>
                            <Button words=t::draft_keep() press=move || sure.set(None)/>
                        }
                        .into_any()
                    } else {
                        view! { <Button words=t::draft_drop() press=move || sure.set(Some(name.get_value()))/> }.into_any()
                    })}
                </div>
            </li>
        }
    };
    view! {
        <Shell title=t::drafts_words() wide=true>
            <div class="page__head">
                <Back to=Path::Outbox words=sending::title_words()/>
                <h1>{t::drafts_words()}</h1>
                <p class="subtle">{t::drafts_why()}</p>
            </div>
            <p role="status">{move || said.get()}</p>
            {sometimes(move || items.get().map(|items| if items.is_empty() {
                view! {
                    <div class="card"><div class="empty"><Icon name="check"/><h2>{t::no_drafts()}</h2><p>{t::no_drafts_why()}</p></div></div>
                }
                .into_any()
            } else {
                view! { <ul class="rows">{items.into_iter().map(row).collect_view()}</ul> }.into_any()
            }))}
        </Shell>
    }
}

/// How many lie there, as a line that leads to them; nothing where all is finished.
#[component]
pub fn Unfinished() -> impl IntoView {
    let desk = use_desk();
    let count = RwSignal::new(0);
    leptos::task::spawn_local(async move {
        let names = desk.drafts().await;
        count.try_set(names.iter().filter(|name| HalfDone::of(name).is_some()).count());
    });
    sometimes(move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <Notice kind="info" icon="edit">
                    <p><a href=Path::Drafts.to_string()>{t::drafts(count)}</a></p>
                </Notice>
            }
        })
    })
}
