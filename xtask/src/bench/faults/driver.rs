//! Who works, who brings reports, and who does harm: all at once.

use std::collections::{BTreeSet, VecDeque};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};

use super::case_work::Work;
use super::company::{ADMIN, Company, REPS, rep_email};
use super::notes::Notes;
use super::rep::Rep;
use super::schedule::{Harm, Kills};
use super::{Trial, reports};
use crate::bench::mix::Mix;

/// Does all operations and all harm.
pub(super) fn work(company: &Company, trial: &Trial) -> Result<(Notes, Kills)> {
    let notes = Notes::of(trial.operations);
    let mix = |index| Mix::of(trial.seed, index);
    let sign_in = |email: &str, index| Rep::sign_in(company, &notes, email, mix(index));
    let reps = (0..REPS).map(|number| sign_in(&rep_email(number), number)).collect::<Result<Vec<_>>>()?;
    let admin = sign_in(ADMIN, REPS)?;
    let kills = thread::scope(|scope| {
        let mut workers: Vec<_> = reps.into_iter().map(|rep| scope.spawn(|| work_as_rep(rep))).collect();
        workers.push(scope.spawn(|| reports::bring_in(admin)));
        let mut harm = Harm::new(company, trial, mix(REPS + 1));
        let mut harmed = Ok(());
        loop {
            let all_done = workers.iter().all(thread::ScopedJoinHandle::is_finished);
            if harmed.is_err() || all_done {
                break;
            }
            harmed = harm.go_on(notes.operations());
            if harm.is_done() {
                notes.harm_is_done();
            }
            thread::sleep(Duration::from_millis(5));
        }
        if harmed.is_err() {
            notes.stop();
        }
        let worked =
            workers.into_iter().map(|worker| worker.join().map_err(|_| anyhow!("a worker panicked"))?);
        let worked: Result<()> = worked.collect();
        harmed.and(worked).map(|()| harm.end())
    })?;
    Ok((notes, kills))
}

/// Cases that a rep has in hand at least before some are left alone.
const IN_HAND: usize = 4;
/// Cases that a rep leaves alone at the end of the day.
const AT_THE_END: usize = 50;
/// Between two operations that only keep the processes busy while they are harmed.
const OVERTIME_PAUSE: Duration = Duration::from_millis(300);

fn work_as_rep(mut rep: Rep<'_>) -> Result<()> {
    let mut cases: VecDeque<Work> = VecDeque::new();
    let mut known = BTreeSet::new();
    while rep.notes.go_on() {
        let in_hand = cases.iter().filter(|work| work.can_go_on()).count();
        if in_hand <= IN_HAND {
            let today = rep.look("/today")?;
            cases.extend(cases_on(&today.text).filter(|case| known.insert(*case)).map(Work::on));
        }
        if rep.notes.is_overtime() {
            thread::sleep(OVERTIME_PAUSE);
        }
        if rep.mix.per_mille(60) && rep.acknowledge()? {
            continue;
        }
        cases.rotate_left(1.min(cases.len()));
        match cases.iter_mut().find(|work| work.can_go_on()) {
            Some(work) => work.go_on(&mut rep, in_hand > IN_HAND)?,
            None => thread::sleep(Duration::from_millis(100)),
        }
    }
    cases.iter_mut().take(AT_THE_END).try_for_each(|work| work.leave_alone(&mut rep))
}

/// The numbers of all cases that a page leads to.
fn cases_on(page: &str) -> impl Iterator<Item = u64> {
    let addresses = page.split("\"/cases/").skip(1);
    addresses.filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::cases_on;

    #[test]
    fn cases_are_found_on_today() {
        let page =
            r#"<a href="/cases/12">A</a><form action="/cases/12/attempts"></form><a href="/cases/7#top">"#;
        assert_eq!(cases_on(page).collect::<Vec<_>>(), [12, 12, 7]);
    }
}
