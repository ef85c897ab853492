//! Reps at work, and the server's own figures.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, ensure};
use forewarn_testing::Served;
use jiff::{SignedDuration, Timestamp};

use crate::bench::clock;
use crate::bench::http::Visitor;
use crate::bench::witness::{Witness, number};

/// Some browsers of one rep, and the server that they work with.
pub(super) struct Desk {
    visitors: Vec<Visitor>,
    /// How long one telling takes when all work; a guess at first.
    pace: Duration,
    _served: Served,
}

/// What the ticks have cost so far.
pub(super) struct Ticks {
    pub(super) count: f64,
    pub(super) seconds: f64,
}

/// Browsers that work at the same time.
const VISITORS: usize = 4;
/// The most that noticing may take.
const NOTICED_WITHIN: Duration = Duration::from_secs(60);
/// Between two looks whether something was noticed; lateness is measured no finer.
const LOOK_EVERY: Duration = Duration::from_millis(100);

impl Desk {
    pub(super) fn at(served: Served, email: &str, password: &str) -> Result<Self> {
        let visitors = (0..VISITORS).map(|_| Visitor::sign_in(&served.base, email, password));
        Ok(Self {
            visitors: visitors.collect::<Result<_>>()?,
            pace: Duration::from_millis(100),
            _served: served,
        })
    }

    /// Waits until every step that is due has fired.
    pub(super) fn until_settled(&self, witness: &Witness) -> Result<()> {
        let began = Instant::now();
        loop {
            let now = clock::now().as_microsecond();
            let due = format!(
                "SELECT 1 AS due FROM escalation_step WHERE done_at IS NULL AND due_at <= {now} LIMIT 1"
            );
            if witness.rows(&due)?.is_empty() {
                return Ok(());
            }
            ensure!(began.elapsed() < NOTICED_WITHIN * 5, "what was due at the start is not settled");
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// Tells these customers, promises each the next word at the same second, and lets it pass. How long after
    /// that second each notice could be read by others.
    pub(super) fn burst(&mut self, witness: &Witness, cases: &[(i64, i64)]) -> Result<Vec<Duration>> {
        let time_to_promise = self.pace * 2 * u32::try_from(cases.len())?;
        let due = clock::now() + SignedDuration::from_secs(3) + SignedDuration::try_from(time_to_promise)?;
        let due = Timestamp::from_second(due.as_second())?;
        let began = Instant::now();
        self.promise(cases, due)?;
        self.pace = began.elapsed() / u32::try_from(cases.len())?;
        ensure!(clock::now() < due, "this machine is too slow to promise {} words in time", cases.len());
        std::thread::sleep(Duration::try_from(due.duration_since(clock::now())).unwrap_or_default());
        until_noticed(witness, cases.len(), due)
    }

    /// Each browser tells its share of the customers.
    fn promise(&mut self, cases: &[(i64, i64)], due: Timestamp) -> Result<()> {
        let next_word = due.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        let date = clock::today().checked_add(jiff::Span::new().try_days(40)?)?.to_string();
        let shares = cases.chunks(cases.len().div_ceil(VISITORS).max(1));
        std::thread::scope(|scope| {
            let mut workers = Vec::new();
            for (visitor, share) in self.visitors.iter_mut().zip(shares) {
                let (date, next_word) = (&date, &next_word);
                workers.push(scope.spawn(move || {
                    share.iter().try_for_each(|(case, line)| tell(visitor, *case, *line, date, next_word))
                }));
            }
            let told =
                workers.into_iter().map(|worker| worker.join().map_err(|_| anyhow!("a rep panicked"))?);
            told.collect()
        })
    }

    pub(super) fn ticks(&mut self) -> Result<Ticks> {
        let visitor = self.visitors.first_mut().context("nobody is at the desk")?;
        let (figures, _) = visitor.get("/metrics")?;
        let figure = |name: &str| {
            let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.and_then(|value| value.parse().ok())
                .with_context(|| format!("{name} is not among the figures"))
        };
        Ok(Ticks {
            count: figure("forewarn_tick_seconds_count")?,
            seconds: figure("forewarn_tick_seconds_sum")?,
        })
    }
}

fn tell(visitor: &mut Visitor, case: i64, line: i64, date: &str, next_word: &str) -> Result<()> {
    let line = line.to_string();
    let form = [
        ("how", "spoke"),
        ("contact", "Ada Holm"),
        ("expectation", "date"),
        ("date", date),
        ("line", &line),
        ("next_word_at", next_word),
    ];
    let answer = visitor.post(&format!("/cases/{case}/tellings"), &form)?;
    ensure!(answer.status == 200, "a telling answered {}: {}", answer.status, answer.text);
    Ok(())
}

/// Looks again and again how many words have been noticed.
fn until_noticed(witness: &Witness, words: usize, due: Timestamp) -> Result<Vec<Duration>> {
    let select = format!(
        "SELECT COUNT(DISTINCT case_id) AS n FROM notice WHERE kind = 'next-word' AND created_at >= {}",
        due.as_microsecond()
    );
    let mut lateness = Vec::new();
    while lateness.len() < words {
        let rows = witness.rows(&select)?;
        let late = Duration::try_from(clock::now().duration_since(due)).unwrap_or_default();
        let noticed =
            rows.first().and_then(|row| usize::try_from(number(row, "n")?).ok()).unwrap_or_default();
        lateness.resize(noticed.max(lateness.len()), late);
        ensure!(late < NOTICED_WITHIN, "{noticed} of {words} were noticed");
        std::thread::sleep(LOOK_EVERY);
    }
    Ok(lateness)
}

impl Ticks {
    pub(super) fn since(&self, before: &Self) -> Self {
        Self { count: self.count - before.count, seconds: self.seconds - before.seconds }
    }

    pub(super) fn mean_ms(&self) -> f64 {
        self.seconds * 1000.0 / self.count.max(1.0)
    }
}
