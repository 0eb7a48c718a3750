//! Gebruikers: who can sign in, and a one-time link for who is new. Online by nature.

use base64::Engine as _;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::api::{Api, ApiError};
use crate::app::components::act::{Button, Submit};
use crate::app::components::shell::{Shell, arrive, focus};
use crate::app::components::{Icon, Line, Notice};
use crate::app::language::either;
use crate::app::live::{live, sometimes};
use crate::app::texts::{faults, labels, office as t, worker};
use crate::domain::{JournalId, JournalKind, Role};
use crate::sync::problem::{Problem, kinds};
use crate::sync::wire::{AddUser, JournalRow, UserAdded, UserRow};

#[derive(Clone)]
enum Fetched {
    Not,
    Failed(String),
    List(Vec<UserRow>, Vec<JournalRow>),
}

/// Everybody, and a form for somebody new; or the link just made.
#[component]
pub fn Page() -> impl IntoView {
    let fetched = RwSignal::new(Fetched::Not);
    let link = RwSignal::new(None::<(String, UserAdded)>);
    let fetch = move || {
        spawn_local(async move {
            let both = async { Ok::<_, ApiError>((Api::default().users().await?, Api::default().journals().await?)) };
            fetched.set(match both.await {
                Ok((users, mut journals)) => {
                    journals.retain(|row| row.kind == JournalKind::Neighbourhood);
                    Fetched::List(users, journals)
                }
                Err(why) => Fetched::Failed(faults::api(&why)),
            });
        });
    };
    fetch();
    let done = move || {
        link.set(None);
        fetch();
        arrive(worker::users());
    };
    view! {
        <Shell title=worker::users() wide=true>
            {live(move || match link.get() {
                Some((name, added)) => view! { <Link name added done/> }.into_any(),
                None => view! {
                    <div class="page__head"><h1>{worker::users()}</h1></div>
                    {live(move || match fetched.get() {
                        Fetched::Not => view! { <p role="status" class="line"><Icon name="sync"/><span>{t::fetching()}</span></p> }.into_any(),
                        Fetched::Failed(why) => view! {
                            <Notice kind="warn" icon="cloud-off" title=t::needs_signal()>
                                <p>{why}</p>
                                <Button icon="sync" words=t::try_again() press=move || fetch()/>
                            </Notice>
                        }.into_any(),
                        Fetched::List(users, journals) => view! {
                            <div class="columns"><Rows users link/><Form journals link/></div>
                        }.into_any(),
                    })}
                }.into_any(),
            })}
        </Shell>
    }
}

