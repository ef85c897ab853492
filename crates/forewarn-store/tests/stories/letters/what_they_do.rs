//! What a letter does to its case happens when the mail server has taken it, and not before.

use super::*;
use crate::house::story;
use forewarn_domain::case::{ObligationKind, Stage};
use forewarn_domain::promise::Promised;
use forewarn_store::team_view::TeamSearch;

story!(the_first_word_by_mail_tells_when_it_is_accepted, |house| {
    let case = news(&house).await;
    let before = file(&house, case).await;
    let id = approve(&house, case, &first_word(&before), "a", nov(4)).await;
    to_the_dot(&house, "sender", leaves(nov(4))).await;
    let waiting = file(&house, case).await;
    assert_eq!(
        (waiting.case.stage(), waiting.case.tell_by),
        (Stage::ToTell, before.case.tell_by),
        "the clock runs"
    );

    assert!(end(&house, id, "sender", accepted(), nov(5)).await);
    let told = file(&house, case).await.case;
    assert_eq!(told.stage(), Stage::KeepingWord);
    let [(at, _, telling)] = told.tellings.as_slice() else { panic!("one telling") };
    assert_eq!(*at, nov(5));
    assert_eq!(telling.channel, Channel::Email { reason: Some(EmailReason::CustomerAsked) });
    assert_eq!(house.promise(1).await.promise.promised, Promised::Date { on: december(28) });
});

story!(a_refused_first_word_tells_nobody_anything, |house| {
    let case = news(&house).await;
    let id = approve(&house, case, &first_word(&file(&house, case).await), "a", nov(4)).await;
    claim(&house, "sender", leaves(nov(4))).await.unwrap();
    assert!(end(&house, id, "sender", refused(), nov(5)).await);
    let file = file(&house, case).await;
    assert_eq!((file.case.stage(), file.case.tellings.len()), (Stage::ToTell, 0));
    assert_eq!(house.promise(1).await.promise.promised, Promised::Date { on: december(18) });
    assert_eq!(letter(&house, id).await.answer, Some(said("550 5.1.1 User unknown")));
});

story!(an_accepted_update_keeps_the_next_word_and_promises_another, |house| {
    let case = told(&house).await;
    let promise = Act::now(house.rep, nov(4));
    house.store.act(case, promise, |file| file.case.promise_next_word(nov(6), nov(4))).await.unwrap();
    let update = NewLetter { purpose: Purpose::Update { then: Some(nov(12)) }, ..recap() };
    let id = approve(&house, case, &update, "a", nov(5)).await;
    to_the_dot(&house, "sender", leaves(nov(5))).await;
    assert_eq!(file(&house, case).await.case.next_word.unwrap().by, nov(6), "still owed");
    end(&house, id, "sender", accepted(), later(nov(5), 20)).await;
    assert_eq!(file(&house, case).await.case.next_word.unwrap().by, nov(12));
    let owed = house.store.owed(house.rep, nov(30), nov(5)).await.unwrap();
    assert!(owed.iter().any(|owed| owed.kind == ObligationKind::NextWord && owed.due == nov(12)));
});

story!(an_accepted_delivered_notice_tells_the_arrival, |house| {
    let case = told(&house).await;
    let arrived = Act::now(house.rep, nov(9));
    house
        .store
        .act(case, arrived, |file| {
            let lines: Vec<_> = file.case.lines.keys().copied().collect();
            file.case.arrive(&lines, nov(8).to_zoned(jiff::tz::TimeZone::UTC).date(), nov(9), &file.terms)
        })
        .await
        .unwrap();
    let promises = file(&house, case).await.case.lines.keys().copied().collect();
    let notice = NewLetter { purpose: Purpose::Delivered { promises }, ..recap() };
    let id = approve(&house, case, &notice, "a", nov(9)).await;
    to_the_dot(&house, "sender", leaves(nov(9))).await;
    end(&house, id, "sender", accepted(), nov(10)).await;
    let file = file(&house, case).await;
    let confirmed = file.history.iter().filter(|r| matches!(r.event, CaseEvent::DeliveryConfirmed { .. }));
    assert_eq!(confirmed.count(), 1);
});

