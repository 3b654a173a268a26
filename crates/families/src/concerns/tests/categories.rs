//! concerns.categories: each case has its kind, and so its risk.

use super::report::cast;
use crate::{
    concerns::{
        acts::{Act, NewReport},
        kinds::Kind,
    },
    spine::act::Act as AnyAct,
};

#[test]
fn cases_are_found_and_counted_by_kind_and_risk_by_who_is_on_them() {
    let mut cast = cast();
    for (what, kind) in [
        ("A film", Kind::Unsuitable),
        ("A stranger writes", Kind::Grooming),
    ] {
        let mut new = NewReport::default();
        new.report.what = what.to_owned();
        new.report.kind = kind;
        let report = AnyAct::Concerns(Act::Report(Box::new(new)));
        cast.scenario.done(cast.rosa, report);
    }
    let lead = cast.lead;
    let all = cast.scenario.page(lead, "/concerns", &[]);
    let some = cast
        .scenario
        .page(lead, "/concerns", &[("kind", "grooming")]);
    let cases = |page: &str| page.matches("/concerns/cases/").count();
    assert_eq!((cases(&all), cases(&some)), (2, 1));
    let figures = cast.scenario.page(lead, "/concerns/figures", &[]);
    assert!(figures.contains("2 cases in the last 12 months") && figures.contains("Contact"));
    let nobody = cast.scenario.page(cast.tomos, "/concerns/figures", &[]);
    assert_eq!(nobody, "nothing here");
}
