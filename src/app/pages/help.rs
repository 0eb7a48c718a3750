//! "Hulp": how it works, whom to call, what to do when the phone is lost. It needs nothing but the app.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::act::Back;
use crate::app::components::shell::{Explanation, Shell};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{day, help as t};
use crate::domain::body::HelpLine;
use crate::domain::directory;

/// The page.
#[component]
pub fn Page() -> impl IntoView {
    let lines = use_desk().overview.with_untracked(|overview| overview.directory.lines());
    let checked = directory::checked(&lines);
    let line = |line: HelpLine| {
        view! {
            <li class="row">
                <a class="row__link row__link--icon" href=format!("tel:{}", line.dial)>
                    <Icon name="phone"/>
                    <span><span class="row__title">{line.name.clone()}</span><br/><span class="row__meta">{t::beside(&line)}</span></span>
                </a>
            </li>
        }
    };
    let part = |(title, sentences): t::Part| {
        let sentences = sentences.iter().map(|sentence| view! { <li>{*sentence}</li> }).collect_view();
        view! {
            <section class="section">
                <div class="section__head"><h2>{title}</h2></div>
                <ol class="steps">{sentences}</ol>
            </section>
        }
    };
    let states = t::state_words()
        .map(|(icon, word, means)| view! { <dt class="line"><Icon name=icon/><span>{word}</span></dt><dd>{means}</dd> })
        .into_iter()
        .collect_view();
    let never = t::never_words().map(|words| view! { <li>{words}</li> }).into_iter().collect_view();
    let mut parts = t::parts().into_iter().map(part);
    let first: Vec<_> = parts.by_ref().take(3).collect();
    let rest: Vec<_> = parts.collect();
    view! {
        <Shell title=t::title() wide=true>
            <div class="page__head">
                <Back to=Path::Settings words=day::more()/>
                <h1>{t::title()}</h1>
                <p class="subtle">{t::lead()}</p>
            </div>
            <div class="columns">
                <div class="stack stack--wide">
                    <section class="section">
                        <div class="section__head"><h2>{t::call()}</h2></div>
                        <p>{t::call_first()}</p>
                        <ul class="rows">{lines.into_iter().map(line).collect_view()}</ul>
                        <p class="subtle small">{t::checked(checked)}</p>
                    </section>
                    {first}
                </div>
                <div class="stack stack--wide">
                    <section class="section">
                        <div class="section__head"><h2>{t::never()}</h2></div>
                        <ul class="dots">{never}</ul>
                        <p class="subtle">{t::never_why()}</p>
                        <Explanation beside=true/>
                    </section>
                    <section class="section">
                        <div class="section__head"><h2>{t::states()}</h2></div>
                        <dl class="terms">{states}</dl>
                    </section>
                    {rest}
                </div>
            </div>
        </Shell>
    }
}
