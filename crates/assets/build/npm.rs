//! The npm packages of `package-lock.json`, in a folder of the build that is shared by all profiles.

use crate::files::hash;
use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

const NO_NODE: &str = "Stairgate's pages need a few npm packages, and `npm` was not found or did not work.
Please install Node.js 18 or newer with npm (on Debian: apt-get install nodejs npm), then build again.";

/// Where the packages are; fetched first when they are not there.
pub(crate) fn packages(here: &Path, out: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let lock = fs::read(here.join("package-lock.json"))?;
    // OUT_DIR is <target>/<profile>/build/<package>/out.
    let target = out
        .ancestors()
        .nth(4)
        .ok_or("the build folder is not where it should be")?;
    let name = hash(&lock);
    let folder = target.join("npm").join(&name);
    let packages = folder.join("node_modules");
    if packages.is_dir() {
        return Ok(packages);
    }

    // Two builds may run at once: each fetches into its own folder, and the first to end gives its own.
    let own = target.join("npm").join(format!("{name}.{}", process::id()));
    fs::create_dir_all(&own)?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(here.join(file), own.join(file))?;
    }
    let fetched = fetch(&own);
    if fetched.is_ok() && fs::rename(&own, &folder).is_ok() {
        return Ok(packages);
    }
    fs::remove_dir_all(&own)?;
    fetched?;
    if packages.is_dir() {
        Ok(packages)
    } else {
        Err("the npm packages could not be put in place".into())
    }
}

fn fetch(folder: &Path) -> Result<(), Box<dyn Error>> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let run = Command::new(npm)
        .args([
            "ci",
            "--ignore-scripts",
            "--omit=dev",
            "--no-audit",
            "--no-fund",
        ])
        .current_dir(folder)
        .output()
        .map_err(|error| format!("{NO_NODE}\n({error})"))?;
    if run.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&run.stderr);
    Err(format!(
        "{NO_NODE}\nIf they are there, is there a way to the npm registry? npm said:\n{said}"
    )
    .into())
}
