//! A fingerprint: an authenticator of the browser's own, with PRF. It lives in the browser's memory, as a real one lives in the
//! phone's chip: no profile holds it, and a browser that is started anew has none.

use serde_json::{Value, json};

use super::phone::Phone;

/// An authenticator that a phone has.
pub struct Finger(String);

impl Phone {
    /// Gives this phone a reader that takes its owner's finger.
    pub async fn grow_finger(&self) -> Finger {
        self.cdp("WebAuthn.enable", json!({ "enableUI": false })).await;
        let options = json!({
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "hasPrf": true, "isUserVerified": true, "automaticPresenceSimulation": true,
        });
        let added = self.cdp("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await;
        Finger(added["authenticatorId"].as_str().expect("an authenticator").to_owned())
    }

    /// From now on it is the owner's finger, or another's.
    pub async fn put_finger(&self, finger: &Finger, right: bool) {
        let whose = json!({ "authenticatorId": finger.0, "isUserVerified": right });
        self.cdp("WebAuthn.setUserVerified", whose).await;
    }

    /// The passkeys that lie in a reader.
    pub async fn passkeys(&self, finger: &Finger) -> Vec<Value> {
        let held = self.cdp("WebAuthn.getCredentials", json!({ "authenticatorId": finger.0 })).await;
        held["credentials"].as_array().cloned().unwrap_or_default()
    }

    /// Puts a passkey into a reader, with all that can be known of it. What its PRF answers can't be.
    pub async fn forge_passkey(&self, finger: &Finger, passkey: &Value) {
        self.cdp("WebAuthn.addCredential", json!({ "authenticatorId": finger.0, "credential": passkey })).await;
    }

    /// Takes the reader away.
    pub async fn lose_finger(&self, finger: Finger) {
        self.cdp("WebAuthn.removeVirtualAuthenticator", json!({ "authenticatorId": finger.0 })).await;
    }
}
