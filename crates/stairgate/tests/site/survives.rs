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
