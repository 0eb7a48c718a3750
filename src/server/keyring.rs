//! The secrets that stand outside the database, in one file that only the server reads.
//!
//! A copy of the database alone opens no outbox and forges no receipt, and a `restore` never rolls
//! these back. The keys under which texts lie in the database are here as well ([`SubjectKeys`]); losing one is all that is ever changed in
//! the file. The list of erasures stands beside it (`erasures`).

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aes_gcm::aead::{Aead as _, OsRng, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use anyhow::Context as _;
use hmac::{Hmac, Mac as _};
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, EncodePublicKey as _};
use rsa::{Oaep, RsaPrivateKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::credentials::random32;
use super::subject_keys::{KeyId, SubjectKeys, Tree};
use crate::domain::{DeviceId, EntryId, JournalId, Subject, UserId};
use crate::sync::chain::{Bytes32, receipt_message};
use crate::sync::seal::{KEY_BYTES, NONCE_BYTES};
use crate::sync::wire::Blob;

const RSA_BITS: usize = 2048;

/// A device's outbox key: opens what that device sealed.
#[derive(Clone)]
pub struct OutboxKey([u8; KEY_BYTES]);

impl OutboxKey {
    /// Opens nonce ‖ ciphertext ‖ tag; `None` if it was not sealed so under this key.
    #[must_use]
    pub fn open(&self, sealed: &[u8], aad: &[u8]) -> Option<Vec<u8>> {
        open(&self.0, sealed, aad)
    }

    /// Tells two keys of one device apart without telling them.
    #[must_use]
    pub fn mark(&self, device: DeviceId) -> Bytes32 {
        Bytes32(Sha256::new().chain_update(device.0.as_bytes()).chain_update(self.0).finalize().into())
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u8,
    /// Opens the outbox keys that devices register. PKCS#8.
    outbox_private_key: Blob,
    /// Makes receipts.
    receipt_secret: Bytes32,
    /// Wraps outbox keys in the database.
    wrap_key: Bytes32,
    /// Seal texts in the database. None in a keyring that an older version made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subjects: Option<Tree>,
}

/// The secrets, ready for use.
#[derive(Clone)]
pub struct Keyring {
    private_key: RsaPrivateKey,
    public_key: Blob,
    receipt_secret: Bytes32,
    wrap_key: Bytes32,
    subjects: Arc<SubjectKeys>,
    path: PathBuf,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyring (secret)")
    }
}

impl Keyring {
    /// Reads a keyring.
    ///
    /// # Errors
    /// When the file is missing or is not a keyring.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let file = read(path)?;
        let subjects = match file.subjects {
            Some(tree) => tree,
            None => change(path, |_| false)?,
        };
        let private_key = RsaPrivateKey::from_pkcs8_der(&file.outbox_private_key.0).context("the keyring's private key")?;
        let public_key = Blob(private_key.to_public_key().to_public_key_der().context("the keyring's public key")?.into_vec());
        Ok(Self {
            private_key,
            public_key,
            receipt_secret: file.receipt_secret,
            wrap_key: file.wrap_key,
            subjects: Arc::new(SubjectKeys::of(subjects)),
            path: path.to_owned(),
        })
    }

    /// Reads a keyring, and draws one first where there is none.
    ///
    /// # Errors
    /// When it can't be written or read.
    pub fn load_or_create(path: &Path) -> anyhow::Result<Self> {
        if !path.exists() {
            create(path).with_context(|| format!("writing the keyring {}", path.display()))?;
        }
        Self::load(path)
    }

    /// Which keyring this is; stands in the database that it belongs to.
    #[must_use]
    pub fn fingerprint(&self) -> Bytes32 {
        let mut digest = Sha256::new().chain_update(b"waakvlam keyring").chain_update(self.receipt_secret.0);
        digest.update(self.wrap_key.0);
        digest.update(&self.public_key.0);
        Bytes32(digest.finalize().into())
    }

    /// The keys under which texts lie in the database.
    #[must_use]
    pub fn subjects(&self) -> &Arc<SubjectKeys> {
        &self.subjects
    }

    /// Loses the keys of subjects for ever, here and in the file: what lies sealed under them, in old backups too, can't be read any more.
    ///
    /// # Errors
    /// When the file can't be written. It is whole then, and has the keys still.
    pub(super) fn lose(&self, subjects: &[Subject]) -> anyhow::Result<()> {
        let keys: Vec<KeyId> = subjects.iter().map(|subject| KeyId::of(*subject)).collect();
        if !keys.iter().any(|key| self.subjects.has(*key)) {
            return Ok(());
        }
        let lose = |tree: &mut Tree| keys.iter().filter(|key| tree.lose(**key)).count() > 0;
        let tree = change(&self.path, lose).with_context(|| format!("changing the keyring {}", self.path.display()))?;
        self.subjects.replace(tree);
        Ok(())
    }

    /// What devices encrypt their outbox key to: SPKI DER.
    #[must_use]
    pub fn public_key(&self) -> &Blob {
        &self.public_key
    }

    /// The outbox key that a device encrypted (RSA-OAEP, SHA-256); `None` if it is not one. Takes milliseconds:
    /// not on the thread that serves others. Blinded, so that its time tells nothing.
    #[must_use]
    pub fn decrypt_outbox_key(&self, encrypted: &Blob) -> Option<OutboxKey> {
        let key = self.private_key.decrypt_blinded(&mut OsRng, Oaep::new::<Sha256>(), &encrypted.0).ok()?;
        Some(OutboxKey(key.try_into().ok()?))
    }

    /// An outbox key as it lies in the database: it opens for this device only.
    #[must_use]
    pub fn wrap(&self, device: DeviceId, key: &OutboxKey) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let payload = Payload { msg: &key.0, aad: &wrap_aad(device) };
        // Sealing 32 bytes has no way to fail; an empty answer would open for nobody.
        let sealed = Aes256Gcm::new(&self.wrap_key.0.into()).encrypt(Nonce::from_slice(&nonce), payload).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// The outbox key of a device, from the database.
    #[must_use]
    pub fn unwrap(&self, device: DeviceId, wrapped: &[u8]) -> Option<OutboxKey> {
        Some(OutboxKey(open(&self.wrap_key.0, wrapped, &wrap_aad(device))?.try_into().ok()?))
    }

    /// Proof that an entry was taken.
    #[must_use]
    pub fn receipt(&self, journal: JournalId, id: EntryId, author: UserId, commitment: &Bytes32) -> Bytes32 {
        // The key is 32 bytes: an HMAC takes any length.
        let Ok(mut mac) = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&self.receipt_secret.0) else { return Bytes32::default() };
        mac.update(&receipt_message(journal, id, author, commitment));
        Bytes32(mac.finalize().into_bytes().into())
    }
}

