//! internet.search: search is safe for the age. A tool is chosen with what was weighed up; what can’t
//! be made safe is neither chosen nor approved for children; an adult sits beside whoever searches.

use crate::{
    internet::{acts::Act as Internet, engines, entries::Near, names::site},
    spine::{
        act::{Act, Case},
        control::Control,
    },
};
use kernel::ruling::{AllowedBy, Ruling};
use serde::Deserialize;

/// Search is safe for the age.
#[derive(Deserialize)]
pub(super) struct Search {
    /// The search tool that the policy names.
    #[serde(default)]
    tool: Option<String>,
}

impl Control for Search {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        match act {
            Act::Internet(Internet::ChooseTool { tool, .. }) => self.judge_tool(tool),
            Act::Internet(Internet::LookAt { sites, needs, .. }) => {
                let all = sites.iter().chain(needs);
                let names = all.filter_map(|text| site(text));
                let mut engines = names.filter_map(|name| engines::of_name(&name));
                match engines.find(|engine| !engine.is_safe()) {
                    Some(engine) => not_safe(&engine.title).at("sites"),
                    None => Ruling::Silent,
                }
            }
            Act::Internet(Internet::Open(opening)) if opening.searching => {
                if case.setting.internet.tool().is_none() {
                    return Ruling::refuse(
                        "No search tool was chosen for children yet.",
                        AllowedBy::Roles(vec![
                            "the manager".to_owned(),
                            "the designated safeguarding lead".to_owned(),
                        ]),
                        "Ask them to choose one, with what they weighed up. Until then, open sites that were looked at.",
                    )
                    .at("searching");
                }
                if opening.near != Near::Beside {
                    return Ruling::refuse(
                        "An adult sits beside a child who searches.",
                        AllowedBy::Nobody,
                        "Sit beside the child, or open sites that were looked at.",
                    )
                    .at("near");
                }
                Ruling::Silent
            }
            _ => Ruling::Silent,
        }
    }
}

impl Search {
    fn judge_tool(&self, tool: &str) -> Ruling {
        if let Some(engine) = engines::called(tool)
            && !engine.is_safe()
        {
            return not_safe(&engine.title).at("tool");
        }
        // A policy may also say how a tool is chosen; only a tool's own name is held to.
        let named = self.tool.as_deref().and_then(engines::called);
        match named {
            Some(named) if !named.title.eq_ignore_ascii_case(tool.trim()) => Ruling::refuse(
                format!("Our policy names {} for searching.", named.title),
                AllowedBy::Nobody,
                "Choose that one, or change the policy.",
            )
            .at("tool"),
            Some(_) | None => Ruling::Silent,
        }
    }
}

fn not_safe(title: &str) -> Ruling {
    Ruling::refuse(
        format!("{title} can’t be made safe, so it is closed for children."),
        AllowedBy::Nobody,
        "Choose a search tool that is safe by itself, or can be made safe.",
    )
}
