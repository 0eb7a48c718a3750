//! Builds of the app in the folder that the server serves, put there as an operator does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::in_repository;

/// A finished build in a folder of its own.
pub struct Build {
    /// The folder.
    pub folder: PathBuf,
    /// Its name.
    pub name: String,
}

impl Build {
    /// A copy of a finished build.
    pub fn copy(from: &Path, to: PathBuf) -> Self {
        copy(from, &to);
        Self { name: name(&to), folder: to }
    }

    /// Another build, which differs from this one by something that nobody sees. Nothing is compiled.
    pub fn next(&self, to: PathBuf) -> Self {
        copy(&self.folder, &to);
        let css = self.hashed(".css");
        let text = fs::read_to_string(to.join(&css)).expect("a stylesheet");
        fs::write(to.join(&css), format!("{text}\n/* after {} */\n", self.name)).expect("a stylesheet");
        let finished = Command::new("node")
            .arg(in_repository(".ci/finish.mjs"))
            .env("TRUNK_STAGING_DIR", &to)
            .env("TRUNK_PROFILE", "release")
            .output()
            .expect("node runs");
        assert!(finished.status.success(), "{}", String::from_utf8_lossy(&finished.stderr));
        let next = Self { name: name(&to), folder: to };
        assert_ne!(next.name, self.name, "another build has another name");
        next
    }

    /// The file with a hash in its name that ends so.
    pub fn hashed(&self, end: &str) -> String {
        let names =
            fs::read_dir(&self.folder).expect("a build").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.into_iter().find(|name| name.contains('-') && name.ends_with(end)).unwrap_or_else(|| panic!("no *{end}"))
    }

    /// Puts it in the place of what is served.
    pub fn put(&self, site: &Path) {
        if site.exists() {
            fs::remove_dir_all(site).expect("the site can be replaced");
        }
        copy(&self.folder, site);
    }
}

fn name(folder: &Path) -> String {
    let page = fs::read_to_string(folder.join("index.html")).expect("a page");
    let after = page.split("<meta name=\"build\" content=\"").nth(1).expect("the page says its build");
    let name = after.split('"').next().unwrap_or_default().to_owned();
    assert_eq!(name.len(), 16, "a build has a name");
    name
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}
