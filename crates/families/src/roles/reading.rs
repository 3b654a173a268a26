//! What a policy means by its words for a role: "designated person (manager)", "senior leadership
//! team", "head of centre". Words that name no role that the program knows are a role of their own.

use super::role::Role;

/// How much of a policy's words for a role is looked at, in characters.
const WORDS_MAX: usize = 200;
/// The longest name of a role of the policy's own, in characters.
const NAME_MAX: usize = 80;

/// Words that end the name of a post: "reception staff", "ICT coordinator".
const POSTS: &[&str] = &[
    "staff",
    "provider",
    "coordinator",
    "co-ordinator",
    "officer",
    "officers",
    "technician",
    "teacher",
    "governor",
    "trustee",
    "member",
    "lead",
    "leader",
    "leaders",
    "manager",
    "managers",
    "head",
    "chair",
    "champion",
    "trainer",
    "adviser",
    "person",
    "team",
    "service",
];

impl Role {
    /// The roles that a policy means by its words, in the order in which it names them. Words that
    /// name none that the program knows are a role of the policy's own; empty words are none.
    #[must_use]
    pub fn read(words: &str) -> Vec<Role> {
        let words = bounded(words);
        let mut roles = Role::recognise(&words);
        let others = parts(&words)
            .into_iter()
            .filter(|part| known(part).is_empty() && names_a_post(part) && !is_deputy(part));
        roles.extend(others.map(|part| Role::Other(own_name(&part))));
        let name = own_name(&words);
        if roles.is_empty() && name.chars().any(char::is_alphanumeric) {
            roles.push(Role::Other(name));
        }
        each_once(roles)
    }

    /// Those of the roles that the program knows which a policy means by its words; may be none.
    #[must_use]
    pub fn recognise(words: &str) -> Vec<Role> {
        let words = bounded(words);
        let (outside, inside) = brackets(&words);
        let mut roles = Vec::new();
        for part in parts(&outside) {
            match (known(&part), is_deputy(&part)) {
                (found, false) => roles.extend(found),
                // "lead and deputy": the deputy of whom was named before.
                (found, true) if found.is_empty() => {
                    let before: Vec<Role> = roles.clone();
                    roles.extend(before.iter().filter_map(deputy_of));
                }
                (found, true) => roles.extend(found),
            }
        }
        for part in parts(&inside) {
            if is_deputy(&part) && known(&part).is_empty() {
                // "designated person (deputy)": the deputy who is one.
                roles = roles.iter().filter_map(deputy_of).collect();
                roles.push(Role::DeputyManager);
            } else {
                roles.extend(known(&part));
            }
        }
        each_once(roles)
    }

    /// Whether the words mean a team, in which any member will do: "senior leadership team".
    #[must_use]
    pub fn is_team(words: &str) -> bool {
        let words = words.to_lowercase();
        ["team", "leadership", "management", "leaders", "senior"]
            .iter()
            .any(|part| words.contains(part))
    }
}

/// The words without what is too long, in one line.
fn bounded(words: &str) -> String {
    let line: Vec<&str> = words.split_whitespace().collect();
    line.join(" ").chars().take(WORDS_MAX).collect()
}

/// What stands outside of brackets, and what inside.
fn brackets(words: &str) -> (String, String) {
    match words.split_once('(') {
        Some((before, rest)) => match rest.split_once(')') {
            Some((inside, after)) => (format!("{before} {after}"), inside.to_owned()),
            None => (before.to_owned(), rest.to_owned()),
        },
        None => (words.to_owned(), String::new()),
    }
}

/// The posts that words name side by side: "room leaders and managers" are two.
pub(super) fn parts(words: &str) -> Vec<String> {
    let mut even = format!(
        " {} ",
        words.replace(['(', ')', '/', ',', ';', '&', '+'], " | ")
    );
    for between in [" and ", " or ", " also ", " as well as "] {
        even = even.replace(between, " | ");
    }
    even.split('|')
        .map(without_articles)
        .filter(|part| !part.is_empty())
        .collect()
}

fn without_articles(part: &str) -> String {
    const ARTICLES: [&str; 12] = [
        "the", "our", "a", "an", "all", "any", "every", "each", "their", "its", "acting",
        "relevant",
    ];
    let mut words: Vec<&str> = part.split_whitespace().collect();
    while let Some(first) = words.first() {
        if !ARTICLES.contains(&first.to_lowercase().as_str()) {
            break;
        }
        words.remove(0);
    }
    words.join(" ")
}

fn is_deputy(part: &str) -> bool {
    part.to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .any(|word| matches!(word, "deputy" | "deputies" | "assistant"))
}

