//! What becomes of a letter of which nobody knows: evidence or a person says.

use super::*;
use crate::house::story;
use forewarn_domain::case::{Refused, Resolution, Stage};

/// A first word that was at its dot when the sender broke off.
async fn unknown_first_word(house: &House) -> (CaseId, LetterId) {
    let case = news(house).await;
    let new = first_word(&file(house, case).await);
    approve(house, case, &new, "a", nov(4)).await;
    let id = to_the_dot(house, "sender", leaves(nov(4))).await;
    assert!(end(house, id, "sender", unknown(), leaves(nov(4))).await);
    assert_eq!(state(house, id).await, LetterState::Unknown);
    (case, id)
}

story!(found_in_our_mailbox_it_has_left_when_it_was_ended, |house| {
    let (case, id) = unknown_first_word(&house).await;
    let [(wanted, message_id, _)] = house.store.letters_to_find().await.unwrap().try_into().unwrap();
    assert_eq!((wanted, message_id.as_str()), (id, "<a@nordpumpe.example>"));
    assert!(house.store.letter_found(id, nov(5)).await.unwrap());
    assert!(!house.store.letter_found(id, nov(5)).await.unwrap(), "once");

    let file = file(&house, case).await;
    let (at, ..) = file.case.tellings[0];
    assert_eq!((file.case.stage(), at), (Stage::KeepingWord, leaves(nov(4))), "told when it left");
    assert_eq!(state(&house, id).await, LetterState::Accepted);
    assert!(house.store.letters_to_find().await.unwrap().is_empty());
    assert!(house.store.unknown_letters(Scope::Program, nov(5)).await.unwrap().is_empty());
});

story!(a_person_says_that_they_have_it, |house| {
    let (case, id) = unknown_first_word(&house).await;
    let act = Act::now(house.rep, nov(5)).entry("form-9");
    assert!(is_done(&house.store.resolve_letter(act, id, &Resolution::Arrived).await));
    assert_eq!(house.store.resolve_letter(act, id, &Resolution::Arrived).await.unwrap(), Acted::AlreadyDone);
    assert_eq!(file(&house, case).await.case.stage(), Stage::KeepingWord);
    let again = house.store.resolve_letter(Act::now(house.rep, nov(5)), id, &Resolution::Arrived).await;
    assert!(matches!(again, Err(ActFailed::Refused(Refused::LetterSettled))));
});

story!(a_person_sends_it_again_and_only_they_can, |house| {
    let (case, id) = unknown_first_word(&house).await;
    let new = first_word(&file(&house, case).await);
    let careless = try_approve(&house, case, &new, "b", nov(5)).await;
    assert!(matches!(careless, Err(ActFailed::Refused(Refused::LetterUnresolved))));

    let repeat = NewLetter { again: Some(id), ..new };
    let second = approve(&house, case, &repeat, "c", nov(5)).await;
    assert_eq!(standing(&house, case, id).await, Standing::Overtaken);
    assert!(!letter(&house, id).await.needs_somebody());
    assert_eq!(letter(&house, second).await.again, Some(id));
    assert!(!end(&house, id, "sender", accepted(), nov(5)).await, "too late: a person has decided");

    to_the_dot(&house, "sender", leaves(nov(5))).await;
    assert!(end(&house, second, "sender", accepted(), nov(6)).await);
    assert_eq!(file(&house, case).await.case.tellings.len(), 1);
});

story!(told_otherwise_it_does_not_matter_any_more, |house| {
    let (case, id) = unknown_first_word(&house).await;
    house.tell(house.rep, case, december(28), nov(5), "phoned").await;
    let act = Act::now(house.rep, nov(5));
    assert!(is_done(&house.store.resolve_letter(act, id, &Resolution::SaidOtherwise).await));
    assert_eq!(file(&house, case).await.case.tellings.len(), 1, "said once, by phone");
    assert!(house.store.unknown_letters(Scope::Program, nov(6)).await.unwrap().is_empty());
});

story!(an_unknown_letter_goes_with_its_case_to_whoever_has_it, |house| {
    let (case, _) = unknown_first_word(&house).await;
    let to = House::id(house.colleague);
    let customer = file(&house, case).await.customer;
    house.store.assign_customer(customer, Some(to), None, nov(5)).await.unwrap();
    let [unknown] = house.store.unknown_letters(house.colleague, nov(6)).await.unwrap().try_into().unwrap();
    assert_eq!(unknown.owner_name, "ola");
    assert!(house.store.unknown_letters(house.rep, nov(6)).await.unwrap().is_empty());
});

story!(letters_of_a_case_hold_together_as_one_conversation, |house| {
    let case = told(&house).await;
    for (name, day) in [("a", 4), ("b", 5)] {
        let id = approve(&house, case, &recap(), name, nov(day)).await;
        to_the_dot(&house, "sender", leaves(nov(day))).await;
        end(&house, id, "sender", accepted(), nov(day + 1)).await;
    }
    let thread = house.store.thread_of(case).await.unwrap();
    assert_eq!(thread, ["<a@nordpumpe.example>", "<b@nordpumpe.example>"]);
    let names = ["<x@elsewhere.example>".to_owned(), "<b@nordpumpe.example>".to_owned()];
    let (_, of) = house.store.letter_of_message(&names).await.unwrap().unwrap();
    assert_eq!(of, case);
    assert_eq!(house.store.letter_of_message(&names[..1]).await.unwrap(), None);
});
