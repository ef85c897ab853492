//! Whoever has the case hears at once of a letter that did not arrive.

use super::*;
use crate::house::story;
use forewarn_domain::absence::Absence;
use forewarn_domain::case::{Bounce, Resolution};
use forewarn_domain::notice::NoticeKind;
use forewarn_store::letters::Claims;
use forewarn_store::notices::Notice;

/// What this person has been told about letters and still has to see to, newest first.
async fn open_notices(house: &House, of: Scope) -> Vec<Notice> {
    let notices = house.store.notices_of(House::id(of), 50).await.unwrap();
    notices
        .into_iter()
        .filter(|notice| notice.kind == NoticeKind::Letter && notice.settled_at.is_none())
        .collect()
}

async fn subjects(house: &House, of: Scope) -> Vec<String> {
    open_notices(house, of).await.into_iter().map(|notice| notice.subject).collect()
}

story!(a_refusal_comes_to_the_owner_in_the_same_moment, |house| {
    let case = news(&house).await;
    let id = approve(&house, case, &first_word(&file(&house, case).await), "a", nov(4)).await;
    claim(&house, "sender", leaves(nov(4))).await.unwrap();
    end(&house, id, "sender", refused(), nov(4)).await;
    let [notice] = open_notices(&house, house.rep).await.try_into().unwrap();
    assert_eq!((notice.case, notice.created_at), (Some(case), nov(4)));
    assert_eq!(notice.subject, "Halvorsen: the mail server refused the first word by e-mail");
    assert!(
        notice.words.starts_with("They have not been told. The mail server said: 550 5.1.1 User unknown.")
    );
    for other in [house.colleague, house.leader, house.stranger] {
        assert!(open_notices(&house, other).await.is_empty());
    }
});

story!(an_accepted_letter_is_no_news_to_us, |house| {
    let case = told(&house).await;
    let id = approve(&house, case, &recap(), "a", nov(4)).await;
    to_the_dot(&house, "sender", leaves(nov(4))).await;
    end(&house, id, "sender", accepted(), nov(4)).await;
    assert!(open_notices(&house, house.rep).await.is_empty());
});

story!(an_unknown_letter_is_somebodys_until_it_is_known, |house| {
    let case = told(&house).await;
    approve(&house, case, &recap(), "a", nov(4)).await;
    let id = to_the_dot(&house, "killed", leaves(nov(4))).await;
    house.store.recover_letters(Claims::All, nov(4)).await.unwrap();
    assert_eq!(subjects(&house, house.rep).await, ["Halvorsen: we can’t tell whether the recap has left"]);
    house.store.resolve_letter(Act::now(house.rep, nov(5)), id, &Resolution::Arrived).await.unwrap();
    assert!(open_notices(&house, house.rep).await.is_empty());
});

story!(a_late_answer_takes_the_question_back, |house| {
    let case = told(&house).await;
    approve(&house, case, &recap(), "a", nov(4)).await;
    let id = to_the_dot(&house, "stopped", leaves(nov(4))).await;
    house.store.recover_letters(Claims::All, nov(4)).await.unwrap();
    end(&house, id, "stopped", refused(), nov(5)).await;
    assert_eq!(subjects(&house, house.rep).await, ["Halvorsen: the mail server refused the recap"]);
});

story!(while_the_owner_is_away_their_deputy_hears_of_it, |house| {
    let case = told(&house).await;
    let (person, deputy) = (House::id(house.rep), Some(House::id(house.colleague)));
    house.store.add_absence(Absence { person, deputy, from: nov(4), until: nov(9) }, nov(4)).await.unwrap();
    let id = approve(&house, case, &recap(), "a", nov(5)).await;
    to_the_dot(&house, "sender", leaves(nov(5))).await;
    end(&house, id, "sender", unknown(), nov(6)).await;
    assert!(open_notices(&house, house.rep).await.is_empty());
    assert_eq!(open_notices(&house, house.colleague).await.len(), 1);
});

story!(a_letter_that_is_put_off_for_long_is_said_once, |house| {
    let case = told(&house).await;
    let id = approve(&house, case, &recap(), "a", nov(4)).await;
    let mut now = leaves(nov(4));
    for (minutes, notices) in [(10, 0), (10, 0), (20, 1), (20, 1)] {
        claim(&house, "sender", now).await.unwrap();
        let again = later(now, minutes * 60);
        let put_off = said("421 4.3.2 Service not available.");
        house.store.letter_try_later(id, "sender", &put_off, again, again).await.unwrap();
        assert_eq!(open_notices(&house, house.rep).await.len(), notices, "at {again}");
        now = again;
    }
    to_the_dot(&house, "sender", now).await;
    end(&house, id, "sender", accepted(), now).await;
    assert!(open_notices(&house, house.rep).await.is_empty(), "it has left: nothing to worry about");
});

story!(a_letter_that_comes_back_is_said_at_once, |house| {
    let case = news(&house).await;
    let id = approve(&house, case, &first_word(&file(&house, case).await), "a", nov(4)).await;
    to_the_dot(&house, "sender", leaves(nov(4))).await;
    end(&house, id, "sender", accepted(), nov(5)).await;
    let bounce = Bounce { status: Some("5.1.1".to_owned()), answer: Some(said("mailbox not found")) };
    house.store.letter_bounced(id, &bounce, nov(6)).await.unwrap();
    let [notice] = open_notices(&house, house.rep).await.try_into().unwrap();
    assert_eq!(notice.subject, "Halvorsen: the first word by e-mail came back");
    assert!(notice.words.contains("5.1.1 mailbox not found"), "{}", notice.words);
});