#[component]
fn Rows(users: Vec<UserRow>, link: RwSignal<Option<(String, UserAdded)>>) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let rows = users.into_iter().map(|row| {
        let name = row.name.clone();
        let renew = move || {
            let name = name.clone();
            spawn_local(async move {
                match Api::default().new_link(row.user).await {
                    Ok(added) => {
                        link.set(Some((name, added)));
                        arrive(worker::users());
                    }
                    Err(why) => error.set(Some(faults::api(&why))),
                }
            });
        };
        view! {
            <li class="row row--plain">
                <h3>{row.name.clone()}</h3>
                <p class="row__meta">{row.login_name}</p>
                <p class="tags">
                    <span class="tag"><Icon name="user"/>{labels::role(row.role)}</span>
                    {(!row.enrolled).then(|| view! { <span class="tag tag--discuss"><Icon name="clock"/>{t::link_open()}</span> })}
                </p>
                <Button icon="key" words=t::new_link() label=t::new_link_for(&row.name) press=renew/>
            </li>
        }
    });
    view! {
        <section class="section">
            <div class="section__head"><h2>{t::who_is_there()}</h2></div>
            <div role="alert">{sometimes(move || error.get().map(|error| view! { <Notice kind="error" icon="alert"><p>{error}</p></Notice> }))}</div>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Form(journals: Vec<JournalRow>, link: RwSignal<Option<(String, UserAdded)>>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let login_name = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Worker);
    let granted = RwSignal::new(match journals.as_slice() {
        [only] => vec![only.journal],
        _ => Vec::<JournalId>::new(),
    });
    let errors = RwSignal::new(Errors::default());
    let working = RwSignal::new(false);
    let needs_journal = !journals.is_empty();
    let show = move |wrong: Errors| {
        let first = wrong.first();
        let many = wrong.list().len() > 1;
        errors.set(wrong);
        request_animation_frame(move || focus(if many { "wrong" } else { first }));
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if working.get_untracked() {
            return;
        }
        let journals = if reads(role.get_untracked()) { granted.get_untracked() } else { Vec::new() };
        let request = AddUser {
            login_name: login_name.get_untracked().trim().to_lowercase(),
            name: name.get_untracked().trim().to_owned(),
            role: role.get_untracked(),
            journals,
        };
        let wrong = check(&request, needs_journal);
        if !wrong.list().is_empty() {
            return show(wrong);
        }
        errors.set(Errors::default());
        working.set(true);
        spawn_local(async move {
            match Api::default().add_user(&request).await {
                Ok(added) => {
                    link.set(Some((request.name, added)));
                    arrive(worker::users());
                }
                Err(why) => {
                    working.set(false);
                    show(match &why {
                        ApiError::Problem(problem, _) => said(problem).unwrap_or_else(|| Errors::whole(faults::api(&why))),
                        _ => Errors::whole(faults::api(&why)),
                    });
                }
            }
        });
    };
    let of = move |pick: fn(&Errors) -> &Option<String>| Signal::derive(move || errors.with(|errors| pick(errors).clone()));
    let journal_error = of(|errors| &errors.journals);
    view! {
        <section class="section">
            <div class="section__head"><h2>{t::new_user()}</h2></div>
            <div class="card">
                <form autocomplete="off" class="form" id="form" novalidate on:submit=submit>
                    {sometimes(move || errors.with(|errors| errors.list().len() > 1 || errors.whole.is_some()).then(|| view! { <Summary errors/> }))}
                    <Line id="name" label=t::name() hint=t::name_hint() value=name error=of(|errors| &errors.name) capitals="words"/>
                    <Line id="login" label=t::login_name() hint=t::login_name_hint() value=login_name error=of(|errors| &errors.login_name)/>
                    <fieldset class="field">
                        <legend>{t::role()}</legend>
                        <div class="chips">
                            {Role::ALL.into_iter().map(|one| view! {
                                <label class="chip">
                                    <input type="radio" name="role" checked=one == Role::Worker on:change=move |_| role.set(one)/>
                                    <span>{labels::role(one)}</span>
                                </label>
                            }).collect_view()}
                        </div>
                    </fieldset>
                    {sometimes(move || (needs_journal && reads(role.get())).then(|| view! {
                        <fieldset class="field" class:field--error=move || journal_error.with(Option::is_some)>
                            <legend>{t::neighbourhoods()}</legend>
                            <p class="hint">{t::neighbourhoods_hint()}</p>
                            {sometimes(move || journal_error.get().map(|error| view! { <p class="field__error"><Icon name="alert"/>{error}</p> }))}
                            {journals.iter().enumerate().map(|(i, row)| {
                                let journal = row.journal;
                                view! {
                                    <label class="check">
                                        <input
                                            type="checkbox"
                                            id=(i == 0).then_some("journals")
                                            prop:checked=move || granted.with(|granted| granted.contains(&journal))
                                            on:change=move |_| granted.update(|granted| toggle(granted, journal))
                                        />
                                        <span>{row.name.clone()}</span>
                                    </label>
                                }
                            }).collect_view()}
                        </fieldset>
                    }))}
                    <div class="actions">
                        <Submit icon="key" words=t::make_link() working/>
                    </div>
                    <p class="hint" role="status">{sometimes(move || working.get().then_some(t::making()))}</p>
                </form>
            </div>
        </section>
    }
}

#[component]
fn Summary(errors: RwSignal<Errors>) -> impl IntoView {
    view! {
        <div class="banner banner--error" role="alert" tabindex="-1" id="wrong">
            <Icon name="alert"/>
            <div>
                <h2>{t::wrong()}</h2>
                {sometimes(move || errors.with(|errors| errors.whole.clone()).map(|whole| view! { <p>{whole}</p> }))}
                <ul>
                    {live(move || errors.with(Errors::list).into_iter().filter(|(id, _)| *id != "wrong").map(|(id, error)| view! {
                        <li>
                            <a href=format!("#{id}") on:click=move |event| {
                                event.prevent_default();
                                focus(id);
                            }>{error}</a>
                        </li>
                    }).collect_view())}
                </ul>
            </div>
        </div>
    }
}

