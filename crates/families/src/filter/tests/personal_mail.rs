//! filter.personal-mail: personal mail is off on the setting’s equipment.

use super::{cast, open_site, propose};
use crate::{devices::kinds::Users, filter::plan};
use expect_test::expect;

const MAIL: &str = r#"
[[clause]]
id = "mail"
section = "Email"
text = "Private e-mail is closed to staff and parents on our equipment."
controls = ["filter.personal-mail"]
values = { profiles = ["staff", "parents"] }
"#;

#[test]
fn personal_mail_is_closed_for_whom_the_policy_names() {
    let (mut scenario, kit, _) = cast(MAIL);
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    for name in ["staff", "office", "visitors"] {
        let profile = plan.profiles.iter().find(|profile| profile.name == name);
        let profile = profile.expect("it is there");
        assert!(
            profile.closed.iter().any(|kind| kind == "personal-mail"),
            "{name}"
        );
        assert!(profile.clauses.contains_key("personal-mail"));
    }
    let name = crate::filter::kinds::of_name("mail.google.com");
    assert_eq!(name, Some("personal-mail"));
    scenario.act(kit, propose(open_site("mail.google.com"), &[Users::Visitors]), expect!["refused by filter.personal-mail (mail): Personal mail is closed here for staff, parents; this would open it for: visitors and parents. Nobody can allow it. Use the setting’s own mail, or a device of your own on a break."]);
    scenario.act(
        kit,
        propose(open_site("ponds.example"), &[Users::Visitors]),
        expect!["filter.proposed"],
    );
}
