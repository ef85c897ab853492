//! Mail servers that take, refuse, put off, and hang up.

use super::*;
use anyhow::{Result, ensure};
use forewarn_testing::{Deed, FakeSmtp, Moment, Script};
use std::time::Duration;

/// One letter through the program, with a mail server that behaves like this on the first connection.
async fn one_letter(on: (forewarn_testing::Forewarn, Option<String>), first: Script) -> Result<Office> {
    Office::open(on, FakeSmtp::scripted(vec![first])?, &["Müller"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_letter_leaves_once_and_as_it_was_read() -> Result<()> {
    for on in both()? {
        let office = one_letter(on, Script::accepts()).await?;
        let case = office.cases().await?[0];
        let id = office.approve(case).await?;
        let _served = office.serve()?;
        accepted(&office, case, id).await?;
        ensure!(office.notices().await?.is_empty());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_reaches_the_owner_at_once_and_tells_nobody_anything() -> Result<()> {
    for on in both()? {
        let refusal = Script::accepts().at(Moment::Recipient, Deed::answer("550 5.1.1 no such user"));
        let office = one_letter(on, refusal).await?;
        let case = office.cases().await?[0];
        let id = office.approve(case).await?;
        let _served = office.serve()?;
        let letter = office.until(id, LetterState::Refused).await?;
        let answer = letter.answer.unwrap_or_default();
        ensure!(answer.for_our_people().contains("550 5.1.1 no such user"), "{}", answer.for_our_people());
        ensure!(office.notices().await? == ["Müller: the mail server refused the first word by e-mail"]);
        ensure!((office.tellings(case).await?, office.mails.taken().len()) == (0, 0));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_before_the_dot_is_tried_again() -> Result<()> {
    let troubles = [
        (Moment::Greeting, Deed::answer("421 4.3.2 not now")),
        (Moment::Recipient, Deed::answer("451 4.7.1 greylisted, come back later")),
        (Moment::Data, Deed::Drop),
        (Moment::Content, Deed::Drop),
        // An answer, though to the dot: the server has said that it did not take it.
        (Moment::Dot, Deed::answer("451 4.3.0 try again")),
    ];
    for (moment, deed) in troubles {
        let on = both()?.remove(0);
        let office = one_letter(on, Script::accepts().at(moment, deed)).await?;
        let case = office.cases().await?[0];
        let id = office.approve(case).await?;
        let _served = office.serve()?;
        let waits = office.until(id, LetterState::Pending).await?;
        ensure!(waits.answer.is_some(), "nobody says what went wrong at {moment:?}");
        ensure!(office.mails.taken().is_empty() && office.tellings(case).await? == 0);
        office.hurry(id).await?;
        accepted(&office, case, id).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wants_a_new_session_after_some_mails_gets_one_at_once() -> Result<()> {
    const CUSTOMERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];
    for on in both()? {
        let full = || Script::accepts().at(Moment::Sender, Deed::answer("452 4.5.3 too many")).after(1);
        let office = Office::open(on, FakeSmtp::deciding(move |_| full())?, &CUSTOMERS).await?;
        let mut letters = Vec::new();
        for case in office.cases().await? {
            letters.push((case, office.approve(case).await?));
        }
        let _served = office.serve()?;
        for (case, id) in letters {
            accepted(&office, case, id).await?;
        }
        ensure!(office.mails.taken().len() == CUSTOMERS.len());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_answer_to_the_dot_nobody_knows_and_nothing_is_sent_again() -> Result<()> {
    for (on, deed) in both()?.into_iter().zip([Deed::TakeAndDrop, Deed::Drop]) {
        let took = usize::from(deed == Deed::TakeAndDrop);
        let office = one_letter(on, Script::accepts().at(Moment::Dot, deed)).await?;
        let case = office.cases().await?[0];
        let id = office.approve(case).await?;
        let served = office.serve()?;
        office.until(id, LetterState::Unknown).await?;
        let [unknown] = office
            .store
            .unknown_letters(forewarn_domain::people::Scope::Program, office::now())
            .await?
            .try_into()
            .map_err(|_| anyhow::anyhow!("one letter that nobody knows of"))?;
        ensure!((unknown.letter.id, unknown.owner_name.as_str()) == (id, "Jon Berg"));
        ensure!(
            office.notices().await? == ["Müller: we can’t tell whether the first word by e-mail has left"]
        );

        // Neither this process nor the next one touches it.
        drop(served);
        let _served = office.serve()?;
        tokio::time::sleep(Duration::from_secs(3)).await;
        ensure!(office.mails.taken().len() == took && office.mails.connections() == 1);
        ensure!(office.letter(id).await?.state == LetterState::Unknown);
        ensure!(office.tellings(case).await? == 0);
    }
    Ok(())
}
