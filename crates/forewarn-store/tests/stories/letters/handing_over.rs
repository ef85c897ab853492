//! Who may end a mail with its dot, and what becomes of a letter whose sender has gone.

use super::*;
use crate::house::story;
use forewarn_store::letters::{Claims, Recovered};

story!(a_letter_is_in_one_hand_at_a_time, |house| {
    let case = told(&house).await;
    approve(&house, case, &recap(), "a", nov(4)).await;
    let now = leaves(nov(4));
    let senders = (0..6).map(|n| {
        let store = house.store.clone();
        tokio::spawn(async move {
            store.claim_letters(&format!("sender {n}"), now, CLAIM_LEASE, 10).await.unwrap().len()
        })
    });
    let mut claims = 0;
    for sender in senders.collect::<Vec<_>>() {
        claims += sender.await.unwrap();
    }
    assert_eq!(claims, 1);
});

story!(whoever_was_away_for_too_long_may_not_end_the_mail, |house| {
    let case = told(&house).await;
    let id = approve(&house, case, &recap(), "a", nov(4)).await;
    let now = leaves(nov(4));
    claim(&house, "first", now).await.unwrap();
    assert_eq!(house.store.recover_letters(Claims::Lapsed, now).await.unwrap(), Recovered::default());

    let lapsed = now + CLAIM_LEASE;
    let recovered = house.store.recover_letters(Claims::Lapsed, lapsed).await.unwrap();
    assert_eq!(recovered, Recovered { waiting: 1, unknown: 0 });
    let second = claim(&house, "second", lapsed).await.unwrap();
    assert_eq!((second.id, second.tries), (id, 2));
    assert!(!house.store.mark_dot(id, "first", lapsed).await.unwrap(), "it is the second one's letter now");
    assert!(house.store.mark_dot(id, "second", lapsed).await.unwrap());
    assert!(!house.store.mark_dot(id, "second", lapsed).await.unwrap(), "once");
    assert!(!end(&house, id, "first", accepted(), lapsed).await);
    assert_eq!(state(&house, id).await, LetterState::Dot);
});

story!(a_sign_of_life_keeps_a_claim, |house| {
    let case = told(&house).await;
    approve(&house, case, &recap(), "a", nov(4)).await;
    let now = leaves(nov(4));
    claim(&house, "slow", now).await.unwrap();
    assert_eq!(house.store.keep_claims("slow", later(now, 20), CLAIM_LEASE).await.unwrap(), 1);
    assert_eq!(house.store.keep_claims("other", later(now, 20), CLAIM_LEASE).await.unwrap(), 0);
    let recovered = house.store.recover_letters(Claims::Lapsed, later(now, 40)).await.unwrap();
    assert_eq!(recovered, Recovered::default());
    let recovered = house.store.recover_letters(Claims::Lapsed, later(now, 50)).await.unwrap();
    assert_eq!(recovered.waiting, 1);
});

story!(a_letter_that_was_at_its_dot_is_unknown_and_never_sent_again_by_itself, |house| {
    let case = told(&house).await;
    approve(&house, case, &recap(), "a", nov(4)).await;
    let now = leaves(nov(4));
    let id = to_the_dot(&house, "killed", now).await;
    let lapsed = now + CLAIM_LEASE;
    let recovered = house.store.recover_letters(Claims::Lapsed, lapsed).await.unwrap();
    assert_eq!(recovered, Recovered { waiting: 0, unknown: 1 });
    assert_eq!(
        (state(&house, id).await, standing(&house, case, id).await),
        (LetterState::Unknown, Standing::Unknown)
    );
    for day in 5..30 {
        assert_eq!(house.store.recover_letters(Claims::All, nov(day)).await.unwrap(), Recovered::default());
        assert!(claim(&house, "sender", nov(day)).await.is_none());
    }
    let [unknown] = house.store.unknown_letters(house.rep, nov(5)).await.unwrap().try_into().unwrap();
    assert_eq!((unknown.letter.id, unknown.owner_name.as_str()), (id, "ida"));
    assert!(house.store.unknown_letters(house.stranger, nov(5)).await.unwrap().is_empty());
});

