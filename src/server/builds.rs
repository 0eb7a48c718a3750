//! Keeps the files of the two builds before the one that is served, so that an app that waits with its update finds its own.
//!
//! The operator does nothing for it: when the server starts, it copies the hashed files of the build in its site folder to
//! a folder of its own, one for each build. The site folder may then be replaced as a whole. Only files with a hash in their
//! name: those never change, and no two builds have different ones under one name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use super::site::has_hash;

/// How many builds keep their files besides the one that is served.
const BEFORE: usize = 2;
/// The names of the builds, latest first, one a line.
const ORDER: &str = "order.txt";

/// Copies the build in `site` to `kept`, lets go of what is too old, and gives the folders that are kept, latest first. The
/// first is that of `site` itself: its files may be replaced before the server is started again.
///
/// # Errors
/// When a folder can't be read or written. What was kept before is still there then.
pub(super) fn keep(site: &Path, kept: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let files = hashed_files(site).with_context(|| format!("reading {}", site.display()))?;
    let mut order: Vec<String> = fs::read_to_string(kept.join(ORDER)).unwrap_or_default().lines().map(str::to_owned).collect();
    if !files.is_empty() {
        let build = name(&files);
        order.retain(|other| *other != build);
        order.insert(0, build);
        order.truncate(1 + BEFORE);
        write(site, &files, kept, &order).with_context(|| format!("writing to {}", kept.display()))?;
    }
    Ok(order.iter().map(|build| kept.join(build)).filter(|folder| folder.is_dir()).collect())
}

fn write(site: &Path, files: &[String], kept: &Path, order: &[String]) -> std::io::Result<()> {
    // Each step is whole or not there, whenever the server is stopped, and whoever else starts over the same folder.
    let folder = kept.join(&order[0]);
    if !folder.is_dir() {
        let half = kept.join(format!("{}-{}", order[0], std::process::id()));
        fs::create_dir_all(&half)?;
        for file in files {
            fs::copy(site.join(file), half.join(file))?;
        }
        if fs::rename(&half, &folder).is_err() {
            fs::remove_dir_all(&half)?;
        }
    }
    let new = kept.join(format!("{ORDER}-{}", std::process::id()));
    fs::write(&new, order.join("\n") + "\n")?;
    fs::rename(&new, kept.join(ORDER))?;
    for entry in fs::read_dir(kept)?.flatten() {
        let of = entry.file_name().to_string_lossy().into_owned();
        let build = of.split('-').next().unwrap_or_default();
        if is_name(build) && !order.iter().any(|kept| kept == build) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// The files at the top of the site with a hash in their names, and what is compressed of them.
fn hashed_files(site: &Path) -> std::io::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(site)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if has_hash(&name) && entry.file_type()?.is_file() {
            files.push(name);
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Their names say what is in them, so together they name the build.
fn name(files: &[String]) -> String {
    let hash = Sha256::digest(files.join("\n"));
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn is_name(name: &str) -> bool {
    name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}
