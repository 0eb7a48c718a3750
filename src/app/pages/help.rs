//! "Hulp": how it works, whom to call, what to do when the phone is lost. It needs nothing but the app.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::act::Back;
use crate::app::components::shell::{Explanation, Shell};
use crate::app::paths::Path;
use crate::app::texts::{day, help as t};
use crate::domain::help_lines::HELP_LINES;

/// The page.
#[component]
pub fn Page() -> impl IntoView {
    let lines = HELP_LINES.map(|line| {
        view! {
            <li class="row">
                <a class="row__link row__link--icon" href=format!("tel:{}", line.dial)>
                    <Icon name="phone"/>
                    <span><span class="row__title">{line.name}</span><br/><span class="row__meta">{line.shown}</span></span>
                </a>
            </li>
        }
    });
    let part = |(title, sentences): &t::Part| {
        let sentences = sentences.iter().map(|sentence| view! { <li>{*sentence}</li> }).collect_view();
        view! {
            <section class="section">
                <div class="section__head"><h2>{*title}</h2></div>
                <ol class="steps">{sentences}</ol>
            </section>
        }
    };
    let states = t::STATE_WORDS
        .iter()
        .map(|(icon, word, means)| view! { <dt class="line"><Icon name=icon/><span>{*word}</span></dt><dd>{*means}</dd> })
        .collect_view();
    let never = t::NEVER_WORDS.iter().map(|words| view! { <li>{*words}</li> }).collect_view();
    let (first, rest) = t::PARTS.split_at(3);
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
                        <ul class="rows">{lines.into_iter().collect_view()}</ul>
                        <p class="subtle small">{t::checked()}</p>
                    </section>
                    {first.iter().map(part).collect_view()}
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
                    {rest.iter().map(part).collect_view()}
                </div>
            </div>
        </Shell>
    }
}
