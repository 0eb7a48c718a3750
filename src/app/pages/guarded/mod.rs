//! The Meldcode and worries about children: born in a closed journal, seen by its readers only. Colleagues see that something runs and whom
//! to call.
//!
//! No address tells where or about whom: a worry begins at the address of any other worry, with its draft under the same name; a closed
//! journal is at `/apart/` and its id, which is random. Whoever has no grant has none of its lines on the phone, so there is nothing to show.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::app::components::Icon;
use crate::app::components::act::Link;
use crate::app::components::shell::Shell;
use crate::app::desk::{Desk, Overview, SaveError};
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::guarded as t;
use crate::app::when;
use crate::courier;
use crate::domain::body::{Founding, Household};
use crate::domain::guarding::File as Closed;
use crate::domain::{Body, Caseload, Entry, EntryId, JournalId, JournalKind, PlaceId, Subject, UserId, bsn, guarding, json};
use crate::store::OutboxState;
use crate::sync::chain;

mod begin;
mod file;
mod readers;

pub use begin::Half;
pub use file::File;

use begin::Begin;

thread_local! {
    /// Where it was asked for, at the door: the address does not say it.
    static ASKED: Cell<Option<PlaceId>> = const { Cell::new(None) };
}

/// "Ik maak me zorgen", or what goes into a closed journal: whichever was asked for, or was not finished.
#[component]
pub fn Worry(
    /// At which door.
    place: PlaceId,
) -> impl IntoView {
    let desk = use_desk();
    // Nothing until it is read what was not finished here.
    let form = RwSignal::new(None::<Option<Half>>);
    let asked = ASKED.take() == Some(place);
    spawn_local(async move {
        let kept = desk.draft(&begin::draft_name(place)).await.and_then(|kept| json::read::<Half>(&kept).ok());
        let half = kept.or_else(|| asked.then(Half::default)).filter(|half| asked || half.apart);
        form.try_set(Some(half.map(|half| Half { apart: true, ..half })));
    });
    let apart = Callback::new(move |half: Half| form.set(Some(Some(half))));
    let plain = Callback::new(move |()| form.set(Some(None)));
    live(move || match form.get() {
        None => ().into_any(),
        Some(None) => view! { <super::concern::Page place apart/> }.into_any(),
        Some(Some(half)) => view! { <Begin place half plain/> }.into_any(),
    })
}

/// At a door: what runs there, as far as one may know; and the way in.
#[component]
pub fn AtDoor(
    /// Which door.
    place: PlaceId,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    let desk = StoredValue::new_local(desk);
    let running = derive(move || {
        overview.with(|overview| {
            let held = desk.with_value(Desk::held);
            let of = |guarded: &crate::domain::body::Guarded| {
                let words = if guarded.lead == me { t::runs_mine() } else { t::runs(&name(overview, guarded.lead)) };
                (words, held.contains(&guarded.journal).then_some(guarded.journal))
            };
            overview.caseload.guarded_at(place).into_iter().map(of).collect::<Vec<_>>()
        })
    });
    live(move || {
        let of = |(words, journal): (String, Option<JournalId>)| {
            view! {
                <div class="guarded">
                    <p class="line"><Icon name="lock"/><strong>{words}</strong></p>
                    {journal.map(|journal| view! { <Link to=Path::ApartIn(journal) icon="lock" words=t::open()/> })}
                </div>
            }
        };
        running.get().into_iter().map(of).collect_view()
    })
}

/// The button at a door that leads to it.
#[component]
pub fn Button(
    /// Which door.
    place: PlaceId,
) -> impl IntoView {
    view! {
        <a class="button button--link" href=Path::Concern(place).to_string() on:click=move |_| ASKED.set(Some(place))>
            <Icon name="lock"/>{t::button()}
        </a>
    }
}

/// A link to the closed journals on this phone; nothing where there are none.
#[component]
pub fn Way() -> impl IntoView {
    let closed = use_closed();
    sometimes(move || {
        let running = closed.with(|closed| closed.values().filter(|closed| closed.runs()).count());
        (running > 0).then(|| {
            view! {
                <a class="button button--quiet" href=Path::Apart.to_string()>
                    <Icon name="lock"/>{t::all()}" " <span class="tabs__count">{running}</span>
                </a>
            }
        })
    })
}

