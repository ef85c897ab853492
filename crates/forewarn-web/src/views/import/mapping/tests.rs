use super::super::sample;
use super::*;
use crate::typed::Typed;
use forewarn_feeds::DateOrder;
use forewarn_store::importing::ImportState;
use uuid::Uuid;

const REPORT: &str = "Sales Doc,Pos,Sold-to,Prom Dt,Conf Dt,Net Value\n\
                      4471,10,Halvorsen Marine,06/11/2026,27/11/2026,10.50\n\
                      4471,20,Halvorsen Marine,06/11/2026,whenever,2.5\n\
                      4502,10,Brandt,31/12/2026,whenever,9\n";

fn typed(fields: &[(&str, &str)]) -> Typed {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn shown(chosen: &Answered) -> MappingPage {
    let import = sample::import(ImportState::Surveyed);
    page(Shell::outside(Uuid::nil()), &import, &sample::survey(REPORT), chosen, Vec::new())
}

#[test]
fn what_is_typed_becomes_a_profile() {
    let survey = sample::survey(REPORT);
    let typed = typed(&[
        ("promised", "3"),
        ("expected", "4"),
        ("column-0", "order"),
        ("column-1", "line"),
        ("column-2", "customer"),
        ("column-5", "value"),
        ("word-0-text", "whenever"),
        ("word-0", "no-date"),
    ]);
    let profile = survey.profile(&answered(&typed).answers(&survey)).unwrap();
    assert_eq!(profile.column(Field::Promised), Some("Prom Dt"));
    assert_eq!(profile.column(Field::Expected), Some("Conf Dt"));
    assert_eq!(profile.column(Field::Customer), Some("Sold-to"));
    assert_eq!(profile.date_order(Field::Promised), DateOrder::DayFirst);
    assert_eq!(profile.words.get("whenever"), Some(&WordMeaning::NoDate));
}

#[test]
fn whoever_has_one_date_only_has_it_as_the_promise() {
    let survey = sample::survey(REPORT);
    let only = answered(&typed(&[
        ("expected", "4"),
        ("only_one", "yes"),
        ("column-0", "order"),
        ("column-1", "line"),
        ("column-2", "customer"),
    ]));
    let profile = survey.profile(&only.answers(&survey)).unwrap();
    assert_eq!(profile.column(Field::Promised), Some("Conf Dt"));
    assert_eq!(profile.column(Field::Expected), None);
}

#[test]
fn what_is_missing_is_said_in_a_sentence_and_what_was_chosen_stays() {
    let survey = sample::survey(REPORT);
    let chosen = answered(&typed(&[("promised", "3"), ("column-0", "order"), ("column-1", "line")]));
    let unsettled = survey.profile(&chosen.answers(&survey)).unwrap_err();
    assert_eq!(missing(&unsettled), ["No column is the customer. Choose it below."]);
    let page = shown(&chosen);
    assert!(page.dates.promised.iter().any(|choice| choice.value == "3" && choice.chosen));
    assert!(page.columns[0].fields.iter().any(|choice| choice.value == "order" && choice.chosen));
    assert_eq!(page.columns[3].fields[0].label, "Promised date, as chosen above");
}

#[test]
fn one_field_for_two_columns_is_asked_about() {
    let survey = sample::survey(REPORT);
    let twice = answered(&typed(&[("promised", "3"), ("column-0", "order"), ("column-1", "order")]));
    let unsettled = survey.profile(&twice.answers(&survey)).unwrap_err();
    let says = missing(&unsettled);
    assert!(says[0].contains("“Sales Doc” and “Pos” are both Order number"), "{says:?}");
}

#[test]
fn a_word_that_nobody_knows_is_asked_about_once() {
    let chosen = Answered { promised: Some(3), expected: Some(4), ..Answered::default() };
    let words = shown(&chosen).words;
    assert_eq!(words.len(), 1);
    assert_eq!((words[0].word.as_str(), words[0].rows.as_str()), ("whenever", "2 rows of “Conf Dt”"));
}
