//! A decision in words: what decided, which list and line, and the clause that it stands on.

use super::{Because, Decision, Gate, Seat};
use crate::names::{NoName, normal, upwards};
use kernel::moment::Moment;
use serde::{Deserialize, Serialize};

/// Whether a name is open, and all that is known about why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The name that was asked for.
    pub name: String,
    /// Whether it is open.
    pub open: bool,
    /// Why, in words.
    pub why: String,
    /// The category that closes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The listed name that covers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<String>,
    /// The list that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// The line of that list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The words of the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// The name with whose address it is answered, so that it is safe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_as: Option<String>,
}

impl Gate {
    /// The verdict on what somebody typed. What is not a name is closed.
    #[must_use]
    pub fn verdict(&self, profile: &str, text: &str, at: Moment) -> Verdict {
        match normal(text) {
            Ok(name) => {
                let seat = Seat::of_profile(self.profile(profile));
                self.explain_for(seat, &name, self.decide_for(seat, &name, at))
            }
            Err(why) => no_name(text, why),
        }
    }

    /// All that is known about a decision.
    #[must_use]
    pub fn explain_for(&self, seat: Seat, name: &str, decision: Decision) -> Verdict {
        let mut verdict = Verdict {
            name: name.to_owned(),
            open: decision.open,
            ..Verdict::default()
        };
        let profile = seat
            .profile
            .and_then(|number| self.plan().profiles.get(usize::from(number)));
        verdict.clause = profile.and_then(|profile| profile.clause.clone());
        let who = profile.map_or("nobody", |profile| &profile.name);
        verdict.why = match decision.because {
            Because::Illegal => {
                verdict.clause = None;
                verdict.category = Some(crate::compiled::ILLEGAL.to_owned());
                "illegal for everybody: nothing opens it".to_owned()
            }
            Because::Help => {
                verdict.clause = None;
                format!("help is always open: {}", self.group(name))
            }
            Because::NoProfile => "there is no such profile, so all but help is closed".to_owned(),
            Because::CutOff => "the device is cut off, so all but help is closed".to_owned(),
            Because::NoSession => "only open in a session, and none is on".to_owned(),
            Because::Session(number) => {
                let (name, clause) = self.session_words(number);
                verdict.clause = clause.or(verdict.clause);
                format!("open in the session '{name}'")
            }
            Because::NotInSession(number) => {
                let (name, clause) = self.session_words(number);
                verdict.clause = clause.or(verdict.clause);
                format!("not among the sites of the session '{name}'")
            }
            Because::Floor(number) => {
                let floor = self.plan().floors.get(number);
                verdict.clause = floor.and_then(|one| one.clause.clone());
                let by = floor.map_or("", |one| &one.by);
                verdict.category = self.category_of(decision);
                format!("closed by {by}")
            }
            Because::Hours => format!("outside the hours of '{who}'"),
            Because::MustStayOpen => {
                verdict.clause = None;
                format!("no list may close it: {}", self.group(name))
            }
            Because::Exception(number) => {
                let exception = self.plan().exceptions.get(number);
                verdict.clause = exception
                    .and_then(|one| one.clause.clone())
                    .or(verdict.clause);
                verdict.listed = exception.map(|one| one.name.clone());
                exception.map_or_else(String::new, |one| format!("an exception: {}", one.reason))
            }
            Because::Approved => {
                let approved = profile.map(|profile| &profile.approved);
                let covers =
                    |above: &&str| approved.is_some_and(|all| all.iter().any(|own| own == above));
                verdict.listed = upwards(name).find(covers).map(str::to_owned);
                format!("approved for '{who}'")
            }
            Because::NotApproved => format!("not among the names that are approved for '{who}'"),
            Because::UnsafeEngine => {
                "a search engine or video site that can't be made safe".to_owned()
            }
            Because::Category(number) => {
                let category = self.file().about().categories.get(number).cloned();
                let category = category.unwrap_or_default();
                let own = profile.and_then(|profile| profile.clauses.get(&category));
                verdict.clause = own.cloned().or(verdict.clause);
                verdict.category = Some(category.clone());
                format!("'{category}' is closed for '{who}'")
            }
            Because::LeadsRound => "its address is a way round the filter".to_owned(),
            Because::Itself => {
                verdict.clause = None;
                "the filter answers this itself".to_owned()
            }
            Because::Nothing => "nothing speaks against it".to_owned(),
            Because::Damaged => "the file of lists is damaged, so all is closed".to_owned(),
            Because::Words(theme) => {
                let own = profile.and_then(|profile| profile.clauses.get(theme.key()));
                verdict.clause = own.cloned().or(verdict.clause);
                format!("what it says is about {}", theme.words())
            }
            Because::Harmful => "it could harm the device: a scanner found something".to_owned(),
            Because::NotLookedInto => "nobody could look into what it holds".to_owned(),
        };
        self.add_list(name, decision, &mut verdict);
        if decision.open {
            verdict.answered_as = self.answered_as(seat, name).map(str::to_owned);
        }
        verdict
    }

    /// A session's name and clause.
    fn session_words(&self, number: usize) -> (&str, Option<String>) {
        let session = self.plan().sessions.get(number);
        let clause = session.and_then(|session| session.clause.clone());
        (session.map_or("", |session| &session.name), clause)
    }

    /// The category by which a hit closes.
    fn category_of(&self, decision: Decision) -> Option<String> {
        let number = decision.hit?.categories.numbers().next()?;
        self.file().about().categories.get(number).cloned()
    }

    /// The list and line by which the deciding category came.
    fn add_list(&self, name: &str, decision: Decision, verdict: &mut Verdict) {
        let Some(hit) = decision.hit else {
            return;
        };
        let above = name.get(hit.begins..).unwrap_or(name);
        verdict.listed = Some(above.to_owned());
        let lists = &self.file().about().lists;
        let origins = self.file().origins(&hit).unwrap_or_default();
        let mut known = origins
            .iter()
            .filter_map(|origin| Some((lists.get(usize::from(origin.list))?, origin.line)));
        if let Some((list, line)) =
            known.find(|(list, _)| Some(&list.category) == verdict.category.as_ref())
        {
            verdict.list = Some(list.name.clone());
            verdict.line = Some(line);
        }
    }

    fn group(&self, name: &str) -> &'static str {
        let group = crate::ours::must_stay_open().covers(name);
        group.map_or("", |group| &group.title)
    }
}

fn no_name(text: &str, why: NoName) -> Verdict {
    Verdict {
        name: text.chars().take(300).collect(),
        open: false,
        why: why.words().to_owned(),
        ..Verdict::default()
    }
}
