//! Pulling the plug: what was answered is there, who was signed in still is.

use crate::program::{Program, mark};

#[test]
fn after_the_plug_was_pulled_everything_answered_is_there_and_nobody_is_thrown_out() {
    let (mut program, mut browser) = Program::set_up();
    for round in 0..5 {
        let name = format!("Room {round}");
        assert_eq!(browser.send("/rooms/open", &[("name", &name)]).status, 303);
        let typed_before = mark(&browser.get("/rooms/open").body).unwrap();
        program.kill();
        program.start_again();
        browser.at(&program);
        assert!(browser.get("/rooms").body.contains(&name));
        // A form that was open before the plug was pulled can still be sent.
        let later = format!("Late room {round}");
        assert_eq!(
            browser
                .post("/rooms/open", &[("csrf", &typed_before), ("name", &later)])
                .status,
            303
        );
    }
}

#[test]
fn what_was_answered_is_there_once_when_the_plug_is_pulled_amid_many_posts() {
    let (mut program, maya) = Program::set_up();
    for round in 0..4 {
        let posting: Vec<_> = (0..4)
            .map(|hand| {
                let mut browser = maya.again(&program);
                let mark = mark(&browser.get("/rooms/open").body).unwrap();
                std::thread::spawn(move || {
                    let mut answered = Vec::new();
                    for number in 0..40 {
                        let name = format!("Room {round}-{hand}-{number} end");
                        match browser.try_post("/rooms/open", &[("csrf", &mark), ("name", &name)]) {
                            Some(303) => answered.push(name),
                            Some(other) => assert_eq!(other, 422, "a limit on rooms"),
                            None => break,
                        }
                    }
                    answered
                })
            })
            .collect();
        std::thread::park_timeout(std::time::Duration::from_millis(30 + 40 * round));
        program.kill();
        let answered: Vec<String> = posting
            .into_iter()
            .flat_map(|one| one.join().unwrap())
            .collect();
        program.start_again();
        let page = maya.again(&program).get("/rooms").body;
        for name in &answered {
            assert_eq!(page.matches(&format!(">{name}<")).count(), 1, "{name}");
        }
    }
}
