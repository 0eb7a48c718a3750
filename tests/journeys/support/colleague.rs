//! What a colleague wrote meanwhile, put into the database while the office is closed; and what no keyboard of a test types.

use chrono::Utc;
use serde_json::json;
use uuid::Uuid;
use waakvlam::domain::{Body, DeviceId, EntryId, JournalKind, Payload, Subject, UserId};
use waakvlam::server::config::Data;
use waakvlam::server::storage::Given;
use waakvlam::sync::chain::Bytes32;

use super::office::Office;
use super::phone::Phone;

impl Office {
    /// Puts entries of this colleague in the neighbourhood; gives their ids.
    pub async fn write(&self, colleague: &str, said: Vec<(Subject, Body)>) -> Vec<EntryId> {
        let said: Vec<_> = said.into_iter().map(|(subject, body)| (EntryId(Uuid::now_v7()), subject, body)).collect();
        let ids = said.iter().map(|(id, ..)| *id).collect();
        self.write_named(colleague, said).await;
        ids
    }

    /// The same with the entries' own ids; gives who the colleague is.
    pub async fn write_named(&self, colleague: &str, said: Vec<(EntryId, Subject, Body)>) -> UserId {
        let data = Data { database: self.database(), keyring: Some(self.keyring()), attempts: Default::default() };
        let server = waakvlam::server::open(&data).await.expect("the database opens");
        let journals = server.storage.journals().await.expect("journals");
        let journal = journals.iter().find(|row| row.kind == JournalKind::Neighbourhood).expect("a neighbourhood").journal;
        let (author, _) = server.storage.login(colleague).await.expect("users").expect("the colleague is made first");
        let device = DeviceId(Uuid::new_v4());
        let given: Vec<Given> = said
            .into_iter()
            .enumerate()
            .map(|(at, (id, subject, body))| {
                let kind = body.kind().to_owned();
                let now = Utc::now();
                let payload = Payload { written_at: now, clock_ahead_ms: None, subject, group: None, body };
                let payload = payload.write().expect("a payload");
                let mut salt = [0; 32];
                salt[..16].copy_from_slice(Uuid::new_v4().as_bytes());
                Given {
                    id,
                    author,
                    device,
                    n: at as u64 + 1,
                    received_at: now,
                    salt: Bytes32(salt),
                    kind,
                    payload: payload.get().to_owned(),
                }
            })
            .collect();
        server.storage.append_given(journal, &given).await.expect("entries are kept");
        server.storage.close().await;
        author
    }
}

impl Phone {
    /// Puts a text into the field with this label at once: what a keyboard of a test can't type, or not in time.
    pub async fn put(&self, label: &str, text: &str) {
        let script = "const found = field(LABEL); if (!found) return false; found.focus(); found.value = TEXT; found.dispatchEvent(new Event('input', { bubbles: true })); return true;";
        let script = script.replace("LABEL", &json!(label).to_string()).replace("TEXT", &json!(text).to_string());
        self.see_that(&script, &format!("there is a field “{label}”")).await;
    }

    /// Types without taking away what stands there.
    pub async fn type_into(&self, label: &str, text: &str) {
        let script = "const found = field(LABEL); if (!found) return false; found.focus(); return true;";
        self.see_that(&script.replace("LABEL", &json!(label).to_string()), &format!("there is a field “{label}”")).await;
        let active = self.browser().active_element().await.expect("a field has the focus");
        active.send_keys(text).await.expect("it can be typed");
    }

    /// What stands in the field with this label.
    pub async fn in_field(&self, label: &str) -> String {
        let answer = self.ask("return field(arguments[0])?.value ?? null;", vec![json!(label)]).await;
        answer.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the focus is in the element with this id.
    pub async fn focus_is_in(&self, id: &str) {
        let script = format!("return document.activeElement?.id === {};", json!(id));
        self.see_that(&script, &format!("the focus is in #{id}")).await;
    }

    /// Waits until nothing that was typed is on its way to the disk.
    pub async fn kept(&self) {
        self.see_that("return !document.documentElement.hasAttribute('data-keeping');", "what was typed is kept").await;
    }

    /// Goes to a door by its name, as a tap on its row does.
    pub async fn at_door(&self, door: &str) {
        self.choose_door(door).await;
        self.see_that("return /^\\/noteren\\/./.test(location.pathname);", "the door is chosen").await;
        let there = self.ask("return location.pathname.split('/').pop();", Vec::new()).await;
        self.go_in_app(&format!("/deur/{}", there.as_str().unwrap_or_default())).await;
        self.see_that(&format!("return tidy(document.querySelector('h1')?.innerText) === {};", json!(door)), "it is that door")
            .await;
    }
}