/// The closed journals on this phone.
#[component]
pub fn Index() -> impl IntoView {
    let desk = use_desk();
    let (overview, me) = (desk.overview, desk.me);
    let closed = use_closed();
    let rows = derive(move || {
        let mut rows: Vec<(bool, String, String, String, JournalId)> = overview.with(|overview| {
            closed.with(|closed| {
                let row = |(journal, closed): (&JournalId, &Closed)| {
                    let state = closed.came_of().map_or_else(|| t::runs_words().to_owned(), |_| t::is_closed().to_owned());
                    (!closed.runs(), place_name(overview, closed.subject), t::done(closed.done()), state, *journal)
                };
                closed.iter().map(row).collect()
            })
        });
        rows.sort();
        rows
    });
    view! {
        <Shell title=t::all() wide=true>
            <div class="page__head">
                <h1>{t::all()}</h1>
                <p class="subtle">{t::all_why()}</p>
            </div>
            {live(move || {
                let rows = rows.get();
                if rows.is_empty() {
                    return view! { <div class="card"><div class="empty"><Icon name="lock"/><p>{t::none()}</p></div></div> }.into_any();
                }
                let row = |(over, place, done, state, journal): (bool, String, String, String, JournalId)| view! {
                    <li class="row">
                        <a class="row__link" href=Path::ApartIn(journal).to_string()>
                            <span class="row__title">{place}</span>
                            <span class="row__meta">{done}</span>
                            <span class=if over { "state" } else { "state state--question" }>
                                <Icon name=if over { "check" } else { "lock" }/>{state}
                            </span>
                        </a>
                    </li>
                };
                view! { <ul class="rows">{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
            })}
            {sometimes(move || {
                let more = me.with(|me| me.more);
                (more > 0).then(|| view! { <p class="subtle">{t::more(more)}</p> })
            })}
        </Shell>
    }
}

/// What a colleague is called; "een collega" if nobody says.
pub(super) fn name(overview: &Overview, user: UserId) -> String {
    overview.name(user).unwrap_or_else(|| t::a_colleague().to_owned())
}

/// Where somebody lives, as far as this neighbourhood knows.
fn place_name(overview: &Overview, subject: Subject) -> String {
    let place = overview.caseload.place_of(subject).map(|place| overview.caseload.place_name(place));
    place.filter(|name| !name.is_empty()).unwrap_or_else(|| t::elsewhere().to_owned())
}

/// How far an entry is, as an icon and a word.
fn state(overview: &Overview, id: EntryId) -> (&'static str, &'static str, &'static str) {
    match overview.outbox.get(&id) {
        None => ("state state--sent", "cloud-check", t::sent()),
        Some(OutboxState::Sent { .. }) => ("state state--sending", "sync", t::sent()),
        Some(_) => ("state state--phone", "phone-device", t::only_here()),
    }
}

/// The closed journals on this phone as they add up; read again whenever something is saved or comes.
fn use_closed() -> RwSignal<BTreeMap<JournalId, Closed>> {
    use_each(|caseload, journal, all| {
        all.extend(Closed::of(caseload).map(|file| (journal, file)));
    })
}

/// The entries of the closed journals on this phone.
pub(super) fn use_closed_entries() -> RwSignal<BTreeMap<EntryId, Arc<Entry>>> {
    use_each(|caseload, _, all| all.extend(caseload.entries.iter().map(|(id, entry)| (*id, Arc::clone(entry)))))
}

fn use_each<K, V>(take: fn(&Caseload, JournalId, &mut BTreeMap<K, V>)) -> RwSignal<BTreeMap<K, V>>
where
    K: Ord + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    let desk = use_desk();
    let closed = RwSignal::new(BTreeMap::new());
    let desk = StoredValue::new_local(desk);
    Effect::new(move |_| {
        let desk = desk.get_value();
        desk.overview.track();
        let open = desk.me.with(|me| {
            let open = me.journals.iter().filter(|granted| granted.kind != JournalKind::Closed);
            open.map(|granted| granted.journal).collect::<Vec<_>>()
        });
        spawn_local(async move {
            let mut read = BTreeMap::new();
            for journal in desk.held().into_iter().filter(|journal| !open.contains(journal)) {
                // One that can't be read now is read when something changes.
                if let Ok(caseload) = desk.laid_in(journal).await {
                    take(&caseload, journal, &mut read);
                }
            }
            closed.try_set(read);
        });
    });
    closed
}

/// What is written, and what its writer said of numbers in it that could be a BSN.
fn with_notes(bodies: Vec<(Subject, Body)>) -> Vec<(EntryId, Subject, Body)> {
    let drawn = |(subject, body)| (EntryId(Uuid::now_v7()), subject, body);
    let mut all: Vec<(EntryId, Subject, Body)> = bodies.into_iter().map(drawn).collect();
    let notes = all.iter().filter_map(|(id, subject, body)| Some(drawn((*subject, bsn::note(*id, body)?))));
    let notes: Vec<_> = notes.collect();
    all.extend(notes);
    all
}

/// Saves in a closed journal.
async fn save(desk: &Desk, journal: JournalId, bodies: Vec<(Subject, Body)>) -> Result<Vec<EntryId>, SaveError> {
    desk.save_in(journal, desk.write(with_notes(bodies))).await
}

/// Founds a closed journal with a worry in it; offline as well as online.
async fn found(
    desk: &Desk,
    subject: Subject,
    founding: Founding,
    concern: crate::domain::body::Concern,
) -> Result<JournalId, SaveError> {
    let written = desk.write(with_notes(guarding::begin(subject, founding, concern)));
    let (_, payload, salt) = written.first().ok_or(SaveError::NoJournal)?;
    let author = desk.me.with_untracked(|me| me.user);
    let journal = chain::founded(author, &chain::commitment(salt, payload.write()?.get()));
    // A phone that has no room for the key makes one with the first page that comes.
    let _ = desk.vault().add_journal(&**desk.store(), journal).await;
    desk.save_in(journal, written).await?;
    // What can't be read again now is read at the next start.
    let _ = courier::Desk::read_again(desk).await;
    Ok(journal)
}

/// Begins it all: who lives there, where nobody was known; the closed journal; and what colleagues see of it.
async fn begin_all(
    desk: &Desk,
    place: PlaceId,
    concern: crate::domain::body::Concern,
    with: Vec<UserId>,
    lead: UserId,
) -> Result<JournalId, SaveError> {
    let neighbourhood = desk.neighbourhood().ok_or(SaveError::NoJournal)?;
    let (subject, begins) = desk.overview.with_untracked(|overview| {
        guarding::about(&overview.caseload, place, when::today(), crate::domain::HouseholdId(Uuid::new_v4()))
    });
    if let Some(household @ Body::Household(Household { .. })) = begins {
        desk.save(vec![(subject, household)]).await?;
    }
    let journal = found(desk, subject, Founding { neighbourhood, with }, concern).await?;
    // Where this is not kept, the screen that follows says that colleagues do not know it yet.
    let _ = desk.save(guarding::tell(subject, None, journal, lead, true)).await;
    Ok(journal)
}