#[component]
fn Link(name: String, added: UserAdded, done: impl Fn() + 'static) -> impl IntoView {
    let origin = window().location().origin().unwrap_or_default();
    let link = if added.link.starts_with('/') { format!("{origin}{}", added.link) } else { added.link };
    // As a picture: markup from elsewhere never becomes part of the page.
    let picture = format!("data:image/svg+xml;base64,{}", base64::engine::general_purpose::STANDARD.encode(&added.qr_svg));
    let said = RwSignal::new("");
    let copied = link.clone();
    let copy = move || {
        let promise = window().navigator().clipboard().write_text(&copied);
        spawn_local(async move {
            let done = wasm_bindgen_futures::JsFuture::from(promise).await;
            said.set(if done.is_ok() { t::copied() } else { t::not_copied() });
        });
    };
    view! {
        <div class="page__head">
            <h1>{t::link_for(&name)}</h1>
            <p class="subtle">{t::link_until(added.valid_until)}</p>
        </div>
        <div class="card">
            <p>{t::link_do(&name)}</p>
            <div class="qr"><img src=picture alt=t::qr()/></div>
            <p class="link-box" data-once="" translate="no">{link}</p>
            <div class="actions">
                <Button class="button" icon="copy" words=t::copy() press=copy/>
            </div>
            <p class="hint" role="status">{said}</p>
        </div>
        <Notice kind="warn" icon="alert"><p>{t::link_secret(&name)}</p></Notice>
        <div class="actions">
            <Button icon="check" words=t::done() press=move || done()/>
        </div>
    }
}

/// What is wrong with the form, by field.
#[derive(Clone, Default)]
struct Errors {
    whole: Option<String>,
    name: Option<String>,
    login_name: Option<String>,
    journals: Option<String>,
}

impl Errors {
    fn whole(error: String) -> Self {
        Self { whole: Some(error), ..Self::default() }
    }

    /// In the order of the form, each with the id of its field.
    fn list(&self) -> Vec<(&'static str, String)> {
        let all = [("wrong", &self.whole), ("name", &self.name), ("login", &self.login_name), ("journals", &self.journals)];
        all.into_iter().filter_map(|(id, error)| Some((id, error.clone()?))).collect()
    }

    fn first(&self) -> &'static str {
        self.list().first().map_or("form", |(id, _)| id)
    }
}

fn check(request: &AddUser, needs_journal: bool) -> Errors {
    let login_name = &request.login_name;
    let fits = (3..=40).contains(&login_name.len())
        && login_name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'.' | b'-'));
    let no_journal = needs_journal && reads(request.role) && request.journals.is_empty();
    Errors {
        whole: None,
        name: request.name.is_empty().then(|| t::name_empty().to_owned()),
        login_name: (!fits).then(|| t::login_name_wrong().to_owned()),
        journals: no_journal.then(|| t::no_neighbourhood().to_owned()),
    }
}

/// What the server said, at the fields that it is about; nothing when it is about none.
fn said(problem: &Problem) -> Option<Errors> {
    let mut errors = Errors::default();
    if problem.r#type.strip_prefix(kinds::PREFIX) == Some(kinds::NAME_TAKEN) {
        errors.login_name = Some(either(problem.title.clone(), t::name_taken().to_owned()));
        return Some(errors);
    }
    for error in &problem.errors {
        // The server speaks Dutch; what can be wrong is known by its field.
        let (field, english) = match error.pointer.split('/').nth(1) {
            Some("name") => (&mut errors.name, t::name_unfit()),
            Some("login_name") => (&mut errors.login_name, t::login_name_wrong()),
            Some("journals") => (&mut errors.journals, t::unknown_neighbourhood()),
            _ => (&mut errors.whole, t::wrong()),
        };
        *field = Some(either(error.detail.clone(), english.to_owned()));
    }
    (!problem.errors.is_empty()).then_some(errors)
}

fn reads(role: Role) -> bool {
    crate::domain::rights::may_read(role, JournalKind::Neighbourhood)
}

fn toggle(granted: &mut Vec<JournalId>, journal: JournalId) {
    if let Some(at) = granted.iter().position(|other| *other == journal) {
        granted.remove(at);
    } else {
        granted.push(journal);
    }
}
