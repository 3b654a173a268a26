//! Roles and groups in the words of a clause.

use super::phrases::{Phrase, stems};
use super::place_of;
use crate::meaning::words::Word;
use kernel::value::Value;
use std::sync::OnceLock;

/// Those who decide or are told: the name, then the words that mean it; longer ones first.
const ROLES: [(&str, &str); 33] = [
    (
        "deputy lead",
        "deputy designated safeguarding lead, deputy dsl, ddsl, deputy safeguarding lead",
    ),
    (
        "designated safeguarding lead",
        "designated safeguarding lead, designated safeguarding officer, safeguarding lead, safeguarding officer, safeguarding coordinator, dsl, dslo, child protection officer",
    ),
    (
        "online safety lead",
        "online safety lead, online safety coordinator, esafety lead, esafety coordinator, online safety officer",
    ),
    (
        "designated person",
        "designated person, designated persons, designated people",
    ),
    (
        "committee chair",
        "committee chair, chair of the committee, chairperson, chair of trustees, chair of governors, chair",
    ),
    (
        "named committee member",
        "named committee member, named governor, nominated governor, safeguarding governor, link governor",
    ),
    (
        "deputy manager",
        "deputy manager, assistant manager, deputy head, deputy supervisor, deputy",
    ),
    ("nursery manager", "nursery manager"),
    ("head of centre", "head of centre"),
    ("headteacher", "headteacher, head teacher, principal"),
    (
        "manager",
        "manager, setting manager, managers, supervisor, playleader",
    ),
    (
        "senior leadership team",
        "senior leadership team, slt, senior leaders",
    ),
    ("centre leadership team", "centre leadership team"),
    ("leadership team", "leadership team, leadership"),
    (
        "management team",
        "management team, management, management committee",
    ),
    (
        "senior member of staff",
        "senior member of staff, senior staff, senior practitioner",
    ),
    (
        "owner",
        "owner, owners, proprietor, registered person, nominated individual",
    ),
    (
        "room leader",
        "room leader, room leaders, room supervisor, room senior",
    ),
    ("key person", "key person, key people, key worker"),
    ("committee", "committee, committee members"),
    ("governors", "governors, governing body, governor"),
    ("trustees", "trustees, trustee, directors, board"),
    (
        "technical staff",
        "technical staff, technician, technicians, ict technician, it technician, network manager, it support",
    ),
    (
        "ICT coordinator",
        "ict coordinator, computing lead, ict lead",
    ),
    (
        "administrator",
        "administrator, administrators, admin staff, office manager, business manager",
    ),
    (
        "special needs coordinator",
        "senco, special needs coordinator",
    ),
    (
        "data protection officer",
        "data protection officer, data protection lead, dpo",
    ),
    ("receptionist", "receptionist, reception staff"),
    (
        "local authority designated officer",
        "local authority designated officer, lado",
    ),
    (
        "authorised staff",
        "authorised staff, authorised members of staff",
    ),
    ("childminder", "childminder"),
    (
        "external provider",
        "external provider, it provider, ict provider, service provider",
    ),
    ("parents", "parental permission from parents"),
];

/// Those whom rules bind.
const GROUPS: [(&str, &str); 9] = [
    (
        "staff",
        "staff, practitioners, employees, educators, team members",
    ),
    ("volunteers", "volunteers, volunteer"),
    ("students", "students, student, apprentices"),
    ("parents and carers", "parents, carers, families, parent"),
    ("children", "children, learners, pupils, child"),
    ("visitors", "visitors, visitor"),
    ("contractors", "contractors"),
    ("community users", "community users"),
    ("everyone", "everyone, everybody, all users"),
];

/// The first role of the clause.
pub(super) fn first(words: &[Word]) -> Option<Value> {
    found(words, roles()).into_iter().next().map(Value::Text)
}

/// All roles of the clause, in its order.
pub(super) fn all(words: &[Word]) -> Option<Value> {
    list(found(words, roles()))
}

/// The role or group that stands first: whom a line such as "The manager will:" binds.
pub(super) fn bound(words: &[Word]) -> Option<Value> {
    static ONCE: OnceLock<Vec<(String, Vec<Phrase>)>> = OnceLock::new();
    let both = ONCE.get_or_init(|| [phrases(&ROLES), phrases(&GROUPS)].concat());
    found(words, both).into_iter().next().map(Value::Text)
}

fn list(names: Vec<String>) -> Option<Value> {
    (!names.is_empty()).then(|| Value::List(names.into_iter().map(Value::Text).collect()))
}

/// The names found, in the order of the text; what lies within a longer name does not count again.
fn found(words: &[Word], known: &[(String, Vec<Phrase>)]) -> Vec<String> {
    let mut hits: Vec<(usize, usize, &str)> = Vec::new();
    for (name, phrases) in known {
        for phrase in phrases {
            let Some(from) = place_of(phrase, words) else {
                continue;
            };
            let to = from + phrase.len();
            if !hits
                .iter()
                .any(|(start, end, _)| from < *end && *start < to)
            {
                hits.push((from, to, name));
            }
        }
    }
    hits.sort_unstable();
    let mut names: Vec<String> = Vec::new();
    for (_, _, name) in hits {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names.truncate(6);
    names
}

fn roles() -> &'static [(String, Vec<Phrase>)] {
    static ONCE: OnceLock<Vec<(String, Vec<Phrase>)>> = OnceLock::new();
    ONCE.get_or_init(|| phrases(&ROLES))
}

fn phrases(known: &[(&str, &str)]) -> Vec<(String, Vec<Phrase>)> {
    known
        .iter()
        .map(|(name, list)| ((*name).to_owned(), list.split(',').map(stems).collect()))
        .collect()
}
