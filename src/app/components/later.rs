//! "Vandaag niet": a place waits for my next working day, and comes back by itself, or sooner when it is asked.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Icon;
use super::act::Button;
use super::error_summary::Fault;
use super::shell::focus;
use crate::app::desk::{Desk, Overview};
use crate::app::live::{derive, keyed, sometimes};
use crate::app::phone::use_desk;
use crate::app::texts::{day as t, faults};
use crate::app::when;
use crate::domain::body::PutOff;
use crate::domain::{PlaceId, Subject, UserId, agenda};

/// The id of what was put off: whoever puts something off finds the way back there.
const LIST: &str = "vandaag-niet";

/// Says until when a place waits. There is no taking back: the day of today brings it back.
#[derive(Clone, Copy)]
struct Writer {
    desk: StoredValue<Desk, LocalStorage>,
    fault: RwSignal<Option<String>>,
}

impl Writer {
    fn new() -> Self {
        Self { desk: StoredValue::new_local(use_desk()), fault: RwSignal::new(None) }
    }

    fn write(self, place: PlaceId, until: NaiveDate) {
        let desk = self.desk.get_value();
        leptos::task::spawn_local(async move {
            match desk.save(vec![(Subject::Place(place), PutOff { until }.into())]).await {
                Ok(_) => request_animation_frame(|| focus(LIST)),
                Err(why) => {
                    self.fault.try_set(Some(faults::save(&why)));
                }
            }
        });
    }
}

/// The button on a line of Vandaag.
#[component]
pub fn PutOffButton(
    /// What waits.
    place: PlaceId,
    /// What it is called.
    name: String,
) -> impl IntoView {
    let writer = Writer::new();
    let wait = move || {
        let until = writer.desk.with_value(|desk| {
            let me = desk.me.with_untracked(|me| me.user);
            desk.overview.with_untracked(|overview| agenda::next_day(&overview.caseload, me, when::today()))
        });
        writer.write(place, until);
    };
    view! {
        <Button class="row__later" icon="clock" words=t::not_today_words() label=t::not_today(&name) press=wait/>
        <Fault fault=writer.fault/>
    }
}

#[derive(Clone, PartialEq, Hash)]
struct Line {
    place: PlaceId,
    name: String,
    until: NaiveDate,
}

fn lines(overview: &Overview, me: UserId) -> Vec<Line> {
    let today = when::today();
    let mine = overview.caseload.put_off.iter().filter(|((who, _), until)| *who == me && **until > today);
    mine.map(|((_, place), until)| Line { place: *place, name: overview.caseload.place_name(*place), until: *until }).collect()
}

/// What I put off, until when, and the way back.
#[component]
pub fn Later() -> impl IntoView {
    let writer = Writer::new();
    let desk = use_desk();
    let (overview, me) = (desk.overview, desk.me.with_untracked(|me| me.user));
    let lines = derive(move || overview.with(|overview| lines(overview, me)));
    sometimes(move || {
        (!lines.with(Vec::is_empty)).then(|| {
            view! {
                <div class="section__head"><h2 id=LIST tabindex="-1">{t::not_today_words()}</h2></div>
                <Fault fault=writer.fault/>
                <ul class="rows">
                    {keyed(move || lines.get(), move |Line { place, name, until }| view! {
                        <li class="row row--plain row--side">
                            <p><strong>{name.clone()}</strong><br/>
                                <span class="row__meta line"><Icon name="clock"/><span>{t::comes_back(until)}</span></span></p>
                            <Button icon="undo" words=t::today_after_all_words() label=t::today_after_all(&name)
                                press=move || writer.write(place, when::today())/>
                        </li>
                    })}
                </ul>
            }
        })
    })
}
