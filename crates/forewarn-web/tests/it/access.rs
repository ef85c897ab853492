//! Who may open and do what: every address, as everybody, at every stage of a case, against `matrix.txt`.
//!
//! The addresses come from the router itself. One that has no row fails, and so does a row without an address.

mod house;
mod matrix;
mod reading;

use crate::app::App;
use house::House;
use matrix::{Answers, Row, WHO, matrix};
use std::collections::BTreeSet;

/// Each method of each address, as the router has them: asked for another one, it says which there are.
async fn doors(app: &App) -> BTreeSet<(String, String)> {
    let mut doors = BTreeSet::new();
    for address in forewarn_web::addresses() {
        let answer = app.stranger().ask("TRACE", &address.replace(['{', '}', '*'], ""), "").await;
        let allow = answer.headers.get("allow").unwrap_or_else(|| panic!("{address}: {answer:?}"));
        for method in allow.to_str().unwrap().split(',').filter(|method| *method != "HEAD") {
            doors.insert((method.to_owned(), address.clone()));
        }
    }
    doors
}

#[tokio::test]
async fn every_address_has_a_row_and_every_row_an_address() {
    let doors = doors(&App::new().await).await;
    let rows: BTreeSet<_> = matrix().iter().map(|row| (row.method.clone(), row.address())).collect();
    let say = |missing: BTreeSet<&(String, String)>| {
        missing.into_iter().map(|(method, address)| format!("\n  {method} {address}")).collect::<String>()
    };
    let (unlisted, gone) = (say(doors.difference(&rows).collect()), say(rows.difference(&doors).collect()));
    assert!(unlisted.is_empty(), "say in tests/it/access/matrix.txt who may do this:{unlisted}");
    assert!(gone.is_empty(), "no such address any more:{gone}");
}

#[tokio::test]
async fn everybody_gets_the_answer_of_the_matrix_about_a_case_on_sqlite() {
    expect_answers(App::new().await, true).await;
}

#[tokio::test]
async fn everybody_gets_the_answer_of_the_matrix_about_a_case_on_postgresql() {
    expect_answers(App::on_postgres().await, true).await;
}

#[tokio::test]
async fn everybody_gets_the_answer_of_the_matrix_about_all_else() {
    for app in App::on_both().await {
        expect_answers(app, false).await;
    }
}

/// Each act on a case has a case of its own; all else is tried in a small company.
async fn expect_answers(app: App, about_a_case: bool) {
    let mut house = House::open(&app, if about_a_case { 720 } else { 4 }).await;
    let mut otherwise = String::new();
    for row in matrix().into_iter().filter(|row| row.is_about_a_case() == about_a_case) {
        let seen = answers(&mut house, &row).await;
        if seen != row.answers {
            let seen = Row { answers: seen, ..row.clone() };
            otherwise.push_str(&format!("\nexpected {row}\nanswered {seen}\n"));
        }
    }
    assert!(otherwise.is_empty(), "{otherwise}");
}

/// What everybody gets, at each stage of a case if the row is about one.
async fn answers(house: &mut House<'_>, row: &Row) -> Vec<Answers> {
    let mut answers = Vec::with_capacity(WHO.len());
    for (who, expected) in row.answers.iter().enumerate() {
        let mut seen = Vec::new();
        for (stage, expected) in row.stages().into_iter().zip(&expected.0) {
            seen.push(house.answer(who, row, stage, expected).await);
        }
        answers.push(Answers(seen));
    }
    answers
}
