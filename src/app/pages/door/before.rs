//! What to know before ringing. "Veilig werken" stands above everything else.

use leptos::prelude::*;

use super::writer::Writer;
use crate::app::components::Icon;
use crate::app::components::act::Button;
use crate::app::desk::Overview;
use crate::app::live::{derive, sometimes};
use crate::app::phone::use_desk;
use crate::app::texts::{places, worker};
use crate::app::when;
use crate::domain::body::{KnownKind, KnownOf, Review, Settled, SettledAs, Verdict};
use crate::domain::{Entry, EntryId, PlaceId, Role, Subject};

/// Something that is known, as the screen says it.
#[derive(Clone, PartialEq)]
struct Line {
    id: EntryId,
    subject: Subject,
    what: KnownKind,
    text: String,
    by: String,
    /// Who of the supervisors has seen it.
    seen: Option<String>,
}

fn lines(overview: &Overview, place: PlaceId, of: &[KnownOf]) -> Vec<Line> {
    let known = overview.caseload.known_at(place, when::today());
    known
        .into_iter()
        .filter(|(_, known)| of.contains(&known.what.of()))
        .filter_map(|(entry, known)| {
            let payload = entry.payload.as_ref()?;
            let author = overview.name(entry.author).unwrap_or_else(|| places::a_colleague().to_owned());
            let by = places::known_by(&author, when::day_of(payload.written_at), known.until);
            let (id, subject, text) = (entry.id, payload.subject, known.text.clone());
            Some(Line { id, subject, what: known.what, text, by, seen: seen(overview, entry) })
        })
        .collect()
}

fn seen(overview: &Overview, entry: &Entry) -> Option<String> {
    let reviews = overview.caseload.reviews.get(&entry.id)?;
    let seen = reviews.iter().rev().find(|review| review.verdict == Verdict::Seen)?;
    Some(overview.name(seen.author).unwrap_or_else(|| places::a_supervisor().to_owned()))
}

fn over(writer: Writer, line: &Line) {
    let settled = Settled { of: line.id, how: SettledAs::Over, text: String::new(), until: None };
    writer.save(vec![(line.subject, settled.into())], places::over_done(), |_| {});
}

/// "Veilig werken" and "weg tot": before the bell.
#[component]
pub(super) fn Safety(place: PlaceId, writer: Writer) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let supervises = desk.me.with_untracked(|me| me.role == Role::Supervisor);
    let safety = derive(move || overview.with(|overview| lines(overview, place, &[KnownOf::Safety])));
    let away = derive(move || overview.with(|overview| lines(overview, place, &[KnownOf::Away])));
    let safety = sometimes(move || {
        let lines = safety.get();
        (!lines.is_empty()).then(|| {
            let lines = lines.into_iter().map(|line| {
                let (confirm, end) = (line.clone(), line.clone());
                let confirmed = line.seen.is_some();
                let confirm = (supervises && !confirmed).then(|| {
                    let press = move || {
                        let review = Review { of: confirm.id, verdict: Verdict::Seen };
                        writer.save(vec![(confirm.subject, review.into())], places::confirmed(), |_| {});
                    };
                    view! { <Button class="button" icon="eye" words=places::confirm() press/> }
                });
                let (icon, said) = line
                    .seen
                    .as_ref()
                    .map_or_else(|| ("question", places::not_confirmed().to_owned()), |name| ("eye", places::seen_by(name)));
                view! {
                    <li class="safety__line">
                        <h3 class="line"><Icon name=places::known_icon(line.what)/>{places::known(line.what)}</h3>
                        <p>{line.text}</p>
                        <p class="small">{line.by}</p>
                        <p class="small line"><Icon name=icon/><span>{said}</span></p>
                        <div class="actions">
                            {confirm}
                            <Button words=places::over() label=format!("{}: {}", places::over(), places::known(line.what))
                                press=move || over(writer, &end)/>
                        </div>
                    </li>
                }
            });
            view! {
                <section class="safety" aria-labelledby="veilig">
                    <h2 class="line" id="veilig"><Icon name="shield"/>{places::safety()}</h2>
                    <p class="small">{places::safety_first()}</p>
                    <ul class="stack">{lines.collect_view()}</ul>
                </section>
            }
        })
    });
    let away = sometimes(move || {
        let lines = away.get();
        (!lines.is_empty()).then(|| {
            let lines = lines.into_iter().map(|line| {
                let end = line.clone();
                view! {
                    <div class="banner banner--info">
                        <Icon name="calendar"/>
                        <div>
                            <p><strong>{places::away_word()}</strong>" "{line.text}</p>
                            <p class="small">{line.by}</p>
                            <Button class="button button--link" words=places::over()
                                label=format!("{}: {}", places::over(), worker::small(places::away_word())) press=move || over(writer, &end)/>
                        </div>
                    </div>
                }
            });
            lines.collect_view()
        })
    });
    view! { {safety}{away} }
}

/// "Goed om te weten" and "Bij nood": with the facts about who lives there.
#[component]
pub(super) fn Helps(place: PlaceId, writer: Writer) -> impl IntoView {
    let overview = use_desk().overview;
    let group = move |of: KnownOf, title: &'static str| {
        let all = derive(move || overview.with(|overview| lines(overview, place, &[of])));
        sometimes(move || {
            let lines = all.get();
            (!lines.is_empty()).then(|| {
                let lines = lines.into_iter().map(|line| {
                    let end = line.clone();
                    let text = (!line.text.is_empty()).then(|| view! { <p>{line.text}</p> });
                    view! {
                        <li class="known">
                            <Icon name=places::known_icon(line.what)/>
                            <div>
                                <p><strong>{places::known(line.what)}</strong></p>
                                {text}
                                <p class="small subtle">{line.by}</p>
                            </div>
                            <Button class="button button--link small" words=places::over()
                                label=format!("{}: {}", places::over(), places::known(line.what)) press=move || over(writer, &end)/>
                        </li>
                    }
                });
                view! {
                    <section class="stack">
                        <h2>{title}</h2>
                        <ul class="stack">{lines.collect_view()}</ul>
                    </section>
                }
            })
        })
    };
    view! { {group(KnownOf::GoodToKnow, places::good_to_know())}{group(KnownOf::Emergency, places::emergency())} }
}
