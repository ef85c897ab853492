//! From the draft to the moment it leaves: approved by a person, frozen, and taken back in time.

use super::*;
use crate::house::story;
use forewarn_domain::case::Refused;

story!(a_draft_never_leaves, |house| {
    let case = told(&house).await;
    let act = Act::now(house.rep, nov(4)).entry("form-1");
    let id = house.store.draft_letter(act, case, &recap()).await.unwrap();
    assert_eq!(house.store.draft_letter(act, case, &recap()).await.unwrap(), id, "the same form twice");
    assert_eq!(house.store.next_letter_at().await.unwrap(), None);
    assert!(claim(&house, "sender", nov(30)).await.is_none());
    assert!(file(&house, case).await.case.letters.is_empty(), "a draft is nobody's business");
});

story!(what_was_read_is_what_is_sent, |house| {
    let case = told(&house).await;
    let act = Act::now(house.rep, nov(4));
    let id = house.store.draft_letter(act, case, &recap()).await.unwrap();
    let changed = NewLetter { body: text("Dear Anna, it comes on the 28th."), ..recap() };
    let changed = house.store.change_letter(act, id, &changed).await.unwrap();
    assert_eq!(changed.version, 2);
    let stale = house.store.approve_letter(act, id, &frozen(1, "a")).await;
    assert!(matches!(stale, Err(ActFailed::Conflict)), "somebody has changed what they have read");

    assert!(is_done(&house.store.approve_letter(act, id, &frozen(2, "a")).await));
    let too_late = house.store.change_letter(act, id, &recap()).await;
    assert!(matches!(too_late, Err(ActFailed::Refused(Refused::LetterHasLeft))));
    let claimed = claim(&house, "sender", leaves(nov(4))).await.unwrap();
    assert_eq!((claimed.mime, claimed.message_id), (frozen(2, "a").mime, frozen(2, "a").message_id));
    assert_eq!(
        (claimed.to.as_str(), claimed.from.as_str()),
        ("anna@halvorsen.example", "ida@nordpumpe.example")
    );
});

story!(an_approved_letter_waits_for_ten_seconds_and_can_be_taken_back, |house| {
    let case = told(&house).await;
    let id = approve(&house, case, &recap(), "a", nov(4)).await;
    assert_eq!(state(&house, id).await, LetterState::Approved);
    assert!(claim(&house, "sender", later(nov(4), 9)).await.is_none());

    let act = Act::now(house.rep, later(nov(4), 9));
    assert!(is_done(&house.store.cancel_letter(act, id, None).await));
    assert_eq!(house.store.cancel_letter(act, id, None).await.unwrap(), Acted::AlreadyDone);
    assert!(claim(&house, "sender", nov(30)).await.is_none());
    assert_eq!(standing(&house, case, id).await, Standing::Cancelled);
});

story!(a_letter_in_the_hands_of_a_sender_is_not_taken_back, |house| {
    let case = told(&house).await;
    let id = approve(&house, case, &recap(), "a", nov(4)).await;
    claim(&house, "sender", leaves(nov(4))).await.unwrap();
    let cancelled = house.store.cancel_letter(Act::now(house.rep, nov(5)), id, None).await;
    assert!(matches!(cancelled, Err(ActFailed::Refused(Refused::LetterHasLeft))));

    // The mail server put us off: nobody hands it over now, so it can be taken back again.
    let put_off = said("451 4.7.1 Greylisted");
    let again = later(nov(4), 300);
    assert!(house.store.letter_try_later(id, "sender", &put_off, again, nov(4)).await.unwrap());
    assert!(is_done(&house.store.cancel_letter(Act::now(house.rep, nov(5)), id, None).await));
});

story!(approving_twice_sends_one_letter, |house| {
    let case = told(&house).await;
    let act = Act::now(house.rep, nov(4));
    let id = house.store.draft_letter(act, case, &recap()).await.unwrap();
    let clicks = (0..4).map(|_| {
        let store = house.store.clone();
        tokio::spawn(async move { store.approve_letter(act, id, &frozen(1, "a")).await.unwrap() })
    });
    let mut done = 0;
    for click in clicks.collect::<Vec<_>>() {
        done += u32::from(click.await.unwrap() != Acted::AlreadyDone);
    }
    assert_eq!(done, 1);
    let second = try_approve(&house, case, &recap(), "b", nov(4)).await;
    assert!(matches!(second, Err(ActFailed::Refused(Refused::LetterUnderWay))), "the same news twice");
});

story!(nobody_writes_to_customers_of_others, |house| {
    let case = told(&house).await;
    let id = approve(&house, case, &recap(), "a", nov(4)).await;
    for stranger in [house.stranger, house.colleague, house.supply] {
        let act = Act::now(stranger, nov(4));
        let drafted = house.store.draft_letter(act, case, &recap()).await;
        assert!(matches!(drafted, Err(ActFailed::NotFound)));
        assert!(matches!(house.store.cancel_letter(act, id, None).await, Err(ActFailed::NotFound)));
        assert!(house.store.letter(stranger, id, nov(4)).await.unwrap().is_none());
        assert!(house.store.letters_of(stranger, case, nov(4)).await.unwrap().is_empty());
    }
    let [seen] = house.store.letters_of(house.leader, case, nov(4)).await.unwrap().try_into().unwrap();
    assert_eq!((seen.id, seen.approved_by.as_deref()), (id, Some("ida")));
});
