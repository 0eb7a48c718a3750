//! The committee's page: a closed quarter in sentences and tables, made to be printed and hung in a hallway. Online by nature:
//! nothing of it is kept on the phone.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::api::{Api, ApiError};
use crate::app::components::act::Button;
use crate::app::components::shell::{Explanation, Shell};
use crate::app::components::{Icon, Notice};
use crate::app::language;
use crate::app::live::live;
use crate::app::texts::{committee as t, faults};
use crate::domain::quarter::Quarter;
use crate::domain::summary::{Figure, Figures, Numbers, Shown};
use crate::sync::wire::NeighbourhoodSummary;

/// How the neighbourhood was doing.
#[component]
pub fn Page() -> impl IntoView {
    let fetched = RwSignal::new(None::<Result<Vec<NeighbourhoodSummary>, String>>);
    let fetch = move || {
        fetched.set(None);
        spawn_local(async move {
            let answer = Api::default().summaries().await;
            fetched.set(Some(answer.map_err(|why: ApiError| faults::api(&why))));
        });
    };
    fetch();
    view! {
        <Shell title=t::title()>
            {live(move || match fetched.get() {
                None => view! { <p role="status" class="line"><Icon name="sync"/><span>{t::fetching()}</span></p> }.into_any(),
                Some(Err(why)) => view! {
                    <h1>{t::title()}</h1>
                    <Notice kind="warn" icon="cloud-off" title=t::not_fetched()>
                        <p role="alert">{why}</p>
                        <p>{t::not_fetched_why()}</p>
                        <Button icon="sync" words=t::try_again() press=fetch/>
                    </Notice>
                }.into_any(),
                Some(Ok(all)) if all.is_empty() => nothing(None, t::no_neighbourhood(), t::no_neighbourhood_why()),
                Some(Ok(all)) => all.into_iter().map(both).collect_view().into_any(),
            })}
            <Explanation beside=true/>
        </Shell>
    }
}

// What hangs in the hallway is Dutch, whatever the screen speaks.
fn both(of: NeighbourhoodSummary) -> AnyView {
    if !language::english() {
        return neighbourhood(of);
    }
    let paper = language::in_dutch(|| neighbourhood(of.clone()));
    view! { <div class="no-print">{neighbourhood(of)}</div><div class="print-only" lang="nl">{paper}</div> }.into_any()
}

fn neighbourhood(of: NeighbourhoodSummary) -> AnyView {
    let Some(summary) = of.summary else { return nothing(Some(of.neighbourhood), t::nothing_yet(), t::nothing_yet_why()) };
    let title = t::of_when(&of.neighbourhood, summary.quarter);
    match summary.numbers {
        None => nothing(Some(title), t::too_small(), t::too_small_why()),
        Some(numbers) => sheet(title, summary.quarter, &numbers, t::frozen(summary.until)),
    }
}

fn nothing(under: Option<String>, what: &'static str, why: &'static str) -> AnyView {
    view! {
        {head(under)}
        <div class="card"><div class="empty"><Icon name="chart"/><h2>{what}</h2><p>{why}</p></div></div>
    }
    .into_any()
}

// Where there is no neighbourhood, the title stands alone.
fn head(under: Option<String>) -> AnyView {
    view! { <div class="page__head"><h1>{t::title()}</h1><p class="subtle">{under}</p></div> }.into_any()
}

fn sheet(title: String, quarter: Quarter, numbers: &Numbers, frozen: String) -> AnyView {
    let Numbers { contacts, gestures, signals, things, nuisance } = numbers;
    let sentences = t::sentences(quarter, numbers).join(" ");
    let gestures = part(t::gestures(), *gestures);
    let list = |lines: &[&'static str], more: Option<String>| {
        let lines = lines.iter().map(|line| (*line).to_owned()).chain(more);
        view! { <ul class="dots">{lines.map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any()
    };
    view! {
        {head(Some(title))}
        <p class="lead">{sentences}</p>
        <div class="actions"><Button icon="note" words=t::print() press=|| drop(window().print())/></div>
        <div class="sheet">
            {row(t::contacts(), contacts, Some(gestures))}
            {row(t::signals(), signals, None)}
            {table(t::things(), parts(things))}
            {row(t::nuisance(), nuisance, None)}
        </div>
        <div class="sheet">
            <section class="section"><h2>{t::read_well()}</h2>{list(&t::read(), Some(frozen))}</section>
            <section class="section"><h2>{t::says_not()}</h2>{list(&t::not_said(), None)}</section>
        </div>
    }
    .into_any()
}

/// A row of a table; a total has no bar, which would dwarf those of its parts.
struct Row {
    name: &'static str,
    count: Shown,
    total: bool,
}

fn part(name: &'static str, count: Shown) -> Row {
    Row { name, count, total: false }
}

fn parts(lines: &[Figure]) -> Vec<Row> {
    lines.iter().map(|line| part(t::of(line.of), line.count)).collect()
}

fn row(title: &'static str, row: &Figures, more: Option<Row>) -> AnyView {
    // A table of nothing but "minder dan 10" is a sentence.
    if row.lines.iter().all(|line| line.count == Shown::Few) && more.is_none() {
        let total = format!("{}: {}.", t::all(), t::shown(row.total));
        return view! { <section class="section"><h2>{title}</h2><p><strong>{total}</strong>" "{t::all_few(row)}</p></section> }
            .into_any();
    }
    let mut lines = parts(&row.lines);
    lines.push(Row { name: t::all(), count: row.total, total: true });
    lines.extend(more);
    table(title, lines)
}

fn table(title: &'static str, lines: Vec<Row>) -> AnyView {
    let width = |count: Shown| match count {
        Shown::About(count) | Shown::Exact(count) => count,
        _ => 0,
    };
    let longest = lines.iter().filter(|row| !row.total).map(|row| width(row.count)).max().unwrap_or(0).max(1);
    let rows = lines.into_iter().map(|Row { name, count, total }| {
        let bar = (!total && width(count) > 0).then(|| {
            let width = (width(count) * 100 / longest).to_string();
            view! {
                <svg class="counts__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=width height="4"></rect>
                </svg>
            }
        });
        view! {
            <tr class=total.then_some("counts__total")><th scope="row">{name}{bar}</th><td>{t::shown(count)}</td></tr>
        }
    });
    view! {
        <table class="counts">
            <caption>{title}</caption>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
