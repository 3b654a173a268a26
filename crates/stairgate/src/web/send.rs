//! Sending a form: POST. The same answers become the same act whether it is done or not; what was
//! typed comes back with the reason.

use super::{
    app::App,
    made::{self, Once},
    open, say, show,
    visitor::{self, Visitor},
};
use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use desk::desk::Failed;
use families::spine::{
    act::Act,
    answers::Answers,
    judge::{Asked, No},
    page::{Form, Params},
    permit,
    tongue::{self, Tongue},
    view::View,
};
use kernel::ruling::{Mistake, Refusal};
use kit::{button::button, choice::Choice, field::Field, form::Problems, text, words::Words};
use maud::{Markup, html};

/// The field with the controls whose questions were answered with yes.
const CONFIRMED: &str = "confirmed";

/// Reads the act from a form, asks for it, and shows what came of it.
pub(crate) async fn form(
    app: &App,
    visitor: &Visitor,
    form: &'static Form,
    params: &Params,
    mut answers: Answers,
    address: &str,
    from: &str,
) -> Response<Body> {
    let now = app.now();
    if let Some(sign) = app.desk.instead_of(form.path, &visitor.actor, now) {
        return say::go_to(sign);
    }
    let state = app.desk.state();
    let need = (form.need)(params, &state.setting);
    // Roles that are lent by exceptional access count here as they do for the page.
    let lent = app.desk.lend(&visitor.actor, now);
    if let Err(no) = permit::permit(&lent, &need, &state.setting, now.date()) {
        return say::not_allowed(app, visitor, &no, address);
    }
    // What is not there for this reader is not there for what they send, whatever they typed.
    let mut asked = params.clone();
    for field in form.fields {
        if let Some(word) = answers.text(field.name) {
            asked.0.entry(field.name.to_owned()).or_insert(word);
        }
    }
    let not_here = app.desk.view(&lent, now, &visitor.csrf, None, |view| {
        (form.start)(view, &asked).not_here
    });
    if not_here.unwrap_or(false) {
        return say::nothing_here(app, visitor);
    }
    for (name, word) in &params.0 {
        if answers.text(name).is_none() {
            answers.add(name, word);
        }
    }
    let (act, once) = match read(app, visitor, form, &mut answers).await {
        Ok(read) => read,
        Err(mistakes) => {
            return again(
                app,
                visitor,
                form,
                params,
                &answers,
                address,
                &No::Mistakes(mistakes),
            );
        }
    };
    // Only what can be read counts: what is turned back reaches nobody, and closes the form for nobody.
    if let Some(held) = open::held(app, visitor, form, params, &answers, address, from) {
        return held;
    }
    let confirmed = answers.several(CONFIRMED);
    match app.perform(&visitor.actor, act, &confirmed).await {
        Ok(_) => done(app, visitor, form, &answers, once),
        Err(Failed::No(No::NotAllowed(no))) => say::not_allowed(app, visitor, &no, address),
        Err(Failed::No(no)) => again(app, visitor, form, params, &answers, address, &no),
        Err(Failed::Unavailable(says)) => {
            let no = No::Mistakes(vec![Mistake::new(says)]);
            again(app, visitor, form, params, &answers, address, &no)
        }
    }
}

async fn read(
    app: &App,
    visitor: &Visitor,
    form: &'static Form,
    answers: &mut Answers,
) -> Result<(Act, Option<Once>), Vec<Mistake>> {
    let wrong = answers.check(form.fields);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let once = made::make(app, &visitor.actor, form, answers).await?;
    Ok((form.act(answers)?, once))
}

fn done(
    app: &App,
    visitor: &Visitor,
    form: &'static Form,
    answers: &Answers,
    once: Option<Once>,
) -> Response<Body> {
    if let (Some(person), "access.change-password") = (visitor.actor.person(), form.act) {
        // A new password ends every session of the person; the one that chose it signs in anew.
        app.sessions.end_all_of(person, None);
    }
    let then = (form.then)(answers);
    let tongue = if visitor.actor.tongue.knows_form(form) {
        visitor.actor.tongue
    } else {
        Tongue::En
    };
    if let Some(once) = once {
        let content = html! {
            (text::h1(tongue.form_title(form)))
            (text::paragraph(tongue.say_with("shown-once", &[("what", (&tongue.phrase(once.what)).into())])))
            (text::inset(html! { p class="sg-code" { (once.secret) } }))
            (button(tongue.say("go-on")).to(then))
        };
        return say::simple(
            app,
            visitor,
            StatusCode::OK,
            &tongue.form_title(form),
            content,
        );
    }
    let mut answer = say::go_to(&then);
    answer.headers_mut().append(
        header::SET_COOKIE,
        visitor::set(app, visitor::DONE, form.act, Some(60)),
    );
    if form.act == "people.choose-language" && answers.person("person") == visitor.actor.person() {
        visitor::forget_language(app, &mut answer);
    }
    answer
}

/// Shows the form again with the reason; nothing that was typed is lost.
pub(crate) fn again(
    app: &App,
    visitor: &Visitor,
    form: &'static Form,
    params: &Params,
    answers: &Answers,
    address: &str,
    no: &No,
) -> Response<Body> {
    let english = visitor.in_english();
    let reader = if visitor.actor.tongue.knows_form(form) {
        visitor
    } else {
        &english
    };
    let drawn = app
        .desk
        .view(&reader.actor, app.now(), &visitor.csrf, None, |view| {
            let tongue = view.tongue();
            let words = |text: &str| view.words(&tongue.phrase(text));
            let parts = tongue::words(tongue);
            let (problems, said) = match no {
                No::Mistakes(mistakes) => (problems(form, mistakes, view), html! {}),
                No::Refused(refusals) => (Problems::none(), refused(parts, refusals, &words)),
                No::Ask(asked) => (Problems::none(), ask(tongue, asked, &words)),
                No::NotAllowed(_) => (Problems::none(), html! {}),
            };
            let above = (form.start)(view, params).above;
            show::draw_form(view, form, address, answers, &problems, &said, above)
        });
    match drawn {
        Ok(page) => say::html(StatusCode::UNPROCESSABLE_ENTITY, page),
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The ledger could not be read: {error}."),
        ),
    }
}

fn problems(form: &Form, mistakes: &[Mistake], view: &View<'_>) -> Problems {
    let tongue = view.tongue();
    let mut problems = Problems::none();
    for mistake in mistakes {
        let field = mistake
            .field
            .as_deref()
            .and_then(|name| form.fields.iter().find(|field| field.name == name));
        // What the field asks is in the language of the form, inside of the sentence too.
        let says = tongue.turned(&mistake.says, |words| match field {
            Some(field) if field.label == words => tongue.label(form.act, field),
            _ => tongue.phrase(words),
        });
        let name = field.map_or("", |field| field.name);
        problems.add(name, view.words(&says));
    }
    problems
}

fn refused(parts: &Words, refusals: &[Refusal], words: &dyn Fn(&str) -> String) -> Markup {
    let named = |refusal: &Refusal| Refusal {
        reason: words(&refusal.reason),
        what_now: words(&refusal.what_now),
        ..refusal.clone()
    };
    let all: Vec<Refusal> = refusals.iter().map(named).collect();
    kit::refusal::refusals_in(parts, &all, None)
}

fn ask(tongue: Tongue, asked: &[Asked], words: &dyn Fn(&str) -> String) -> Markup {
    let choices: Vec<Choice> = asked
        .iter()
        .map(|one| Choice::new(one.control, words(&one.question.says)))
        .collect();
    html! { (Field::new(CONFIRMED, tongue.say("confirm-first")).checkboxes(&choices)) }
}