story!(the_only_process_takes_over_at_once_when_it_starts_again, |house| {
    let case = told(&house).await;
    approve(&house, case, &recap(), "a", nov(4)).await;
    let now = leaves(nov(4));
    claim(&house, "killed", now).await.unwrap();
    let recovered = house.store.recover_letters(Claims::All, now).await.unwrap();
    assert_eq!(recovered, Recovered { waiting: 1, unknown: 0 });
    to_the_dot(&house, "killed, too", now).await;
    let recovered = house.store.recover_letters(Claims::All, now).await.unwrap();
    assert_eq!(recovered, Recovered { waiting: 0, unknown: 1 });
});

story!(what_is_put_off_is_tried_again_when_its_time_has_come, |house| {
    let case = told(&house).await;
    let id = approve(&house, case, &recap(), "a", nov(4)).await;
    let now = leaves(nov(4));
    claim(&house, "sender", now).await.unwrap();
    let (put_off, again) = (said("451 4.7.1 Greylisted, try again"), later(now, 300));
    assert!(house.store.letter_try_later(id, "sender", &put_off, again, now).await.unwrap());
    assert!(claim(&house, "sender", later(now, 299)).await.is_none());
    let waiting = letter(&house, id).await;
    assert_eq!(
        (waiting.state, waiting.next_try_at, waiting.answer),
        (LetterState::Pending, Some(again), Some(put_off))
    );

    // It may even be put off in answer to the dot: the server has not taken it then.
    to_the_dot(&house, "sender", again).await;
    let later_still = later(again, 300);
    let put_off = said("451 4.3.0 Try again");
    assert!(house.store.letter_try_later(id, "sender", &put_off, later_still, again).await.unwrap());
    to_the_dot(&house, "sender", later_still).await;
    assert!(end(&house, id, "sender", accepted(), later_still).await);
    assert_eq!((state(&house, id).await, letter(&house, id).await.tries), (LetterState::Accepted, 3));
});

story!(an_answer_that_comes_after_the_claim_had_lapsed_still_counts, |house| {
    let case = news(&house).await;
    let new = first_word(&file(&house, case).await);
    approve(&house, case, &new, "a", nov(4)).await;
    let now = leaves(nov(4));
    let id = to_the_dot(&house, "stopped", now).await;
    let lapsed = later(now, 60);
    house.store.recover_letters(Claims::Lapsed, lapsed).await.unwrap();
    assert!(file(&house, case).await.case.tellings.is_empty());

    assert!(end(&house, id, "stopped", accepted(), later(now, 70)).await);
    assert_eq!(standing(&house, case, id).await, Standing::Accepted);
    assert_eq!(file(&house, case).await.case.tellings.len(), 1);
    assert!(!end(&house, id, "stopped", accepted(), later(now, 80)).await, "once");
});

story!(an_end_is_written_with_what_it_does_or_not_at_all, |house| {
    let case = told(&house).await;
    approve(&house, case, &recap(), "a", nov(4)).await;
    let id = to_the_dot(&house, "sender", leaves(nov(4))).await;
    let ends = (0..4).map(|n| {
        let store = house.store.clone();
        let end = if n % 2 == 0 { accepted() } else { refused() };
        tokio::spawn(async move { store.end_letter(id, "sender", &end, nov(5)).await.unwrap() })
    });
    let mut written = 0;
    for end in ends.collect::<Vec<_>>() {
        written += u32::from(end.await.unwrap());
    }
    assert_eq!(written, 1, "one answer ends a letter");
    let file = file(&house, case).await;
    let ended =
        letter_events(&file.history).into_iter().filter(|what| matches!(what, LetterEvent::Ended { .. }));
    assert_eq!(ended.count(), 1);
});