fn deputy_of(role: &Role) -> Option<Role> {
    match role {
        Role::Manager => Some(Role::DeputyManager),
        Role::Lead => Some(Role::DeputyLead),
        Role::DeputyManager
        | Role::DeputyLead
        | Role::OnlineSafetyLead
        | Role::Chair
        | Role::NamedMember
        | Role::TechnicalLead
        | Role::RoomLeader
        | Role::Other(_) => None,
    }
}

/// Whether words end with the name of a post: "reception staff".
pub(super) fn names_a_post(part: &str) -> bool {
    part.split_whitespace()
        .next_back()
        .is_some_and(|last| POSTS.contains(&last.to_lowercase().as_str()))
}

/// The roles that one part names, among those that the program knows.
pub(super) fn known(part: &str) -> Vec<Role> {
    let part = part.to_lowercase();
    if let Some(role) = Role::KNOWN.into_iter().find(|role| role.key() == part) {
        return vec![role];
    }
    let has = |any: &[&str]| any.iter().any(|words| part.contains(words));
    let deputy = is_deputy(&part);
    if has(&["committee", "governor", "trustee", "board", "governing"]) {
        return of_committee(&part);
    }
    if has(&["chair"]) {
        return vec![Role::Chair];
    }
    if leads_safeguarding(&part) {
        let role = if deputy { Role::DeputyLead } else { Role::Lead };
        return vec![role];
    }
    if leads_online_safety(&part) {
        return vec![Role::OnlineSafetyLead];
    }
    if has(TECHNICAL) {
        return vec![Role::TechnicalLead];
    }
    if has(&["room leader", "room lead", "room supervisor"]) {
        return vec![Role::RoomLeader];
    }
    if has(TEAMS) || part == "management" || part == "leaders" {
        return vec![Role::Manager, Role::DeputyManager];
    }
    if manages(&part) {
        let role = if deputy {
            Role::DeputyManager
        } else {
            Role::Manager
        };
        return vec![role];
    }
    Vec::new()
}

const TECHNICAL: &[&str] = &[
    "technical staff",
    "technical lead",
    "technical team",
    "technical support",
    "technician",
    "ict coordinator",
    "ict co-ordinator",
    "it coordinator",
    "ict lead",
    "network manager",
    "technology lead",
];

const TEAMS: &[&str] = &[
    "leadership team",
    "management team",
    "senior leader",
    "senior member of staff",
    "senior staff",
    "senior management",
];

fn of_committee(part: &str) -> Vec<Role> {
    if part.contains("chair") {
        return vec![Role::Chair];
    }
    let one = [
        "member",
        "named",
        "link",
        "nominated",
        "safeguarding",
        "responsible",
    ];
    if one.iter().any(|word| part.contains(word)) {
        return vec![Role::NamedMember];
    }
    vec![Role::Chair]
}

fn leads_safeguarding(part: &str) -> bool {
    const SAY: [&str; 9] = [
        "designated safeguarding",
        "designated person",
        "designated lead",
        "designated officer",
        "safeguarding lead",
        "safeguarding officer",
        "safeguarding person",
        "lead practitioner",
        "child protection",
    ];
    let post = !part.ends_with("team") && !part.ends_with("board") && !part.ends_with("trainer");
    post && (SAY.iter().any(|words| part.contains(words))
        || matches!(
            part,
            "lead" | "dsl" | "dsp" | "deputy lead" | "deputy dsl" | "designated persons"
        ))
}

fn leads_online_safety(part: &str) -> bool {
    const ABOUT: [&str; 5] = [
        "online safety",
        "online-safety",
        "e-safety",
        "esafety",
        "internet safety",
    ];
    const POST: [&str; 5] = ["lead", "coordinator", "co-ordinator", "officer", "champion"];
    ABOUT.iter().any(|words| part.contains(words)) && POST.iter().any(|post| part.contains(post))
}

/// Whether it is the manager of the setting: "our manager", "nursery managers", "head of centre". An
/// "office manager" is another post.
fn manages(part: &str) -> bool {
    const PLAIN: [&str; 16] = [
        "manager",
        "managers",
        "deputy",
        "assistant",
        "deputies",
        "preschool",
        "pre-school",
        "nursery",
        "setting",
        "setting's",
        "playgroup",
        "centre",
        "registered",
        "general",
        "s",
        "’s",
    ];
    const HEADS: [&str; 10] = [
        "head of centre",
        "head of the centre",
        "centre head",
        "head teacher",
        "headteacher",
        "owner",
        "principal",
        "proprietor",
        "head",
        "head of setting",
    ];
    let all_plain = part
        .split([' ', '\'', '’'])
        .all(|word| PLAIN.contains(&word));
    let bare = part
        .trim_start_matches("deputy ")
        .trim_start_matches("assistant ");
    (all_plain && part.contains("manager")) || HEADS.contains(&bare)
}

