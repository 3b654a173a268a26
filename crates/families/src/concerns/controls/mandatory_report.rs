//! concerns.mandatory-report: what the law asks of who reports, themselves. Nothing in the program
//! hinders or delays it: this control says no to nothing.

use crate::{
    concerns::own_duty::register::OwnDuty,
    spine::control::{Control, Procedure, Register, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    value::Words,
};
use serde::Deserialize;

/// What the law asks of who reports, themselves.
#[derive(Deserialize)]
pub(crate) struct MandatoryReport {
    /// The day from which a duty binds that the law has no day for yet; read by `rules`.
    #[serde(default)]
    from: Option<String>,
    /// To whom one reports, as the policy says it.
    #[serde(default)]
    to: Words,
}

impl Control for MandatoryReport {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart(
            "What people did about their own duty to report",
        ))
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let open = from.setting.concerns.own_duties().all();
        open.filter(|one| !one.done).map(owed).collect()
    }

    fn procedure(&self) -> Option<Procedure> {
        let named: Vec<&str> = self.to.iter().collect();
        let mut steps = vec![
            "After a report you are shown what the law may ask of you yourself: whom to tell, and by when. The page “Your own duty to report” has it too.".to_owned(),
            "If it does, tell them. You need nobody’s leave, and need not wait for the lead.".to_owned(),
            "Write down when and whom you told, and their reference; or the lawful reason why it is not asked of you.".to_owned(),
        ];
        if !named.is_empty() {
            steps.insert(2, format!("Our policy names: {}.", named.join(", ")));
        }
        if let Some(day) = self.from.as_ref().and_then(|day| day.parse().ok()) {
            let day = kernel::moment::date_in_words(day);
            steps.push(format!(
                "We hold ourselves to a duty that the law is about to bring from {day} on."
            ));
        }
        Some(Procedure {
            title: "A person’s own duty to report".to_owned(),
            steps,
            never: vec![
                "Nobody may keep you from reporting, ask you to wait, or treat you worse for it. If somebody does, tell the chair or the regulator: “Complain or speak up” says how.".to_owned(),
            ],
        })
    }
}

/// It is owed by who reported, and known to them and to who is on the case.
fn owed(one: &OwnDuty) -> Duty {
    let duty = Duty::new(
        "Look at your own duty to report, and write down what you did",
        Owner::Person(one.person.0),
        one.due,
    );
    duty.opens(one.at.date())
        .at(format!("/concerns/own-duty/{}", one.number))
        .about(format!("own-duty:{}", one.number))
        .from([one.seq])
        .in_case(one.number)
}
