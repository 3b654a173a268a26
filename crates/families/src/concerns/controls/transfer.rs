//! concerns.transfer: a child’s file moves within the days of the policy, and is chased until it is
//! confirmed; a file that came in is looked at.

use crate::{
    concerns::transfer::register::{Inward, Out, State},
    roles::role::Role,
    spine::{
        control::{Control, Procedure, Register, Standpoint},
        in_force::InForce,
    },
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::plus_days,
};
use serde::Deserialize;

/// The control.
pub(crate) const CONTROL: &str = "concerns.transfer";
/// Within which time a file moves where the policy does not say (guidance for schools, 2025).
const WITHIN: Every = Every::WorkingDays(5);

/// A child’s file moves.
#[derive(Deserialize)]
pub(crate) struct Transfer {
    /// Within which time; read when it is found that one has to move.
    #[serde(default)]
    within: Option<Every>,
}

/// Within which time a file moves by the policy in force.
pub(crate) fn within(in_force: &InForce) -> Every {
    let bound = in_force.find(CONTROL).map(|running| &running.bound);
    let words = bound.and_then(|bound| bound.values.get("within"));
    let read = words.and_then(|value| Every::read(&value.in_words()));
    read.unwrap_or(WITHIN)
}

impl Control for Transfer {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart(
            "Files that were sent and came in, with who received them and when",
        ))
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let transfers = from.setting.concerns.transfers();
        let owed = transfers.owed().filter_map(|(case, owing)| {
            let found = from.setting.concerns.case(case)?;
            let role = from.setting.roles.first_held(&found.roles, from.today);
            let role = role.or(found.roles.first())?;
            let duty = Duty::new(
                format!(
                    "Send the file of case {} to the next setting",
                    found.reference
                ),
                Owner::role(role.key()),
                owing.due,
            );
            Some(
                duty.opens(owing.at.date())
                    .at(format!("/concerns/cases/{case}"))
                    .about(format!("transfer:{case}"))
                    .from([owing.seq])
                    .in_case(case),
            )
        });
        let chased = transfers.all_out().filter_map(|out| chase(out, from));
        let arrived = transfers
            .all_inward()
            .filter(|inward| inward.waits())
            .map(|inward| look(inward, from));
        owed.chain(chased).chain(arrived).collect()
    }

    fn procedure(&self) -> Option<Procedure> {
        let within = self.within.unwrap_or(WITHIN);
        Some(Procedure {
            title: "When a child with a file moves on".to_owned(),
            steps: vec![
                "Find out which setting the child goes to, and who the safeguarding lead is there.".to_owned(),
                "Ring them first: is there anything that they have to know before the file comes? Write down what you told them.".to_owned(),
                "Decide whether parents are told. Their agreement is not needed where a child could be harmed; write down what was decided and why.".to_owned(),
                format!("Send the file within {within} of the child’s last day, apart from the other records, from the page of the case. Only who is on the case can, with a second step."),
                "Send them the link in one way, and tell them the code in another: over the telephone.".to_owned(),
                "Ask after it until they have confirmed that it has arrived.".to_owned(),
            ],
            never: vec![
                "Do not mail the file itself, or the code together with the link.".to_owned(),
                "Do not give the file to the family to take along.".to_owned(),
            ],
        })
    }
}

/// What was sent is chased until it is confirmed or called back.
fn chase(out: &Out, from: &Standpoint<'_>) -> Option<Duty> {
    let what = match out.state(from.today) {
        State::Confirmed | State::Withdrawn => return None,
        State::Open => "Ask whether a child’s file has arrived",
        State::Shut => "Send a child’s file anew: too many wrong codes were tried at its link",
        State::Over => "Send a child’s file anew: the day of its link is over",
    };
    let first = out.sent.cases.first()?;
    let roles = &from.setting.concerns.case(*first)?.roles;
    let role = from.setting.roles.first_held(roles, from.today);
    let role = role.or(roles.first())?;
    let duty = Duty::new(what, Owner::role(role.key()), out.sent.due);
    Some(
        duty.opens(plus_days(out.at.date(), 1))
            .at(format!("/concerns/transfers/{}", out.sent.case))
            .about(format!("transfer:{}", out.sent.case))
            .from([out.seq])
            .in_case(out.sent.case),
    )
}

fn look(inward: &Inward, from: &Standpoint<'_>) -> Duty {
    let roles = &inward.arrived.roles;
    let role = from.setting.roles.first_held(roles, from.today);
    let role = role.or(roles.first()).unwrap_or(&Role::Lead);
    let came = inward.at.date();
    let due = from.calendar().plus_working_days(came, 1);
    Duty::new(
        "Look at a child’s file that came in",
        Owner::role(role.key()),
        due,
    )
    .opens(came)
    .at(format!("/concerns/transfers/in/{}", inward.arrived.case))
    .about(format!("transfer:{}", inward.arrived.case))
    .from([inward.seq])
    .in_case(inward.arrived.case)
}