/// The name of a role of the policy's own, as it stands within a sentence.
fn own_name(words: &str) -> String {
    let words = without_articles(words);
    let name: String = words.chars().take(NAME_MAX).collect();
    let mut letters = name.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        // "ICT provider" keeps its capitals.
        (Some(_), Some(second)) if second.is_uppercase() => name,
        (Some(first), _) => {
            let rest: String = name.chars().skip(1).collect();
            format!("{}{rest}", first.to_lowercase())
        }
        (None, _) => name,
    }
}

fn each_once(roles: Vec<Role>) -> Vec<Role> {
    let mut once = Vec::new();
    for role in roles {
        if !once.contains(&role) {
            once.push(role);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn roles_are_read_as_policies_write_them() {
        let words = [
            "designated person (manager)",
            "designated person (deputy)",
            "designated person",
            "Designated Safeguarding Lead",
            "designated safeguarding lead (also online safety lead)",
            "designated safeguarding lead and deputies",
            "deputy lead",
            "designated child protection officers (five)",
            "online safety lead of each centre",
            "senior leadership team",
            "management team",
            "leaders and management team",
            "head of centre (acting)",
            "acting head of centre",
            "the manager",
            "manager and deputy manager",
            "managers",
            "office manager",
            "outreach manager",
            "room leaders and managers",
            "committee",
            "committee chair",
            "chair of governors",
            "named committee member for safeguarding",
            "link governor",
            "technical staff",
            "ICT coordinator",
            "ICT service technician",
            "ICT provider (the council's)",
            "special needs coordinator",
            "designated teacher for children in care",
            "reception staff",
            "owner, expressly",
            "senior member of staff on an outing",
            "county online safety team",
            "",
        ];
        let read: Vec<String> = words
            .iter()
            .map(|words| {
                let roles = Role::read(words);
                let keys: Vec<&str> = roles.iter().map(Role::key).collect();
                format!("{words}: {}", keys.join(" + "))
            })
            .collect();
        expect![[r#"
            designated person (manager): lead + manager
            designated person (deputy): deputy-lead + deputy-manager
            designated person: lead
            Designated Safeguarding Lead: lead
            designated safeguarding lead (also online safety lead): lead + online-safety-lead
            designated safeguarding lead and deputies: lead + deputy-lead
            deputy lead: deputy-lead
            designated child protection officers (five): lead
            online safety lead of each centre: online-safety-lead
            senior leadership team: manager + deputy-manager
            management team: manager + deputy-manager
            leaders and management team: manager + deputy-manager
            head of centre (acting): manager
            acting head of centre: manager
            the manager: manager
            manager and deputy manager: manager + deputy-manager
            managers: manager
            office manager: office manager
            outreach manager: outreach manager
            room leaders and managers: room-leader + manager
            committee: chair
            committee chair: chair
            chair of governors: chair
            named committee member for safeguarding: named-member
            link governor: named-member
            technical staff: technical-lead
            ICT coordinator: technical-lead
            ICT service technician: technical-lead
            ICT provider (the council's): ICT provider
            special needs coordinator: special needs coordinator
            designated teacher for children in care: designated teacher for children in care
            reception staff: reception staff
            owner, expressly: manager
            senior member of staff on an outing: manager + deputy-manager
            county online safety team: county online safety team
            : "#]]
        .assert_eq(&read.join("\n"));
    }

    #[test]
    fn a_role_is_read_from_its_own_key_and_words() {
        for role in Role::KNOWN {
            let one = std::slice::from_ref(&role);
            assert_eq!(Role::read(role.key()), one, "{}", role.key());
            assert_eq!(Role::read(&role.in_words()), one, "{}", role.in_words());
        }
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_read_and_none_of_the_names_is_long(words in "\\PC{0,300}") {
            for role in Role::read(&words) {
                assert!((1..=NAME_MAX).contains(&role.key().chars().count()));
            }
            assert_eq!(Role::read("the"), []);
            let _ = crate::roles::bearer::Bearer::read(&words);
        }
    }

    #[test]
    fn very_long_words_are_cut() {
        let roles = Role::read(&"x ".repeat(10_000));
        assert_eq!(
            roles.first().map(|role| role.key().chars().count()),
            Some(NAME_MAX)
        );
    }
}
