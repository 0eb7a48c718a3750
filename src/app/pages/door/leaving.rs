//! Who left, who wants to be left alone, and a door that is no more. What stops something is asked once more.

use leptos::prelude::*;

use super::writer::{JustSaved, Writer};
use crate::app::components::act::Button;
use crate::app::components::ask::{Ask, Words};
use crate::app::components::confirm::Confirm;
use crate::app::components::error_summary::Errors;
use crate::app::components::field::{Field, Input};
use crate::app::components::shell::focus;
use crate::app::components::{Icon, Notice};
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, places, worker};
use crate::app::when;
use crate::domain::body::{Ending, NoContact, Settled, SettledAs, Withdrawal};
use crate::domain::{EntryId, HouseholdId, PlaceId, Subject, knowing, left_alone};
use crate::sync::held::OutboxState;

/// A place that a colleague took off the list: said, with what stands there now.
#[component]
pub(in crate::app::pages) fn Gone(place: PlaceId) -> impl IntoView {
    let overview = use_desk().overview;
    let gone = derive(move || {
        overview.with(|overview| {
            let hidden = overview.caseload.places.get(&place)?.hidden.as_ref()?;
            Some(hidden.successor.map(|successor| (successor, overview.caseload.place_name(successor))))
        })
    });
    sometimes(move || {
        gone.get().map(|successor| {
            let now = successor.map_or_else(
                || view! { <p>{places::gone_no_successor()}</p> }.into_any(),
                |(successor, name)| {
                    view! { <p><a href=Path::Door(successor).to_string()>{places::go_to(&name)}</a></p> }.into_any()
                },
            );
            view! {
                <Notice kind="warn" icon="door-shut" title=places::gone()>
                    <p>{places::gone_why()}</p>
                    {now}
                </Notice>
            }
        })
    })
}

/// Who lived here last, and left.
#[component]
pub(super) fn Ended(place: PlaceId) -> impl IntoView {
    let overview = use_desk().overview;
    let ended = derive(move || {
        overview.with(|overview| knowing::ended_at(&overview.caseload, place).map(|(_, ended)| (ended.why, ended.on)))
    });
    sometimes(move || {
        ended.get().map(|(why, on)| {
            let (title, words) = places::ended(why, on);
            view! { <Notice kind="info" icon="house" title><p>{words}</p></Notice> }
        })
    })
}

/// "Niet aanbellen", and nothing else.
#[component]
pub(super) fn LeftAlone(place: PlaceId, writer: Writer) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    // The wish, who noted it when, and whether it can still be taken back: only while it lies here.
    let wish = derive(move || {
        overview.with(|overview| {
            let entry = knowing::no_contact_at(&overview.caseload, place)?;
            let author = overview.name(entry.author).unwrap_or_else(|| places::a_colleague().to_owned());
            let by = places::known_by(&author, when::day_of(entry.payload.as_ref()?.written_at), None);
            let here = entry.author == me && overview.outbox.get(&entry.id) == Some(&OutboxState::Waiting);
            Some((entry.id, by, here))
        })
    });
    let over = Callback::new(move |text: String| {
        let of = wish.with_untracked(|wish| wish.as_ref().map(|(of, ..)| *of));
        let settled = |of: EntryId| Settled { of, how: SettledAs::Over, text: text.clone(), until: None };
        of.map(|of| (Subject::Place(place), settled(of).into())).into_iter().collect()
    });
    let words = Words {
        button: places::leave_alone_over(),
        icon: "undo",
        title: places::leave_alone_over_title(),
        label: places::leave_alone_over_label(),
        hint: places::leave_alone_over_hint(),
    };
    let act = live(move || match wish.get() {
        Some((of, _, true)) => {
            let press = move || {
                writer.save(vec![(Subject::Place(place), Withdrawal { of }.into())], crate::app::texts::worker::undone(), |_| {
                    request_animation_frame(|| focus("main"));
                });
            };
            view! {
                <p>{places::leave_alone_waits()}</p>
                <Button icon="undo" words=worker::undo() press/>
            }
            .into_any()
        }
        Some((of, _, false)) => view! { <Ask words id="niet-meer" about=("over", of) bodies=over/> }.into_any(),
        None => ().into_any(),
    });
    view! {
        <section class="alone">
            <h2 class="line"><Icon name="door-shut"/>{places::leave_alone()}</h2>
            <p>{places::leave_alone_why()}</p>
            <p class="small">{live(move || wish.with(|wish| wish.as_ref().map(|(_, by, _)| by.clone())))}</p>
            <div class="stack">{act}</div>
        </section>
    }
}

