//! What a resident looks at is alone on the phone: when it begins, the account is closed in every other tab.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use crate::app::phone::use_phone;

const CHANNEL: &str = "waakvlam-shown";

thread_local! {
    // Which tab this is: it does not close itself.
    static TAB: RefCell<String> = RefCell::new(uuid::Uuid::new_v4().to_string());
}

/// Closes what is open in the other tabs.
pub fn tell() {
    if let Ok(channel) = web_sys::BroadcastChannel::new(CHANNEL) {
        let _ = TAB.with_borrow(|tab| channel.post_message(&tab.as_str().into()));
        channel.close();
    }
}

/// Closes what is open here when another tab begins to show. In every shell.
#[component]
pub fn LockElsewhere() -> impl IntoView {
    let phone = use_phone();
    if let Ok(channel) = web_sys::BroadcastChannel::new(CHANNEL) {
        let heard = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
            if TAB.with_borrow(|tab| event.data().as_string().as_ref() != Some(tab)) {
                phone.lock();
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let held = StoredValue::new_local((channel, heard));
        on_cleanup(move || {
            let _ = held.try_with_value(|(channel, _)| {
                channel.set_onmessage(None);
                channel.close();
            });
        });
    }
}
