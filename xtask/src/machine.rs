//! Makes a machine ready for the tests: Debian packages and npm packages that are not there yet.

use crate::{
    run::{answer, run},
    say::say,
    tally::{Runner, Tally},
};
use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// A Debian package and the paths, any of which shows that it is there (`*` is one folder).
struct Need {
    package: &'static str,
    paths: &'static [&'static str],
    why: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        package: "bind9-dnsutils",
        paths: &["/usr/bin/dig"],
        why: "the filter is asked as a name server by a client that people know",
    },
    Need {
        package: "build-essential",
        paths: &["/usr/bin/cc", "/usr/local/bin/cc"],
        why: "SQLite is compiled into the program",
    },
    Need {
        package: "chromium",
        paths: &["/usr/bin/chromium"],
        why: "pages are tested in a browser",
    },
    Need {
        package: "curl",
        paths: &["/usr/bin/curl"],
        why: "the web proxy is used by a client that people know",
    },
    Need {
        package: "fonts-liberation",
        paths: &[
            "/usr/share/fonts/truetype/liberation",
            "/usr/share/fonts/truetype/liberation2",
        ],
        why: "the browser needs letters to draw",
    },
    Need {
        package: "knot-dnsutils",
        paths: &["/usr/bin/kdig"],
        why: "the filter is asked under TLS and HTTPS by a client that people know",
    },
    Need {
        package: "openssl",
        paths: &["/usr/bin/openssl"],
        why: "servers of the tests show certificates",
    },
    Need {
        package: "poppler-utils",
        paths: &["/usr/bin/pdftotext"],
        why: "reports in PDF are read back",
    },
    Need {
        package: "postgresql",
        paths: &["/usr/lib/postgresql/*/bin/initdb"],
        why: "the ledger is tested on PostgreSQL too",
    },
    Need {
        package: "python3-aiosmtpd",
        paths: &["/usr/lib/python3/dist-packages/aiosmtpd"],
        why: "mail is sent to a server that the tests start",
    },
];

const NODE_LEAST: u32 = 20;

/// Folders with an npm package that tests need.
const NPM: &[&str] = &["tests/browser"];

/// Installs what is missing, or says what it is.
pub(crate) fn ready(root: &Path, install: bool) -> Result<Tally> {
    node()?;
    packages(install)?;
    for folder in NPM {
        npm(&root.join(folder), install)?;
    }
    Ok(Tally {
        passed: 1,
        failed: 0,
    })
}

fn node() -> Result<()> {
    let version = answer("node", &["--version"])
        .with_context(|| format!("Node {NODE_LEAST} or later is needed and was not found"))?;
    if major(&version) < NODE_LEAST {
        bail!("Node {NODE_LEAST} or later is needed, and this is {version}");
    }
    answer("npm", &["--version"]).context("npm is needed and was not found")?;
    Ok(())
}

fn major(version: &str) -> u32 {
    version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

fn packages(install: bool) -> Result<()> {
    let missing: Vec<&Need> = NEEDS
        .iter()
        .filter(|need| !need.paths.iter().any(|path| found(path).is_some()))
        .collect();
    if missing.is_empty() {
        say("The Debian packages that tests need are here.");
        return Ok(());
    }
    for need in &missing {
        say(&format!("Missing: {} ({})", need.package, need.why));
    }
    let names: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let by_hand = format!("install them by hand: apt-get install {}", names.join(" "));
    if !install {
        bail!("{by_hand}");
    }
    if answer("apt-get", &["--version"]).is_none() {
        bail!(
            "this is not a Debian machine: install what Debian calls {}",
            names.join(" ")
        );
    }
    // Where some list could not be had, what is needed may be had all the same.
    run(&mut apt(&["update", "-q"]), Runner::None)?;
    let mut words = vec!["install", "-q", "-y", "--no-install-recommends"];
    words.extend(names);
    if run(&mut apt(&words), Runner::None)?.failed > 0 {
        bail!("apt-get could not install what tests need; {by_hand}");
    }
    Ok(())
}

/// apt-get as root, or through sudo.
fn apt(words: &[&str]) -> Command {
    let program = if is_root() { "apt-get" } else { "sudo" };
    let mut command = Command::new(program);
    if program == "sudo" {
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    command
        .args(words)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("LC_ALL", "C.UTF-8");
    command
}

/// Whether this runs as root.
pub(crate) fn is_root() -> bool {
    answer("id", &["-u"]).as_deref() == Some("0")
}

/// The last of the paths that a pattern with at most one `*` stands for.
pub(crate) fn found(pattern: &str) -> Option<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else {
        let path = PathBuf::from(pattern);
        return path.exists().then_some(path);
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(before)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join(after.trim_start_matches('/'))))
        .filter(|path| path.exists())
        .collect();
    paths.sort();
    paths.pop()
}

/// `npm ci`, where what is installed is not what the lock file says.
fn npm(folder: &Path, install: bool) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let changed = |path: &Path| {
        path.metadata()
            .and_then(|about| about.modified())
            .with_context(|| format!("cannot look at {}", path.display()))
    };
    let stamp = folder.join("node_modules/.package-lock.json");
    if stamp.exists() && changed(&stamp)? >= changed(&lock)? {
        say(&format!(
            "The npm packages in {} are here.",
            folder.display()
        ));
        return Ok(());
    }
    if !install {
        bail!(
            "npm packages are missing: run npm ci in {}",
            folder.display()
        );
    }
    let mut command = Command::new("npm");
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder);
    if run(&mut command, Runner::None)?.failed > 0 {
        bail!("npm could not install what is in {}", lock.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2"), 20);
        assert_eq!(major("nonsense"), 0);
    }

    #[test]
    fn the_newest_of_several_folders_is_found() {
        let folder = tempfile::tempdir().unwrap();
        for version in ["14", "15"] {
            std::fs::create_dir_all(folder.path().join(version).join("bin")).unwrap();
        }
        let pattern = format!("{}/*/bin", folder.path().display());
        assert_eq!(found(&pattern).unwrap(), folder.path().join("15/bin"));
        assert_eq!(found(&format!("{}/*/none", folder.path().display())), None);
    }

    #[test]
    fn each_need_says_why() {
        assert!(
            NEEDS
                .iter()
                .all(|need| !need.why.is_empty() && !need.paths.is_empty())
        );
    }
}
