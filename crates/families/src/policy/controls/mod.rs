//! The controls of this family that this build has.

mod consultation;
mod publication;
mod review;
mod sanctions;
mod scope;
mod statement;

use crate::spine::control::Kind;

/// The list.
pub const CONTROLS: &[Kind] = &[
    Kind::of::<review::Review>("policy.review"),
    Kind::of::<consultation::Consultation>("policy.consultation"),
    Kind::of::<publication::Publication>("policy.publication"),
    Kind::of::<scope::Scope>("policy.scope"),
    Kind::of::<statement::Statement>("policy.statement"),
    Kind::of::<sanctions::Sanctions>("policy.sanctions"),
];

/// The ids of the clauses that brought a control into force.
fn clause_ids(from: &crate::spine::control::Standpoint<'_>) -> Vec<String> {
    let clauses = from.bound.clauses.iter();
    clauses.map(|clause| clause.id.clone()).collect()
}
