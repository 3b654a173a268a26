//! Letting somebody in again from the machine itself, when nobody who leads can sign in: their second
//! steps are taken away and they get a code for a new password. Everybody who leads is told.

use super::say;
use crate::{Place, clock, web::made};
use anyhow::Context;
use families::{
    access::acts::{Act as Access, steps::Act as Step},
    spine::act::{Act, Actor},
};
use std::process::ExitCode;

/// What is asked for.
#[derive(clap::Subcommand)]
pub(crate) enum Asked {
    /// Take the second steps of an account away and give it a code for a new password.
    Recover {
        /// The user name.
        user: String,
        #[command(flatten)]
        place: Place,
    },
}

/// Does it.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<ExitCode> {
    let Asked::Recover { user, place } = asked;
    let desk = place
        .folder()
        .open()
        .context("the data could not be opened")?;
    let user = user.to_lowercase();
    let keeper = Actor::keeper();
    let person = desk
        .view(&keeper, clock::now(), "", None, |view| {
            view.setting
                .access
                .find_user(|sealed| view.open(sealed).as_deref() == Some(user.as_str()))
        })?
        .with_context(|| format!("nobody has the user name {user}"))?;
    let (code, digest) = made::code_and_digest();
    let act = Act::Access(Access::Step(Step::Recover {
        person,
        code: digest,
    }));
    if let Err(failed) = desk.perform(&keeper, act, &[], clock::now()) {
        anyhow::bail!("it was not done: {failed:?}");
    }
    say(&format!(
        "The second steps of {user} are taken away. At /take-up the code {code} is good until tomorrow, once."
    ));
    say("Everybody who leads is told.");
    Ok(ExitCode::SUCCESS)
}
