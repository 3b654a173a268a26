//! The controls of this family, in the order of the catalogue.

mod abuse;
mod bullying;
mod data_breach;
mod hate;
mod indecent_images;
mod offensive_material;
mod police;
mod radicalisation;
mod staff_misuse;

use super::{
    acts,
    run::{Outcome, State},
    sheet::{self, Sheet, Waits},
};
use crate::spine::{
    act::{Act, Case as Asked},
    control::{Kind, Procedure},
};
use kernel::ruling::{AllowedBy, Ruling};

/// The most lines of what must not be done.
const NEVER_MAX: usize = 12;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[
    Kind::of::<abuse::Abuse>("procedure.abuse"),
    Kind::of::<indecent_images::IndecentImages>("procedure.indecent-images"),
    Kind::of::<staff_misuse::StaffMisuse>("procedure.staff-misuse"),
    Kind::of::<bullying::Bullying>("procedure.bullying"),
    Kind::of::<hate::Hate>("procedure.hate"),
    Kind::of::<radicalisation::Radicalisation>("procedure.radicalisation"),
    Kind::of::<offensive_material::OffensiveMaterial>("procedure.offensive-material"),
    Kind::of::<police::Police>("procedure.police"),
    Kind::of::<data_breach::DataBreach>("procedure.data-breach"),
];

/// A sheet as the policy's pages show it: all nations and ways, the newest version.
fn told(id: &str) -> Option<Procedure> {
    let sheet = sheet::find(id)?;
    let version = sheet.versions.iter().max_by_key(|version| version.day())?;
    let mut steps: Vec<String> = version.steps.iter().map(|step| line(sheet, step)).collect();
    steps.push(format!(
        "The steps for your nation, with numbers to call, stand on the page “What to do”: {}.",
        sheet.title
    ));
    let mut never: Vec<String> = Vec::new();
    for line in version.steps.iter().flat_map(|step| &step.not) {
        if never.len() < NEVER_MAX && !never.contains(line) {
            never.push(line.clone());
        }
    }
    Some(Procedure {
        title: sheet.title.clone(),
        steps,
        never,
    })
}

fn line(sheet: &Sheet, step: &sheet::Step) -> String {
    let mut only: Vec<String> = step
        .nations
        .iter()
        .map(|nation| nation.in_words().to_owned())
        .collect();
    let ways = step.ways.iter().filter_map(|way| sheet.way(way));
    only.extend(ways.map(|way| way.title.to_lowercase()));
    let only = match only.is_empty() {
        true => String::new(),
        false => format!(" ({})", only.join(", ")),
    };
    let within = step
        .within
        .map_or_else(String::new, |within| format!(", {within}"));
    let waits = match step.waits {
        None => "",
        Some(Waits::Police) => "; it waits for the police’s answer",
        Some(Waits::Officer) => "; it waits for the designated officer’s advice",
    };
    format!("{}{only}{within}{waits}.", step.title)
}

/// What a control says to doing a step before the answer is there that it waits for.
fn before_the_answer(act: &Act, asked: &Asked<'_>, sheet: &str, waits: Waits) -> Ruling {
    let Act::Procedure(acts::Act::Mark { case, run, mark }) = act else {
        return Ruling::Silent;
    };
    if mark.outcome != Outcome::Done {
        return Ruling::Silent;
    }
    let Some((plan, course)) = acts::course(*case, *run, asked) else {
        return Ruling::Silent;
    };
    let waiting = course
        .item(&mark.step)
        .is_some_and(|item| item.state == State::Waiting(waits));
    if plan.sheet != sheet || !waiting {
        return Ruling::Silent;
    }
    Ruling::refuse(
        format!("{}.", acts::waiting(waits)),
        AllowedBy::Nobody,
        "Say that it is not done yet, with the reason, and go on with the other steps.",
    )
    .at("outcome")
}
