//! `kill -9` while a letter is on its way.

use super::*;
use anyhow::{Result, ensure};
use forewarn_testing::{Deed, FakeSmtp, Moment, Script};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_dot_the_letter_leaves_with_the_next_process() -> Result<()> {
    for on in both()? {
        // It never answers to DATA, so that the program stands before the dot for as long as we like.
        let stalls = Script::accepts().at(Moment::Data, Deed::Stall(Duration::from_secs(120)));
        let office = Office::open(on, FakeSmtp::scripted(vec![stalls])?, &["Müller"]).await?;
        let case = office.cases().await?[0];
        let id = office.approve(case).await?;
        let mut served = office.serve()?;
        office.until(id, LetterState::Claimed).await?;
        served.running.kill_hard()?;
        let _served = office.serve()?;
        accepted(&office, case, id).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_the_dot_the_letter_is_unknown_with_an_owner_and_goes_out_once() -> Result<()> {
    for on in both()? {
        let slow = Script::accepts().at(Moment::Dot, Deed::TakeAndAnswerAfter(Duration::from_secs(120)));
        let office = Office::open(on, FakeSmtp::scripted(vec![slow])?, &["Müller"]).await?;
        let case = office.cases().await?[0];
        let id = office.approve(case).await?;
        let mut served = office.serve()?;
        ensure!(office.mails.wait_for(1, Duration::from_secs(30)).len() == 1);
        served.running.kill_hard()?;
        let _served = office.serve()?;
        office.until(id, LetterState::Unknown).await?;
        ensure!(
            office.notices().await? == ["Müller: we can’t tell whether the first word by e-mail has left"]
        );
        tokio::time::sleep(Duration::from_secs(3)).await;
        ensure!((office.mails.taken().len(), office.tellings(case).await?) == (1, 0));
    }
    Ok(())
}

/// Each named place, with `kill -9` exactly there. Needs the feature `failpoints`.
#[cfg(feature = "failpoints")]
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_named_place_no_letter_goes_out_twice_or_disappears() -> Result<()> {
    use forewarn_testing::{free_port, wait_until_ready};
    for place in forewarn_store::failpoints::NAMES.iter().filter(|name| name.starts_with("letter-")) {
        for on in both()? {
            let slow = Deed::TakeAndAnswerAfter(Duration::from_millis(200));
            let mails = FakeSmtp::scripted(vec![Script::accepts().at(Moment::Dot, slow)])?;
            let office = Office::open(on, mails, &["Müller"]).await?;
            let case = office.cases().await?[0];
            let id = office.approve(case).await?;
            let listen = format!("127.0.0.1:{}", free_port()?);
            let mut doomed = office.forewarn.command(["serve", "--listen", &listen]);
            let status = doomed.env("FOREWARN_KILL_AT", place).output()?.status;
            ensure!(status.code().is_none(), "{place}: ended with {status}");
            let marked = ["letter-after-mark", "letter-after-dot", "letter-before-end"].contains(place);

            let port = free_port()?;
            let listen = format!("127.0.0.1:{port}");
            let mut served = office.forewarn.start(["serve", "--listen", &listen])?;
            wait_until_ready(port, Duration::from_secs(30), || served.is_alive())?;
            if marked {
                office.until(id, LetterState::Unknown).await?;
                ensure!(office.notices().await?.len() == 1, "{place}: nobody was told");
                tokio::time::sleep(Duration::from_secs(2)).await;
                ensure!(office.mails.taken().len() <= 1, "{place}: sent twice");
            } else {
                accepted(&office, case, id).await?;
            }
        }
    }
    Ok(())
}
