//! Who reads a closed journal: the list, a colleague who is let in later or taken off, and who did that when.

use leptos::prelude::*;

use super::begin::One;
use super::file::Open;
use super::{name, state};
use crate::app::components::Icon;
use crate::app::components::act::Button;
use crate::app::live::{derive, keyed, live, sometimes};
use crate::app::texts::guarded as t;
use crate::domain::guarding::Readers;
use crate::domain::{EntryId, Role, UserId};

type Line = (UserId, String, bool);

/// See the module.
#[component]
pub(super) fn WhoReads(open: Open) -> impl IntoView {
    let overview = open.overview;
    let me = open.desk.with_value(|desk| desk.me);
    let user = me.with_untracked(|me| me.user);
    let as_what = move || {
        me.with(|me| me.journals.iter().find(|granted| granted.journal == open.journal).map_or(me.role, |granted| granted.role))
    };
    let role_of = move |who| overview.with(|overview| overview.staff.get(&who).map_or(Role::Worker, |staff| staff.role));
    let called = move |who| if who == user { t::you().to_owned() } else { overview.with(|overview| name(overview, who)) };
    let says =
        move |whom: UserId, reads: bool| open.now(|file| file.let_in(user, as_what(), whom, role_of(whom), reads)).flatten();
    let readers = derive(move || open.readers());
    let lines = derive(move || {
        let line = |who: UserId| {
            let supervisor = role_of(who) == Role::Supervisor;
            let called = if supervisor && who != user { format!("{}, {}", called(who), t::supervisor()) } else { called(who) };
            (who, called, says(who, false).is_some())
        };
        readers.get().into_iter().map(line).collect::<Vec<Line>>()
    });
    let pick = RwSignal::new(None::<UserId>);
    let others = derive(move || {
        let neighbourhood = open.now(|file| file.founding.neighbourhood);
        let here = me.with(|me| {
            let here = me.journals.iter().find(|granted| Some(granted.journal) == neighbourhood);
            here.map(|granted| granted.readers.clone()).unwrap_or_default()
        });
        let all = overview.with(|overview| Readers::among(&here, user, &overview.staff));
        let others = readers.with(|readers| all.others(readers)).into_iter().filter(|who| says(*who, true).is_some());
        others.map(|who| (Some(who), called(who))).collect::<Vec<_>>()
    });
    let chosen =
        derive(move || pick.get().filter(|who| others.with(|others| others.iter().any(|(other, _)| *other == Some(*who)))));
    let let_in = move |whom: UserId, reads: bool| {
        if let Some(said) = untrack(|| says(whom, reads)) {
            pick.set(None);
            open.save(vec![said], None, if reads { t::let_in_saved() } else { t::taken_off_saved() }, None);
        }
    };
    let history = derive(move || {
        let line = |one: &crate::domain::guarding::LetIn| {
            let whom = called(one.user);
            let words = if one.reads { t::reads_too(&whom) } else { t::reads_no_more(&whom) };
            (one.by, t::said_by(&words, &called(one.author), one.at))
        };
        open.now(|file| file.let_in.iter().map(line).collect::<Vec<(EntryId, String)>>()).unwrap_or_default()
    });
    view! {
        <section class="card" aria-labelledby="meelezen">
            <h2 id="meelezen">{t::who_reads()}</h2>
            <ul class="plain">
                {keyed(move || lines.get(), move |(who, called, off): Line| view! {
                    <li class="reader">
                        <span class="line"><Icon name="user"/><span>{called.clone()}</span></span>
                        {off.then(|| view! { <Button words=t::take_off() label=t::take_off_whom(&called) press=move || let_in(who, false)/> })}
                    </li>
                })}
            </ul>
            {sometimes(move || others.with(|others| !others.is_empty()).then(|| view! {
                <One id="laat-lezen" legend=t::let_in() hint=t::let_in_hint() people=others value=chosen pick/>
            }))}
            {sometimes(move || chosen.get().map(|who| view! {
                <Button class="button" icon="check" words=t::let_in_whom(&called(who)) press=move || let_in(who, true)/>
            }))}
            {sometimes(move || history.with(|history| !history.is_empty()).then(|| view! {
                <h3>{t::let_in_before()}</h3>
                {live(move || history.get().into_iter().map(|(of, words)| view! {
                    <p class="subtle small">{words}" "
                        {live(move || {
                            let (class, icon, words) = overview.with(|overview| state(overview, of));
                            view! { <span class=class><Icon name=icon/>{words}</span> }
                        })}
                    </p>
                }).collect_view())}
            }))}
        </section>
    }
}
