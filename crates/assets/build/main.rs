//! Fetches the npm packages when they are not there, and makes from them the few files that pages
//! use: one style sheet, the scripts, the fonts. Packages go into the build folder, never into the
//! source.

mod files;
mod npm;
mod woff;

use std::{env, error::Error, fs, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error}\n");
            ExitCode::FAILURE
        }
    }
}

#[expect(
    clippy::print_stdout,
    reason = "a build script speaks to cargo this way"
)]
fn build() -> Result<(), Box<dyn Error>> {
    for path in ["build", "files", "package.json", "package-lock.json"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let here = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    let packages = npm::packages(&here, &out)?;
    println!(
        "cargo::rerun-if-changed={}",
        packages.join("govuk-frontend/package.json").display()
    );

    let mut code = files::write(&here, &packages, &out)?;
    if env::var_os("CARGO_FEATURE_FIXTURES").is_some() {
        code.push_str(&files::fixtures(&packages)?);
    }
    fs::write(out.join("all.rs"), code)?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a build script is told where it is by its variables"
)]
fn variable(name: &str) -> Result<String, Box<dyn Error>> {
    env::var(name).map_err(|error| format!("{name}: {error}").into())
}
