//! Holds what we build upon to `deny.toml`: licences, banned crates, wildcards and where they come from.
//! This part needs nothing but cargo. Where cargo-deny is installed it is asked as well, and for
//! advisories when their database can be fetched.

mod expression;

use crate::{
    run::{answer, run},
    say::say,
    tally::{Runner, Tally},
};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What `deny.toml` says.
#[derive(Debug, Default)]
struct Rules {
    allowed: Vec<String>,
    banned: BTreeSet<String>,
}

/// Something that we build upon.
#[derive(Debug)]
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
    origin: Origin,
    wildcards: Vec<String>,
}

/// Where a package is from.
#[derive(Debug, PartialEq, Eq)]
enum Origin {
    Ours,
    CratesIo,
    Npm,
    Elsewhere(String),
}

/// Checks crates and npm packages against `deny.toml`.
pub(crate) fn check(root: &Path) -> Result<Tally> {
    let rules = std::fs::read_to_string(root.join("deny.toml")).context("cannot read deny.toml")?;
    let rules = rules_of(&rules)?;
    let mut packages = crates(root)?;
    let count = packages.len();
    for name in duplicates(&packages) {
        say(&format!("note: more than one version of {name}"));
    }
    packages.extend(npm(root)?);
    let faults: Vec<String> = packages
        .iter()
        .flat_map(|package| faults(package, &rules))
        .collect();
    for fault in &faults {
        say(&format!("deny: {fault}"));
    }
    say(&format!(
        "Looked at {count} crates and {} npm packages.",
        packages.len().saturating_sub(count)
    ));
    if !faults.is_empty() {
        bail!("{} faults against deny.toml", faults.len());
    }
    let mut tally = Tally {
        passed: 1,
        failed: 0,
    };
    tally += cargo_deny(root)?;
    Ok(tally)
}

fn cargo_deny(root: &Path) -> Result<Tally> {
    if answer("cargo", &["deny", "--version"]).is_none() {
        say(
            "NOT CHECKED: advisories. cargo-deny is not installed (cargo install cargo-deny --locked).",
        );
        return Ok(Tally::default());
    }
    let deny = |words: &[&str]| {
        let mut command = Command::new("cargo");
        command.arg("deny").args(words).current_dir(root);
        command
    };
    let mut tally = run(
        &mut deny(&["check", "licenses", "bans", "sources"]),
        Runner::None,
    )?;
    if run(&mut deny(&["fetch", "db"]), Runner::None)?.failed > 0 {
        say("NOT CHECKED: advisories. Their database could not be fetched.");
    } else {
        tally += run(
            &mut deny(&["check", "--disable-fetch", "advisories"]),
            Runner::None,
        )?;
    }
    Ok(tally)
}

fn rules_of(text: &str) -> Result<Rules> {
    let table: toml::Table = text.parse().context("deny.toml is not TOML")?;
    let list = |section: &str, key: &str| {
        let list = table.get(section).and_then(|section| section.get(key));
        list.and_then(toml::Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let rules = Rules {
        allowed: list("licenses", "allow")
            .iter()
            .filter_map(|licence| licence.as_str().map(str::to_owned))
            .collect(),
        banned: list("bans", "deny")
            .iter()
            .filter_map(|ban| Some(ban.get("crate")?.as_str()?.to_owned()))
            .collect(),
    };
    if rules.allowed.is_empty() {
        bail!("deny.toml allows no licence");
    }
    Ok(rules)
}

fn crates(root: &Path) -> Result<Vec<Package>> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version=1", "--locked"])
        .current_dir(root)
        .output()
        .context("could not start cargo metadata")?;
    if !output.status.success() {
        bail!(
            "cargo metadata failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let about: Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata is not JSON")?;
    let packages = about.get("packages").and_then(Value::as_array);
    let packages = packages.context("cargo metadata lists no packages")?;
    Ok(packages.iter().map(package_of).collect())
}

fn package_of(about: &Value) -> Package {
    let text = |key: &str| about.get(key).and_then(Value::as_str).map(str::to_owned);
    let origin = match text("source") {
        None => Origin::Ours,
        Some(source) if source == CRATES_IO => Origin::CratesIo,
        Some(source) => Origin::Elsewhere(source),
    };
    let wildcards = if origin == Origin::Ours {
        wildcards(about)
    } else {
        Vec::new()
    };
    Package {
        name: text("name").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        licence: text("license"),
        origin,
        wildcards,
    }
}

/// What one of our crates asks for in any version at all.
fn wildcards(about: &Value) -> Vec<String> {
    let Some(needs) = about.get("dependencies").and_then(Value::as_array) else {
        return Vec::new();
    };
    needs
        .iter()
        .filter(|need| need.get("path").is_none_or(Value::is_null))
        .filter(|need| need.get("req").and_then(Value::as_str) == Some("*"))
        .filter_map(|need| Some(need.get("name")?.as_str()?.to_owned()))
        .collect()
}

/// The npm packages that our lock files name.
fn npm(root: &Path) -> Result<Vec<Package>> {
    let mut found = Vec::new();
    for path in crate::tidy::tree::paths(root)? {
        if !path.ends_with("package-lock.json") {
            continue;
        }
        let text = std::fs::read_to_string(root.join(&path))
            .with_context(|| format!("cannot read {path}"))?;
        found.extend(npm_packages(&text).with_context(|| format!("{path} is not a lock file"))?);
    }
    Ok(found)
}

fn npm_packages(lock: &str) -> Result<Vec<Package>> {
    let lock: Value = serde_json::from_str(lock)?;
    let packages = lock.get("packages").and_then(Value::as_object);
    let packages = packages.context("it lists no packages")?;
    let text = |about: &Value, key: &str| about.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(packages
        .iter()
        .filter(|(place, _)| !place.is_empty())
        .map(|(place, about)| Package {
            name: place.trim_start_matches("node_modules/").to_owned(),
            version: text(about, "version").unwrap_or_default(),
            licence: text(about, "license"),
            origin: Origin::Npm,
            wildcards: Vec::new(),
        })
        .collect())
}

fn faults(package: &Package, rules: &Rules) -> Vec<String> {
    let named = format!("{} {}", package.name, package.version);
    let mut faults: Vec<String> = package
        .wildcards
        .iter()
        .map(|need| format!("{named} asks for any version of {need}"))
        .collect();
    match &package.origin {
        Origin::Ours => return faults,
        Origin::CratesIo | Origin::Npm => {}
        Origin::Elsewhere(source) => {
            faults.push(format!("{named} is not from crates.io but from {source}"));
        }
    }
    if rules.banned.contains(&package.name) {
        faults.push(format!("{named} is banned"));
    }
    match &package.licence {
        None => faults.push(format!("{named} names no licence")),
        Some(licence) if !expression::allowed(licence, &rules.allowed) => {
            faults.push(format!("{named} has the licence {licence}"));
        }
        Some(_) => {}
    }
    faults
}

fn duplicates(packages: &[Package]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for package in packages {
        let count = counts.entry(&package.name).or_default();
        *count = count.saturating_add(1);
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(name, count)| format!("{name} ({count})"))
        .collect()
}

#[cfg(test)]
mod tests;
