//! A button that first asks in a dialog whether one means it. What it does can't be taken back with one tap.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::act::Button;

/// The button and its dialog. `sure` does it and says whether the dialog may close.
#[component]
pub fn Confirm(
    /// What the dialog is called in the page.
    id: &'static str,
    /// On the button that opens it.
    button: &'static str,
    /// Its icon.
    icon: &'static str,
    /// What is asked.
    title: &'static str,
    /// On the button that does it.
    yes: &'static str,
    /// On the button that does not.
    no: &'static str,
    /// Whether it takes something away for good.
    #[prop(optional)]
    for_good: bool,
    /// Does it; `false` where something is wrong, which the dialog then says.
    sure: Callback<(), bool>,
    /// What stands in between.
    #[prop(into)]
    what: ViewFn,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let open = move || {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let agree = move || {
        if sure.run(()) {
            close();
        }
    };
    let title_id = format!("{id}-titel");
    let labelled = title_id.clone();
    // The first button has the focus: what is for good never is.
    let actions = if for_good {
        view! { <Button words=no press=close/> <Button class="button button--worry" words=yes press=agree/> }.into_any()
    } else {
        view! { <Button class="button" words=yes press=agree/> <Button words=no press=close/> }.into_any()
    };
    view! {
        <Button icon words=button press=open/>
        <dialog class="dialog" id=id aria-labelledby=labelled node_ref=dialog>
            <div>
                <h2 id=title_id>{title}</h2>
                {what.run()}
                <div class="actions">{actions}</div>
            </div>
        </dialog>
    }
}
