//! What customers answer joins the case, and changes nothing else.

use super::*;
use crate::house::{REP, story};
use forewarn_domain::case::{Bounce, Stage};
use forewarn_domain::notice::NoticeKind;
use forewarn_store::notices::Notice;
use forewarn_store::replies::{MailboxPosition, NewReply, Taken};

/// A customer who was told, and then got the recap `<a@nordpumpe.example>`.
async fn with_recap(house: &House) -> CaseId {
    let case = told(house).await;
    let id = approve(house, case, &recap(), "a", nov(4)).await;
    to_the_dot(house, "sender", leaves(nov(4))).await;
    assert!(end(house, id, "sender", accepted(), leaves(nov(4))).await);
    case
}

fn answer() -> NewReply {
    NewReply {
        message_id: "<r1@halvorsen.example>".to_owned(),
        answers: vec!["<unheard@of.example>".to_owned(), "<a@nordpumpe.example>".to_owned()],
        from_address: "anna@halvorsen.example".to_owned(),
        from_name: Some("Anna".to_owned()),
        subject: said("Re: Order 4471"),
        words: said("<script>Then we plan anew.</script>"),
        automatic: false,
        received_at: nov(5),
    }
}

async fn about_replies(house: &House, of: Scope) -> Vec<Notice> {
    let notices = house.store.notices_of(House::id(of), 50).await.unwrap();
    notices.into_iter().filter(|notice| notice.kind == NoticeKind::Reply).collect()
}

story!(a_reply_joins_the_case_and_wakes_its_owner_once, |house| {
    let case = with_recap(&house).await;
    let Taken::Joined(joined, id) = house.store.take_reply(&answer(), nov(6)).await.unwrap() else {
        panic!("it names the recap")
    };
    assert_eq!(joined, case);
    assert_eq!(house.store.take_reply(&answer(), nov(7)).await.unwrap(), Taken::Known);

    let [reply] = house.store.replies_of(house.rep, case, nov(7)).await.unwrap().try_into().unwrap();
    assert_eq!(
        (reply.id, reply.received_at, reply.from_address.as_str()),
        (id, nov(5), "anna@halvorsen.example")
    );
    assert_eq!(reply.words, answer().words);
    let file = file(&house, case).await;
    assert_eq!(file.case.replies, [(nov(5), id)]);

    let [notice] = about_replies(&house, house.rep).await.try_into().unwrap();
    assert_eq!((notice.case, notice.subject.as_str()), (Some(case), "Halvorsen: they answered by mail"));
    assert!(!notice.words.contains("plan anew"), "a customer's words stay in the case");
});

story!(a_reply_closes_nothing_and_stops_no_clock, |house| {
    let case = with_recap(&house).await;
    let before = file(&house, case).await;
    house.store.take_reply(&answer(), nov(6)).await.unwrap();
    let after = file(&house, case).await;
    assert_eq!((after.case.stage(), before.case.stage()), (Stage::KeepingWord, Stage::KeepingWord));
    assert_eq!(after.case.obligations(&after.terms), before.case.obligations(&before.terms));
});

story!(programs_that_answer_each_other_and_floods_do_not_fill_a_case, |house| {
    let case = with_recap(&house).await;
    for number in 0..100 {
        let flood = NewReply {
            message_id: format!("<flood{number}@halvorsen.example>"),
            automatic: number % 2 == 0,
            ..answer()
        };
        let taken = house.store.take_reply(&flood, nov(6)).await.unwrap();
        assert_eq!(matches!(taken, Taken::Joined(..)), number < 50, "{number}: {taken:?}");
        assert!(number < 50 || taken == Taken::TooMany(case));
    }
    assert_eq!(house.store.replies_of(Scope::Program, case, nov(6)).await.unwrap().len(), 50);
    let told = house.store.notices_of(House::id(house.rep), 200).await.unwrap();
    let left = told.iter().filter(|notice| notice.subject.contains("more mails than a case takes in"));
    assert_eq!(left.count(), 1, "whoever should look into the mailbox hears of it, once");
    // The next day they are heard again.
    assert!(matches!(house.store.take_reply(&answer(), nov(8)).await.unwrap(), Taken::Joined(..)));
});

story!(what_answers_nothing_of_ours_or_comes_from_ours_is_left_alone, |house| {
    let case = with_recap(&house).await;
    let to_nothing = NewReply { answers: vec!["<unheard@of.example>".to_owned()], ..answer() };
    let to_nobody = NewReply { answers: Vec::new(), ..answer() };
    let by_a_colleague = NewReply { from_address: REP.to_uppercase(), ..answer() };
    for other in [to_nothing, to_nobody, by_a_colleague] {
        assert_eq!(house.store.take_reply(&other, nov(6)).await.unwrap(), Taken::NotOurs, "{other:?}");
    }
    assert!(house.store.replies_of(Scope::Program, case, nov(6)).await.unwrap().is_empty());
    assert!(about_replies(&house, house.rep).await.is_empty());
});

story!(an_absence_note_says_that_it_is_one, |house| {
    with_recap(&house).await;
    house.store.take_reply(&NewReply { automatic: true, ..answer() }, nov(6)).await.unwrap();
    let [notice] = about_replies(&house, house.rep).await.try_into().unwrap();
    assert_eq!(notice.subject, "Halvorsen: an automatic answer came");
});

story!(only_those_who_see_the_case_see_its_replies, |house| {
    let case = with_recap(&house).await;
    let Taken::Joined(_, id) = house.store.take_reply(&answer(), nov(6)).await.unwrap() else { panic!() };
    for (who, sees) in [(house.rep, true), (house.leader, true), (house.stranger, false)] {
        assert_eq!(house.store.reply(who, id, nov(6)).await.unwrap().is_some(), sees);
        assert_eq!(house.store.replies_of(who, case, nov(6)).await.unwrap().len(), usize::from(sees));
    }
});

story!(a_bounce_for_a_mail_to_ours_finds_them_and_none_for_another_does, |house| {
    let store = &house.store;
    store.note_notice_mail("<n1@nordpumpe.example>", REP, nov(6)).await.unwrap();
    assert_eq!(store.recipient_of_notice_mail("<n1@nordpumpe.example>").await.unwrap().as_deref(), Some(REP));
    assert_eq!(store.recipient_of_notice_mail("<n2@nordpumpe.example>").await.unwrap(), None);
    assert_eq!(store.letter_of_message(&["<n1@nordpumpe.example>".to_owned()]).await.unwrap(), None);
});

story!(a_mailbox_is_read_on_from_where_it_was_read, |house| {
    let store = &house.store;
    assert_eq!(store.mailbox_position("imap/kari/INBOX").await.unwrap(), None);
    for next_uid in [7, 12] {
        let position = MailboxPosition { uid_validity: u32::MAX, next_uid };
        store.save_mailbox_position("imap/kari/INBOX", position).await.unwrap();
        assert_eq!(store.mailbox_position("imap/kari/INBOX").await.unwrap(), Some(position));
    }
    assert_eq!(store.mailbox_position("imap/kari/Sent").await.unwrap(), None);
});

story!(a_letter_that_came_back_can_still_be_answered, |house| {
    let case = with_recap(&house).await;
    let id = file(&house, case).await.case.letters.keys().next().copied().unwrap();
    let bounce = Bounce { status: Some("5.1.1".to_owned()), answer: None };
    assert!(house.store.letter_bounced(id, &bounce, nov(5)).await.unwrap());
    assert!(matches!(house.store.take_reply(&answer(), nov(6)).await.unwrap(), Taken::Joined(..)));
});