/// Moved, died, wants to be left alone.
#[component]
pub(super) fn Leaving(place: PlaceId, writer: Writer, saved: RwSignal<JustSaved>) -> impl IntoView {
    let overview = use_desk().overview;
    let household = derive(move || overview.with(|overview| overview.caseload.household_at(place).map(|household| household.id)));
    let open = derive(move || overview.with(|overview| !overview.caseload.open_concerns_at(place).is_empty()));
    let runs = derive(move || {
        let household = household.get();
        overview.with(|overview| household.is_some_and(|household| left_alone::runs(&overview.caseload, household)))
    });
    let ends = live(move || {
        household.get().map(|household| {
            view! {
                <Ends household why=Ending::Moved open writer saved/>
                <Ends household why=Ending::Died open writer saved/>
            }
        })
    });
    let alone = Callback::new(move |()| {
        let body = NoContact { household: household.get_untracked() };
        saved.set(None);
        writer.save(vec![(Subject::Place(place), body.into())], "", move |_| {
            let desk = writer.desk.get_value();
            leptos::task::spawn_local(async move {
                // What was not finished here goes with it, whatever form it was.
                for name in desk.drafts().await {
                    if name.contains(&place.to_string()) {
                        desk.drop_draft(&name).await;
                    }
                }
            });
            request_animation_frame(|| focus("main"));
        });
        true
    });
    let what = move || {
        view! {
            <p>{places::no_contact_what()}</p>
            <p>{places::no_contact_sure()}</p>
            {sometimes(move || runs.get().then(|| view! { <p><strong>{places::no_contact_runs()}</strong></p> }))}
        }
    };
    view! {
        <details class="more">
            <summary><Icon name="next"/>{places::no_longer()}</summary>
            <div class="actions">
                {ends}
                <Confirm id="geen-contact" button=places::no_contact() icon="door-shut" title=places::no_contact_title()
                    yes=places::no_contact_yes() no=worker::back() for_good=true sure=alone what/>
            </div>
        </details>
    }
}

/// A household ends, on a day.
#[component]
fn Ends(
    household: HouseholdId,
    why: Ending,
    open: crate::app::live::Derived<bool>,
    writer: Writer,
    saved: RwSignal<JustSaved>,
) -> impl IntoView {
    let died = why == Ending::Died;
    let (id, field) = if died { ("overleden", "overleden-dag") } else { ("verhuisd", "verhuisd-dag") };
    let day = RwSignal::new(when::today().to_string());
    let errors = RwSignal::new(Errors::new());
    let sure = Callback::new(move |()| {
        let on = day.get_untracked().parse().ok();
        let began = writer.look(|overview| overview.caseload.households.get(&household).map(|state| state.household.clone()));
        let Some(began) = began else { return true };
        let found = knowing::check_end(on, &began, when::today());
        let Some(on) = on.filter(|_| found.is_empty()) else {
            errors.set(found.into_iter().map(|(_, why)| (field, places::wrong(field, why, None))).collect());
            focus(field);
            return false;
        };
        errors.set(Errors::new());
        writer.save(vec![knowing::ended(household, on, why)], "", move |ids| {
            saved.set(ids.first().map(|id| (*id, labels::ending(why).to_owned(), false, true)));
        });
        true
    });
    let what = move || {
        let partner = died.then(|| view! { <p>{places::died_partner()}</p> });
        view! {
            <p>{if died { places::died_what() } else { places::moved_what() }}</p>
            {partner}
            {sometimes(move || open.get().then(|| view! { <p><strong>{places::open_signals()}</strong></p> }))}
            <form autocomplete="off" novalidate=true on:submit=move |event| { event.prevent_default(); sure.run(()); }>
                <Field id=field label=if died { places::died_day() } else { places::moved_day() } input=Input::Day value=day errors/>
            </form>
        }
    };
    let (button, icon) = if died { (places::died(), "leaf") } else { (places::moved(), "house") };
    let (title, yes) =
        if died { (places::died_title(), places::died_yes()) } else { (places::moved_title(), places::moved_yes()) };
    view! { <Confirm id button icon title yes no=worker::back() sure what/> }
}
