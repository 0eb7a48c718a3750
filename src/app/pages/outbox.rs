//! Versturen: what waits, since when, why; what was set aside; whether the phone keeps it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::guarded;
use crate::app::components::act::Button;
use crate::app::components::settings::Storage;
use crate::app::components::shell::Shell;
use crate::app::components::{Icon, Notice};
use crate::app::desk::{self, Overview};
use crate::app::live::{derive, keyed, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::{use_desk, use_phone};
use crate::app::texts::{sending as t, trouble};
use crate::domain::{Entry, EntryId};
use crate::store::OutboxState;
use crate::sync::engine::Status;

mod aside;

use super::drafts::Unfinished;

/// More than this many are counted rather than shown.
const MOST: usize = 40;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    id: EntryId,
    written_at: DateTime<Utc>,
    n: u64,
    title: String,
    since: String,
}

/// What waits and why.
#[component]
pub fn Page() -> impl IntoView {
    let phone = use_phone();
    let overview = use_desk().overview;
    let status = phone.open_status().unwrap_or_else(|| RwSignal::new(Status::default()));
    // Of what stands in a closed journal this list says that it is there, and no more.
    let closed = guarded::use_closed_entries();
    let waiting = derive(move || overview.with(|overview| closed.with(|closed| lines(overview, closed))));
    let aside = derive(move || overview.with(|overview| closed.with(|closed| aside::lines(overview, closed))));
    let old = move || {
        let day_ago = desk::now() - TimeDelta::days(1);
        waiting.with(|waiting| waiting.first().is_some_and(|line| line.written_at < day_ago))
    };
    let elsewhere = move || status.with(|status| status.waiting).saturating_sub(waiting.with(Vec::len));
    view! {
        <Shell title=t::title_words() wide=true>
            <div class="page__head"><h1>{t::title_words()}</h1></div>
            <div role="status" class="stack"><Banner status/></div>
            <Unfinished/>
            {sometimes(move || old().then(|| view! { <Notice kind="warn" icon="clock"><p>{t::old()}</p></Notice> }))}
            {sometimes(move || status.with(|status| status.diverged).then(|| view! {
                <Notice kind="info" icon="sync"><p>{t::restored()}</p></Notice>
            }))}
            {sometimes(move || status.with(|status| status.outdated).then(|| view! {
                <Notice kind="warn" icon="alert"><p>{t::outdated()}</p></Notice>
            }))}
            <div class="columns">
                <div class="stack">
                    {sometimes(move || waiting.with(|waiting| !waiting.is_empty()).then(|| view! {
                        <section class="section">
                            <div class="section__head"><h2>{t::waits_words()}</h2></div>
                            <ul class="rows">
                                {keyed(move || waiting.with(|waiting| waiting.iter().take(MOST).cloned().collect()), move |line: Line| view! {
                                    <li class="row row--plain">
                                        <h3>{line.title}</h3>
                                        <p class="row__meta">{line.since}</p>
                                        {live(move || if status.with(|status| status.pushing) {
                                            view! { <span class="state state--sending"><Icon name="sync"/>{t::being_sent()}</span> }
                                        } else {
                                            view! { <span class="state state--phone"><Icon name="phone-device"/>{t::on_this_phone()}</span> }
                                        })}
                                    </li>
                                })}
                            </ul>
                            {sometimes(move || waiting.with(Vec::len).checked_sub(MOST).filter(|more| *more > 0).map(|more| view! {
                                <p class="subtle">{t::and_more(more)}</p>
                            }))}
                        </section>
                    }))}
                    {sometimes(move || (elsewhere() > 0).then(|| view! { <p class="subtle">{t::waits(elsewhere())}". "{t::elsewhere()}</p> }))}
                    {sometimes(move || aside.with(|aside| !aside.is_empty()).then(|| view! {
                        <section class="section">
                            <div class="section__head"><h2>{trouble::set_aside()}</h2></div>
                            <ul class="rows">
                                {keyed(move || aside.get(), |line| view! { <aside::Aside line/> })}
                            </ul>
                        </section>
                    }))}
                </div>
                <div class="stack">
                    <Storage/>
                </div>
            </div>
        </Shell>
    }
}

#[component]
fn Banner(status: RwSignal<Status>) -> impl IntoView {
    let phone = use_phone();
    let navigate = use_navigate();
    let sign_in = move || {
        navigate(&Path::SignIn.to_string(), NavigateOptions::default());
        phone.lock();
    };
    live(move || {
        let now = status.get();
        let sign_in = sign_in.clone();
        let again = move || {
            view! {
                <Button icon="sync" words=t::try_now() press=move || phone.send_now()/>
            }
        };
        if now.sign_in {
            return view! {
                <Notice kind="warn" icon="key" title=t::sign_in()>
                    {(now.waiting > 0).then(|| view! { <p><strong>{t::waits(now.waiting)}"."</strong></p> })}
                    <p>{t::sign_in_why()}</p>
                    <Button class="button" icon="key" words=t::sign_in_do() press=move || sign_in()/>
                </Notice>
            }
            .into_any();
        }
        match (now.waiting, now.fault) {
            (0, None) if now.set_aside > 0 => view! {
                <Notice kind="info" icon="cloud-check"><p>{trouble::nothing_else()}</p></Notice>
            }
            .into_any(),
            (0, None) => view! {
                <div class="card">
                    <div class="empty"><Icon name="cloud-check"/><h2>{t::all_sent()}</h2><p>{t::nothing_waits()}</p></div>
                </div>
            }
            .into_any(),
            (0, Some(_)) => view! {
                <Notice kind="info" icon="cloud-off"><p>{t::nothing_waits()}" "{t::why(&now)}</p>{again()}</Notice>
            }
            .into_any(),
            (waiting, fault) => {
                let icon = if fault.is_some() { "cloud-off" } else { "sync" };
                view! { <Notice kind="warn" icon=icon title=t::waits(waiting)><p>{t::why(&now)}</p>{again()}</Notice> }.into_any()
            }
        }
    })
}

fn lines(overview: &Overview, closed: &BTreeMap<EntryId, Arc<Entry>>) -> Vec<Line> {
    let caseload = &overview.caseload;
    let mut lines: Vec<Line> = overview
        .outbox
        .iter()
        .filter(|(_, state)| matches!(state, OutboxState::Waiting))
        .filter_map(|(id, _)| caseload.entries.get(id).or_else(|| closed.get(id)))
        .map(|entry| Line {
            id: entry.id,
            written_at: entry.payload.as_ref().map_or(DateTime::UNIX_EPOCH, |payload| payload.written_at),
            n: entry.n,
            title: if closed.contains_key(&entry.id) { t::closed().to_owned() } else { t::title(caseload, entry) },
            since: t::since(entry),
        })
        .collect();
    lines.sort_by_key(|line| (line.written_at, line.n));
    lines
}
