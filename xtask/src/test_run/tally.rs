use std::fmt;
use std::ops::AddAssign;
use std::process::ExitStatus;

/// How many tests and checks held, and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    /// One check that held, or did not.
    pub(crate) fn one_check(held: bool) -> Self {
        Self { passed: u64::from(held), failed: u64::from(!held), skipped: 0 }
    }

    /// Adds up the closing lines of nextest, of `cargo test` and of `e2e/run.mjs` in `written`. A run that
    /// ended badly without counting a failure (it did not compile, say) is one failure.
    pub(crate) fn of_run(status: ExitStatus, written: &str) -> Self {
        let mut tally = Self::default();
        for line in written.lines().filter(|line| is_closing_line(line)) {
            tally.passed += number_before(line, "passed");
            tally.failed += ["failed", "exec failed", "timed out"]
                .map(|word| number_before(line, word))
                .iter()
                .sum::<u64>();
            tally.skipped += number_before(line, "ignored") + number_before(line, "skipped");
        }
        if !status.success() && tally.failed == 0 {
            tally.failed = 1;
        }
        tally
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

fn is_closing_line(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("Summary [")
        || line.starts_with("test result: ")
        || (line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(" passed, "))
}

/// 12 of `… 12 WORDS …`, 0 if there is no such thing.
fn number_before(line: &str, words: &str) -> u64 {
    let parts = line.split([',', ';', ':', '.', '(']).map(str::trim);
    parts.filter_map(|part| part.strip_suffix(words)?.trim_end().parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;

    use super::*;

    fn check(code: i32, written: &str, passed: u64, failed: u64, skipped: u64) {
        let tally = Tally::of_run(ExitStatus::from_raw(code << 8), written);
        assert_eq!(tally, Tally { passed, failed, skipped }, "{written}");
    }

    #[test]
    fn closing_lines_are_read() {
        check(0, "     Summary [   1.497s] 6 tests run: 6 passed, 0 skipped", 6, 0, 0);
        check(0, "     Summary [  21.497s] 9 tests run: 9 passed (1 slow, 2 leaky), 3 skipped", 9, 0, 3);
        check(100, "     Summary [   1.4s] 9 tests run: 6 passed, 2 failed, 1 timed out, 0 skipped", 6, 3, 0);
        check(0, "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out", 5, 0, 1);
        check(101, "test result: FAILED. 5 passed; 2 failed; 0 ignored\n", 5, 2, 0);
        check(0, "ℹ pass 2\n2 passed, 0 failed\n", 2, 0, 0);
    }

    #[test]
    fn several_runs_add_up() {
        check(0, "test result: ok. 5 passed; 0 failed;\ntest result: ok. 7 passed; 0 failed;", 12, 0, 0);
    }

    #[test]
    fn what_does_not_even_compile_is_a_failure() {
        check(101, "error: could not compile `forewarn`", 0, 1, 0);
    }

    #[test]
    fn the_closing_line_is_plain() {
        assert_eq!(Tally { passed: 3, failed: 0, skipped: 0 }.to_string(), "3 passed, 0 failed");
        assert_eq!(Tally { passed: 3, failed: 1, skipped: 2 }.to_string(), "3 passed, 1 failed, 2 skipped");
    }
}
