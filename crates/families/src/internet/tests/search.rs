//! internet.search: search is safe for the age.

use super::{cast, internet, look, open, opening};
use crate::{
    internet::{
        acts::{Act, Opening},
        engines,
        entries::Near,
    },
    spine::{act::Act as AnyAct, scenario::MANAGER},
};
use expect_test::expect;

const SAFE: &str = r#"
[[clause]]
id = "search"
section = "Internet"
text = "The search tool suits the children’s age and is picked by a risk assessment."
controls = ["internet.search"]
values = { tool = "chosen by risk assessment" }
"#;

fn choose(tool: &str) -> AnyAct {
    internet(Act::ChooseTool {
        tool: tool.to_owned(),
        assessment: "We tried forty words that children use".to_owned(),
    })
}

fn searching() -> Opening {
    Opening {
        searching: true,
        bundles: Vec::new(),
        ..opening()
    }
}

#[test]
fn children_search_with_a_tool_that_was_chosen_and_an_adult_beside_them() {
    let (mut scenario, tomos, _) = cast(SAFE);
    scenario.act(tomos, open(searching()), expect!["refused by internet.search (search): No search tool was chosen for children yet. The manager or the designated safeguarding lead can allow it. Ask them to choose one, with what they weighed up. Until then, open sites that were looked at."]);
    let safe = engines::safe().next().expect("one is safe").title.clone();
    scenario.act(MANAGER, choose(&safe), expect!["internet.tool-chosen"]);
    let far = Opening {
        near: Near::InView,
        ..searching()
    };
    scenario.act(tomos, open(far), expect!["refused by internet.search (search): An adult sits beside a child who searches. Nobody can allow it. Sit beside the child, or open sites that were looked at."]);
    scenario.act(tomos, open(searching()), expect!["internet.opened"]);
    let session = scenario.setting.internet.session(1).expect("it is open");
    let names = session.names(&scenario.setting);
    assert!(
        names
            .iter()
            .all(|name| engines::of_name(name).is_some_and(engines::Engine::is_safe))
    );
    assert!(!names.is_empty());
}

#[test]
fn what_cannot_be_made_safe_is_neither_chosen_nor_approved() {
    let (mut scenario, tomos, _) = cast(SAFE);
    let closed = ["Google", "Bing", "Yandex", "Baidu", "Startpage", "Brave"];
    let closed = closed
        .into_iter()
        .filter_map(engines::called)
        .find(|engine| !engine.is_safe())
        .expect("one can't be made safe");
    let answer = scenario.try_act(MANAGER, &choose(&closed.title));
    let said = scenario.in_words(&answer);
    assert!(
        said.contains("can’t be made safe, so it is closed for children"),
        "{said}"
    );
    let name = closed
        .names
        .first()
        .map(|name| name.trim_start_matches("*.").to_owned());
    let answer = scenario.try_act(tomos, &look("Search", &[&name.unwrap_or_default()]));
    let said = scenario.in_words(&answer);
    assert!(said.contains("refused by internet.search"), "{said}");
    scenario.act(
        MANAGER,
        choose("Something new"),
        expect!["mistake in tool: Choose one of the search tools in the list"],
    );
}

#[test]
fn a_tool_that_the_policy_names_is_the_one() {
    let safe: Vec<String> = engines::safe().map(|engine| engine.title.clone()).collect();
    let clause = SAFE.replace("chosen by risk assessment", &safe[0]);
    let (mut scenario, ..) = cast(&clause);
    let answer = scenario.try_act(MANAGER, &choose(&safe[1]));
    let said = scenario.in_words(&answer);
    assert!(
        said.contains(&format!("Our policy names {} for searching", safe[0])),
        "{said}"
    );
    scenario.act(MANAGER, choose(&safe[0]), expect!["internet.tool-chosen"]);
}
