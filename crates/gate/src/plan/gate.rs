//! The file and the plan together: whether a name is open for a profile at a moment. In this order:
//! what is illegal, help that is always open, hours, names that must stay open, exceptions, approved
//! names, engines, categories. What is illegal is looked at before the plan is.

use super::{ALL, Day, Exception, Plan, Profile};
use crate::{
    compiled::{Categories, Compiled, Found, Hit, ILLEGAL_ONLY},
    names::upwards,
    ours::{Engine, MustStay, Safe, WAYS_ROUND, must_stay_open},
};
use jiff::civil::Weekday;
use kernel::moment::Moment;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// Decides.
pub struct Gate {
    file: Arc<Compiled>,
    plan: Plan,
    must: &'static MustStay,
    /// What is closed for each profile.
    closed: Vec<Categories>,
    approved: Vec<HashSet<String>>,
    exceptions: HashMap<String, Vec<usize>>,
}

/// Whether a name is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// It is.
    pub open: bool,
    /// Why.
    pub because: Because,
    /// The listed name that decided, where a list did.
    pub hit: Option<Hit>,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// It is on a list of what is illegal. Nothing opens it.
    Illegal,
    /// Somebody may need help now. Nothing but what is illegal closes it.
    Help,
    /// No such profile: everything but help is closed.
    NoProfile,
    /// It is not one of the profile's hours.
    Hours,
    /// No list may close it.
    MustStayOpen,
    /// An exception, by its number.
    Exception(usize),
    /// It is approved.
    Approved,
    /// Only approved names are open.
    NotApproved,
    /// An engine that can't be made safe, for children.
    UnsafeEngine,
    /// A category that is closed, by its number.
    Category(usize),
    /// Nothing speaks against it.
    Nothing,
    /// The file of lists is damaged.
    Damaged,
}

impl Gate {
    /// Brings a file and a plan together.
    #[must_use]
    pub fn new(file: Arc<Compiled>, plan: Plan) -> Gate {
        let closed = plan.profiles.iter().map(|profile| closed(profile, &file));
        let approved = plan
            .profiles
            .iter()
            .map(|profile| profile.approved.iter().cloned().collect());
        let mut exceptions: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, exception) in plan.exceptions.iter().enumerate() {
            exceptions
                .entry(exception.name.clone())
                .or_default()
                .push(number);
        }
        Gate {
            closed: closed.collect(),
            approved: approved.collect(),
            exceptions,
            must: must_stay_open(),
            file,
            plan,
        }
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Compiled {
        &self.file
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The number of the profile that is called so.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<usize> {
        self.plan
            .profiles
            .iter()
            .position(|profile| profile.name == name)
    }

    /// What is closed for a profile.
    #[must_use]
    pub fn closed(&self, profile: usize) -> Categories {
        self.closed.get(profile).copied().unwrap_or_default()
    }

    /// Whether a name in its normal form is open for a profile at a moment.
    #[must_use]
    pub fn decide(&self, profile: Option<usize>, name: &str, at: Moment) -> Decision {
        let Ok(found) = self.file.look(name) else {
            return no(Because::Damaged);
        };
        if !found.categories.within(ILLEGAL_ONLY).is_empty() {
            return Decision {
                hit: first(&found, ILLEGAL_ONLY),
                ..no(Because::Illegal)
            };
        }
        // From here on the plan is looked at.
        let must = self.must.covers(name);
        if must.is_some_and(|group| group.always) {
            return yes(Because::Help);
        }
        let known = profile.and_then(|at| Some((at, self.plan.profiles.get(at)?)));
        let Some((number, profile)) = known else {
            return no(Because::NoProfile);
        };
        if !profile.hours.is_empty() && !is_open_at(profile, at) {
            return no(Because::Hours);
        }
        if must.is_some() && !profile.limited {
            return yes(Because::MustStayOpen);
        }
        if let Some((number, exception)) = self.exception(profile, name, at) {
            let because = Because::Exception(number);
            return if exception.open {
                yes(because)
            } else {
                no(because)
            };
        }
        if profile.limited {
            let approved = self.approved.get(number);
            let is = approved.is_some_and(|names| upwards(name).any(|above| names.contains(above)));
            return if is {
                yes(Because::Approved)
            } else {
                no(Because::NotApproved)
            };
        }
        if profile.children
            && Engine::of_name(name).is_some_and(|engine| engine.safe == Safe::Closed)
        {
            return no(Because::UnsafeEngine);
        }
        let closed = self.closed(number);
        let Some(hit) = first(&found, closed) else {
            return yes(Because::Nothing);
        };
        let category = hit.categories.within(closed).numbers().next();
        Decision {
            hit: Some(hit),
            // INVARIANT: the hit has one of the closed categories.
            ..no(Because::Category(category.unwrap_or(0)))
        }
    }

    /// The exception for the longest name; of two for the same name, the one that closes.
    fn exception(&self, profile: &Profile, name: &str, at: Moment) -> Option<(usize, &Exception)> {
        if self.exceptions.is_empty() {
            return None;
        }
        upwards(name).find_map(|above| {
            let own = self.exceptions.get(above)?.iter();
            let own = own.filter_map(|number| Some((*number, self.plan.exceptions.get(*number)?)));
            own.filter(|(_, exception)| {
                let ended = exception.until.is_some_and(|until| until <= at);
                let profiles = &exception.profiles;
                !ended && (profiles.is_empty() || profiles.contains(&profile.name))
            })
            .min_by_key(|(_, exception)| exception.open)
        })
    }
}

fn yes(because: Because) -> Decision {
    Decision {
        open: true,
        because,
        hit: None,
    }
}

fn no(because: Because) -> Decision {
    Decision {
        open: false,
        because,
        hit: None,
    }
}

/// The longest listed name that is in one of these categories.
fn first(found: &Found, by: Categories) -> Option<Hit> {
    let mut hits = found.hits.iter();
    hits.find(|hit| !hit.categories.within(by).is_empty())
        .copied()
}

fn closed(profile: &Profile, file: &Compiled) -> Categories {
    let mut closed = ILLEGAL_ONLY;
    for category in &profile.closed {
        if category == ALL {
            return Categories(u64::MAX);
        }
        closed = closed.and(file.category(category).unwrap_or_default());
    }
    if profile.children {
        closed = closed.and(file.category(WAYS_ROUND).unwrap_or_default());
    }
    closed
}

fn is_open_at(profile: &Profile, at: Moment) -> bool {
    let today = at.date();
    let day = match today.weekday() {
        Weekday::Monday => Day::Mon,
        Weekday::Tuesday => Day::Tue,
        Weekday::Wednesday => Day::Wed,
        Weekday::Thursday => Day::Thu,
        Weekday::Friday => Day::Fri,
        Weekday::Saturday => Day::Sat,
        Weekday::Sunday => Day::Sun,
    };
    profile.hours.iter().any(|hours| {
        let moment = |time: super::Time| Moment::on(today, time.hour, time.minute);
        hours.days.contains(&day) && moment(hours.from) <= at && at < moment(hours.until)
    })
}
