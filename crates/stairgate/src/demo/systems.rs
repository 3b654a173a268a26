//! What people may use beside Stairgate, who may use it, passwords that are changed each term
//! because the policy asks for it, and signing in with a work account, which is not turned on yet.

use super::{
    accounts::Holder,
    calendar::Days,
    names,
    stage::{By, Story},
};
use families::{
    access::{
        acts::{
            Act as Access,
            oidc::{Act as Oidc, Provider},
            systems::Act,
        },
        entries::systems::Kind,
    },
    spine::act::Act as AnyAct,
};
use kernel::moment::{Moment, plus_days};

const MANAGER: By = By::Person(names::MANAGER);

/// The systems: kind, name, whether one password is known together, and who uses each.
const SYSTEMS: [(Kind, &str, bool, &[&str]); 6] = [
    (
        Kind::Mailbox,
        "Office mailbox",
        true,
        &[names::MANAGER, names::DEPUTY_MANAGER, names::CHAIR],
    ),
    (
        Kind::Platform,
        "Learning journal",
        false,
        &[
            names::MANAGER,
            names::DEPUTY_MANAGER,
            names::DEPUTY_LEAD,
            names::ROOM_LEADER,
            "Ruth Abernethy",
            "Harpreet Dhillon",
            names::PRACTITIONER,
        ],
    ),
    (
        Kind::Website,
        "Our website",
        true,
        &[names::MANAGER, names::TECHNICAL_LEAD],
    ),
    (
        Kind::Wifi,
        "Team wifi",
        true,
        &[
            names::MANAGER,
            names::DEPUTY_MANAGER,
            names::TECHNICAL_LEAD,
            names::DEPUTY_LEAD,
        ],
    ),
    (
        Kind::Account,
        "Fees and registers",
        false,
        &[names::MANAGER, names::DEPUTY_MANAGER],
    ),
    (
        Kind::Folder,
        "Shared folder of the committee",
        false,
        &[
            names::MANAGER,
            names::CHAIR,
            names::NAMED_MEMBER,
            names::MEMBER,
        ],
    ),
];

/// Everything about systems and passwords.
pub(super) fn tell(story: &mut Story, days: &Days, holders: &[Holder]) {
    let mut number = 0;
    for (system, (kind, name, one_password, users)) in (1..).zip(SYSTEMS) {
        let minute = i8::try_from(system).unwrap_or(0);
        let act = Act::Add {
            kind,
            name: name.to_owned(),
            one_password,
        };
        story.act(days.after(15, 9, minute), MANAGER, |_| {
            Ok(AnyAct::Access(Access::System(act)))
        });
        for user in users {
            let at = days.after(245, 9, 5).plus_minutes(number);
            number += 1;
            story.act(at, MANAGER, move |cast| {
                Ok(AnyAct::Access(Access::System(Act::Grant {
                    system,
                    person: cast.of(user)?,
                    why: "Part of their work".to_owned(),
                })))
            });
        }
    }
    passwords(story, days, holders);
    story.act(days.after(300, 10, 20), MANAGER, |_| {
        let provider = Provider {
            name: "Hollyhock Lane".to_owned(),
            issuer: "https://login.hollyhocklane.example".to_owned(),
            client: "stairgate".to_owned(),
            secret: None,
            domains: "hollyhocklane.example".to_owned(),
            on: false,
        };
        let set = Oidc::SetProvider(Box::new(provider));
        Ok(AnyAct::Access(Access::Oidc(set)))
    });
}

/// At the beginning of each term everybody changes their own; whoever knows a shared one changes it.
fn passwords(story: &mut Story, days: &Days, holders: &[Holder]) {
    for term in days.terms() {
        let day = plus_days(term.first, 2);
        if day >= days.today {
            continue;
        }
        for (place, holder) in (0_i64..).zip(holders) {
            let gone = holder.until.is_some_and(|last| last <= day);
            if holder.opened >= day || gone {
                continue;
            }
            let name = holder.name;
            let at = Moment::on(day, 7, 0).plus_minutes(place);
            story.look(at, By::Person(name), move |view, cast| {
                let access = &view.setting.access;
                let hash = access.hash(cast.of(name)?).and_then(|hash| view.open(hash));
                let change = |hash: String| {
                    AnyAct::Access(Access::ChangePassword {
                        password: hash.into(),
                    })
                };
                Ok(hash.map(change).into_iter().collect())
            });
        }
        story.look(Moment::on(day, 17, 0), MANAGER, |view, _| {
            let all = view.setting.access.systems().in_use();
            let shared = all.filter(|system| system.one_password);
            let changed = shared.map(|system| {
                let system = system.system;
                AnyAct::Access(Access::System(Act::RecordPasswordChanged { system }))
            });
            Ok(changed.collect())
        });
    }
}
