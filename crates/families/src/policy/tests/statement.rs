use super::{CLAUSES, noticed};
use crate::spine::scenario::Scenario;
use expect_test::expect;
use kernel::standing::Standing;

#[test]
fn aims_and_the_four_kinds_of_risk_are_shown_to_everybody() {
    let s = Scenario::with_clauses(CLAUSES);
    assert_eq!(s.standing("aims"), Standing::Met);
    expect![[r#"
        to everyone: What our policy is for: We want every child to be safe online. [aims]
        to everyone: The four kinds of risk online: Content: Seeing or hearing what is not fit for a child: violence, sexual images, hatred, self-harm, false stories that frighten or mislead. Contact: Being reached by somebody who means harm: a stranger who makes friends, an adult who pretends to be a child, pressure to meet or to send pictures. Conduct: Behaving online in a way that hurts oneself or others: unkind messages, passing on pictures of people, giving away names, addresses or passwords. Commerce: Being made to pay or to give something away: advertisements, purchases inside games, gambling, tricks to get money or personal details. [aims]"#]].assert_eq(&noticed(&s, "policy.statement"));
}