fn wrap_aad(device: DeviceId) -> Vec<u8> {
    [b"waakvlam outbox key ".as_slice(), device.0.as_bytes()].concat()
}

fn open(key: &[u8; KEY_BYTES], sealed: &[u8], aad: &[u8]) -> Option<Vec<u8>> {
    let (nonce, ciphertext) = sealed.split_at_checked(NONCE_BYTES)?;
    Aes256Gcm::new(key.into()).decrypt(Nonce::from_slice(nonce), Payload { msg: ciphertext, aad }).ok()
}

fn read(path: &Path) -> anyhow::Result<File> {
    let read = || {
        let text = fs::read(path).with_context(|| {
            format!("the keyring {} is missing; put it back from its backup: without it no phone's outbox opens", path.display())
        })?;
        serde_json::from_slice(&text).with_context(|| format!("{} is not a keyring", path.display()))
    };
    // Once more: whoever changes it overwrites the file that was there, when the new one has its name.
    read().or_else(|_| read())
}

/// Changes the subject keys in the file, and draws them where there are none; gives what it holds then. Whole or not at all.
fn change(path: &Path, change: impl FnOnce(&mut Tree) -> bool) -> anyhow::Result<Tree> {
    // Where a link leads to, the link itself stays.
    let path = &fs::canonicalize(path)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let lock = options.open(path.with_extension("lock"))?;
    give_to_owner_of(path, &lock);
    lock.lock()?;
    let mut file = read(path)?;
    let is_new = file.subjects.is_none();
    let mut tree = file.subjects.take().unwrap_or_else(Tree::draw);
    if change(&mut tree) || is_new {
        file.subjects = Some(tree.clone());
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let draft = path.with_extension(format!("draft-{}", uuid::Uuid::new_v4()));
        let mut out = options.open(&draft)?;
        give_to_owner_of(path, &out);
        out.write_all(&serde_json::to_vec_pretty(&file)?)?;
        out.sync_all()?;
        let mut old = fs::OpenOptions::new().write(true).open(path)?;
        fs::rename(&draft, path)?;
        sync_folder(path)?;
        // A disk may keep other copies; this one is not left lying in a freed block. But if it has another name still, it is somebody's backup.
        if has_no_name(&old)? {
            let length = usize::try_from(old.metadata()?.len())?;
            old.write_all(&vec![0; length])?;
            old.sync_all()?;
        }
    }
    drop(lock);
    Ok(tree)
}