story!(a_letter_that_comes_back_has_told_nobody_anything, |house| {
    let case = news(&house).await;
    let before = file(&house, case).await.case;
    let id = approve(&house, case, &first_word(&file(&house, case).await), "a", nov(4)).await;
    to_the_dot(&house, "sender", leaves(nov(4))).await;
    end(&house, id, "sender", accepted(), nov(5)).await;
    let bounce = forewarn_domain::case::Bounce { status: Some("5.1.1".to_owned()), answer: None };
    assert!(house.store.letter_bounced(id, &bounce, nov(6)).await.unwrap());
    assert!(!house.store.letter_bounced(id, &bounce, nov(6)).await.unwrap(), "once");

    let after = file(&house, case).await.case;
    assert_eq!((after.stage(), after.tellings.len(), after.round), (Stage::ToTell, 0, 1));
    assert_eq!(
        (after.firm_at(), after.tell_by),
        (before.firm_at(), before.tell_by),
        "known as long as before"
    );
    assert_eq!(after.letters[&id].standing, Standing::Bounced);
    assert_eq!(house.promise(1).await.promise.promised, Promised::Date { on: december(18) });
    let owed = house.store.owed(house.rep, nov(30), nov(6)).await.unwrap();
    assert!(owed.iter().any(|owed| owed.kind == ObligationKind::TellBy), "the clock runs as before");
});

story!(a_leader_sees_who_told_by_mail_until_it_comes_back, |house| {
    let case = news(&house).await;
    let id = approve(&house, case, &first_word(&file(&house, case).await), "a", nov(4)).await;
    let told = async || {
        let all = TeamSearch { rep: None, limit: 50 };
        let told = house.store.team(house.leader, all, nov(10)).await.unwrap().told;
        told.into_iter().map(|told| (told.by_name, told.at, told.telling.channel)).collect::<Vec<_>>()
    };
    assert!(told().await.is_empty(), "nothing has left");
    to_the_dot(&house, "sender", leaves(nov(4))).await;
    end(&house, id, "sender", accepted(), nov(5)).await;
    let by_mail = Channel::Email { reason: Some(EmailReason::CustomerAsked) };
    assert_eq!(told().await, [("ida".to_owned(), nov(5), by_mail)]);

    let bounce = forewarn_domain::case::Bounce { status: Some("5.1.1".to_owned()), answer: None };
    assert!(house.store.letter_bounced(id, &bounce, nov(6)).await.unwrap());
    assert!(told().await.is_empty(), "they have not heard of it");
    house.tell(house.rep, case, december(28), nov(7), "phoned").await;
    assert_eq!(told().await, [("ida".to_owned(), nov(7), Channel::Phone)]);
});

story!(a_case_that_has_moved_on_takes_what_a_letter_said_of_the_lines_that_are_left, |house| {
    let case = news(&house).await;
    let id = approve(&house, case, &first_word(&file(&house, case).await), "a", nov(4)).await;
    to_the_dot(&house, "sender", leaves(nov(4))).await;
    // A person has told them by phone while the letter was on its way.
    house.tell(house.rep, case, december(30), later(nov(4), 12), "phoned").await;
    end(&house, id, "sender", accepted(), later(nov(4), 15)).await;
    let file = file(&house, case).await;
    assert_eq!(file.case.tellings.len(), 2, "both were said");
    assert_eq!(house.promise(1).await.promise.promised, Promised::Date { on: december(28) });
});

story!(bad_news_that_is_not_true_any_more_does_not_leave, |house| {
    let case = news(&house).await;
    let id = approve(&house, case, &first_word(&file(&house, case).await), "a", nov(4)).await;
    house.import(later(nov(4), 5), vec![crate::house::planned("Halvorsen", "4471")]).await;
    assert_eq!(file(&house, case).await.case.stage(), Stage::Closed, "the date came back");
    assert!(claim(&house, "sender", leaves(nov(4))).await.is_none());
    assert_eq!(
        (state(&house, id).await, standing(&house, case, id).await),
        (LetterState::Cancelled, Standing::Cancelled)
    );
    let notices = house.store.notices_of(House::id(house.rep), 10).await.unwrap();
    assert!(
        notices.iter().any(|notice| notice.subject == "Halvorsen: the first word by e-mail was not sent")
    );
});
