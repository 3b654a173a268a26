//! Looks each week whether the addresses of the help directory still answer.

use crate::web::app::App;
use families::{
    education::acts::Act as Education,
    spine::act::{Act, Actor},
};
use post::links::Links;
use std::{sync::Arc, time::Duration};

/// How long after the start the first look is, so that starting is quick and short runs ask nobody.
const FIRST: Duration = Duration::from_secs(10 * 60);
/// How long after a look the next one is.
const NEXT: Duration = Duration::from_secs(7 * 24 * 3600);

/// Looks from time to time, for as long as the program runs.
pub(crate) async fn look_at_links(app: Arc<App>) {
    tokio::time::sleep(FIRST).await;
    loop {
        let app = Arc::clone(&app);
        if let Err(error) = tokio::task::spawn_blocking(move || look(&app)).await {
            tracing::error!(%error, "the addresses of the help directory could not be looked at");
        }
        tokio::time::sleep(NEXT).await;
    }
}

fn look(app: &App) {
    let links = match Links::new(None, None) {
        Ok(links) => links,
        Err(error) => {
            tracing::error!(%error, "no address of the help directory can be asked");
            return;
        }
    };
    let state = app.desk.state();
    let setting = &state.setting;
    let all = setting.education.all().filter(|help| !help.site.is_empty());
    let sites: Vec<(String, String)> = all
        .map(|help| (help.id.clone(), help.site.clone()))
        .collect();
    drop(state);
    let found = worth(found(&sites, |site| links.answers(site)));
    if found.is_empty() {
        return;
    }
    let act = Act::Education(Education::LookAtLinks { found });
    if let Err(failed) = app.desk.perform(&Actor::clock(), act, &[], app.now()) {
        tracing::warn!(
            ?failed,
            "what was found of the help directory could not be kept"
        );
    }
}

fn found(sites: &[(String, String)], answers: impl Fn(&str) -> bool) -> Vec<(String, bool)> {
    sites
        .iter()
        .map(|(id, site)| (id.clone(), answers(site)))
        .collect()
}

/// When nobody at all answers, it is our own line that is down, and says nothing of anybody.
fn worth(found: Vec<(String, bool)>) -> Vec<(String, bool)> {
    if found.iter().any(|(_, answers)| *answers) {
        found
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites() -> Vec<(String, String)> {
        let site = |id: &str| (id.to_owned(), format!("https://{id}.example"));
        vec![site("one"), site("two")]
    }

    #[test]
    fn an_address_that_is_gone_is_told_apart_from_a_line_that_is_down() {
        let one = worth(found(&sites(), |site| site.contains("one")));
        assert_eq!(one, [("one".to_owned(), true), ("two".to_owned(), false)]);
        assert!(worth(found(&sites(), |_| false)).is_empty());
    }
}