/// What root makes by hand is for whoever runs the server.
pub(super) fn give_to_owner_of(path: &Path, file: &fs::File) {
    #[cfg(unix)]
    if let Ok(owner) = fs::metadata(path) {
        use std::os::unix::fs::MetadataExt as _;
        // Who is not root is the owner already.
        let _ = std::os::unix::fs::fchown(file, Some(owner.uid()), Some(owner.gid()));
    }
}

#[cfg(unix)]
fn has_no_name(file: &fs::File) -> std::io::Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) == 0)
}

#[cfg(not(unix))]
fn has_no_name(_: &fs::File) -> std::io::Result<bool> {
    Ok(false)
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()
}

/// Draws the secrets and writes them durably, readable by the owner of the process only; never over a file that is there.
fn create(path: &Path) -> anyhow::Result<()> {
    let private_key = RsaPrivateKey::new(&mut OsRng, RSA_BITS)?;
    let file = File {
        version: 1,
        outbox_private_key: Blob(private_key.to_pkcs8_der()?.as_bytes().to_vec()),
        receipt_secret: Bytes32(random32()),
        wrap_key: Bytes32(random32()),
        subjects: Some(Tree::draw()),
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Whole or not at all: two servers that start at once take the same one.
    let draft = path.with_extension(format!("draft-{}", uuid::Uuid::new_v4()));
    let mut out = options.open(&draft)?;
    out.write_all(&serde_json::to_vec_pretty(&file)?)?;
    out.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::PersonId;

    /// A keyring of before subject keys gets them once; a lost key is lost for whoever reads the file, and nothing else is changed in it.
    #[test]
    fn a_key_is_lost_in_the_file_and_all_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keyring.json");
        let keyring = Keyring::load_or_create(&path).unwrap();
        let mut file: File = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        file.subjects = None;
        fs::write(&path, serde_json::to_vec(&file).unwrap()).unwrap();
        let (one, other) = (Keyring::load(&path).unwrap(), Keyring::load(&path).unwrap());
        assert_eq!(one.subjects().id(), other.subjects().id(), "drawn once");
        assert_eq!(one.fingerprint(), keyring.fingerprint());

        let subjects = [1, 2].map(|n| Subject::Person(PersonId(Uuid::from_u128(n))));
        let keys = subjects.map(KeyId::of);
        let kept = other.subjects().seal(keys[1], b"blijft", b"").unwrap();
        let named = folder.path().join("a-backup.json");
        fs::hard_link(&path, &named).unwrap();
        one.lose(&subjects[..1]).unwrap();
        one.lose(&subjects[..1]).unwrap();
        assert!(other.subjects().has(keys[0]), "another process still has it");
        other.lose(&subjects[..1]).unwrap();
        assert!(Keyring::load(&named).unwrap().subjects().has(keys[0]), "a backup is not overwritten");
        for keyring in [&one, &other, &Keyring::load(&path).unwrap()] {
            assert!(!keyring.subjects().has(keys[0]));
            assert_eq!(
                keyring.subjects().open(keys[1], &kept, b""),
                crate::server::subject_keys::Opened::Text(b"blijft".to_vec())
            );
            assert_eq!(keyring.fingerprint(), one.fingerprint());
        }
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}
