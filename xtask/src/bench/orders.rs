use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::clock;
use super::mix::Mix;

/// The header of the reports: Forewarn's own names for its fields, so that the mapping is certain.
pub(super) const COLUMNS: [&str; 18] = [
    "order",
    "line",
    "customer",
    "contact",
    "phone",
    "email",
    "owner",
    "item",
    "description",
    "quantity",
    "unit",
    "value",
    "currency",
    "requested",
    "promised",
    "expected",
    "delivered",
    "status",
];

const MORNING: &str = "T05:10:00Z";

/// An open-order report of a made-up company and the one of the next morning. The same shape gives the same
/// bytes in every run.
#[derive(Clone)]
pub(super) struct Orders {
    /// How many lines the first report has.
    pub(super) lines: usize,
    /// How many customers they are spread over.
    pub(super) customers: usize,
    /// How many reps own those customers.
    pub(super) reps: usize,
    /// Lines in a thousand that slip already in the first report.
    pub(super) slipping_per_mille: usize,
    /// The day of the first report.
    pub(super) day: Date,
}

impl Orders {
    /// 50 lines a customer and 10 customers a rep, one line in ten slipping: the company of the import bench.
    pub(super) fn of_lines(lines: usize) -> Self {
        let day = jiff::civil::date(2026, 3, 2);
        let customers = (lines / 50).max(1);
        Self { lines, customers, reps: (customers / 10).max(1), slipping_per_mille: 100, day }
    }

    /// The day of the first report is today, for benches of the running server, which has the real clock.
    pub(super) fn dated_today(self) -> Self {
        Self { day: clock::today(), ..self }
    }

    /// The e-mail address of the `index`-th rep.
    pub(super) fn rep(&self, index: usize) -> String {
        format!("rep-{:04}@example.com", index % self.reps)
    }

    /// When the first report was made, as `--as-of` takes it.
    pub(super) fn first_morning(&self) -> String {
        format!("{}{MORNING}", self.day)
    }

    /// When the second one was.
    pub(super) fn next_morning(&self) -> Result<String> {
        Ok(format!("{}{MORNING}", self.day.tomorrow()?))
    }

    /// Writes the first report.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        self.write_lines(path, self.lines, Ok)
    }

    /// Writes the report of the next morning: 1 % of the lines moved, 0.2 % delivered, 0.1 % more lines.
    pub(super) fn write_next_morning(&self, path: &Path) -> Result<()> {
        let more = self.lines / 1000;
        self.write_lines(path, self.lines + more, |mut line| {
            let mut mix = Mix::of(2, line.index);
            if mix.per_mille(2) {
                line.delivered = Some(self.day.tomorrow()?);
            } else if mix.per_mille(10) {
                line.expected = later(line.expected, 1 + mix.below(15))?;
            }
            Ok(line)
        })
    }

    fn write_lines(&self, path: &Path, lines: usize, change: impl Fn(Line) -> Result<Line>) -> Result<()> {
        let mut file = BufWriter::new(File::create(path).with_context(|| path.display().to_string())?);
        writeln!(file, "{}", COLUMNS.join(","))?;
        for index in 0..lines {
            self.write_line(&mut file, &change(self.line(index)?)?)?;
        }
        Ok(file.flush()?)
    }

    fn line(&self, index: usize) -> Result<Line> {
        let mut mix = Mix::of(1, index);
        let promised = later(self.day, 1 + mix.below(90))?;
        let slips = mix.per_mille(self.slipping_per_mille);
        let expected = if slips { later(promised, 3 + mix.below(18))? } else { promised };
        let requested = promised.checked_sub((mix.below(7) as i64).days())?;
        Ok(Line { index, requested, promised, expected, delivered: None })
    }

    fn write_line(&self, file: &mut impl std::io::Write, line: &Line) -> Result<()> {
        let (order, position) = (line.index / 4, (line.index % 4 + 1) * 10);
        let mut mix = Mix::of(3, order);
        let customer = mix.below(self.customers);
        let mut mix = Mix::of(4, line.index);
        let (item, quantity, cents) = (mix.below(5000), 1 + mix.below(500), 100 + mix.below(900_000));
        let status = if line.delivered.is_some() { "delivered" } else { "open" };
        let delivered = line.delivered.map(|date| date.to_string()).unwrap_or_default();
        writeln!(
            file,
            "SO-{order:07},{position},{},{},+49 30 {customer:07},buyer@customer-{customer:05}.example,{},\
             IT-{item:05},{},{quantity},pcs,{}.{:02},EUR,{},{},{},{delivered},{status}",
            customer_name(customer),
            Mix::of(5, customer).pick(&CONTACTS),
            self.rep(customer),
            Mix::of(6, item).pick(&GOODS),
            cents / 100,
            cents % 100,
            line.requested,
            line.promised,
            line.expected,
        )?;
        Ok(())
    }
}

struct Line {
    index: usize,
    requested: Date,
    promised: Date,
    expected: Date,
    delivered: Option<Date>,
}

fn later(date: Date, days: usize) -> Result<Date> {
    Ok(date.checked_add((days as i64).days())?)
}

fn customer_name(customer: usize) -> String {
    let place = Mix::of(7, customer).below(PLACES.len());
    format!("{} {} {customer:05}", PLACES[place], Mix::of(8, customer).pick(&TRADES))
}

const PLACES: [&str; 8] = ["Bergen", "Ulm", "Lille", "Porto", "Gdynia", "Cork", "Graz", "Turku"];
const TRADES: [&str; 6] = ["Pumps", "Hydraulics", "Medical Supply", "Packaging", "Machine Works", "Foods"];
const CONTACTS: [&str; 6] = ["Ada Holm", "Jon Weber", "Mia Costa", "Leo Nowak", "Eva Byrne", "Tim Laine"];
const GOODS: [&str; 6] =
    ["valve DN50", "seal kit", "bearing 6204", "carton 400x300", "drive shaft", "filter 10 um"];

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&Path) -> Result<()>) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("orders.csv");
        write(&path).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn the_same_shape_gives_the_same_bytes() {
        let orders = Orders::of_lines(500);
        let first = written(|path| orders.write(path));
        assert_eq!(first, written(|path| orders.write(path)));
        assert_eq!(first.len(), 501);
        assert!(first.iter().all(|line| line.len() == COLUMNS.len()), "no field holds a comma");
    }

    #[test]
    fn the_next_morning_moves_delivers_and_adds_a_little() {
        let orders = Orders::of_lines(20_000);
        let (first, next) =
            (written(|path| orders.write(path)), written(|path| orders.write_next_morning(path)));
        let pairs = || first.iter().zip(&next).skip(1);
        let moved = pairs().filter(|(before, after)| before[15] != after[15]).count();
        let delivered = pairs().filter(|(_, after)| !after[16].is_empty()).count();
        assert_eq!(next.len() - first.len(), 20);
        assert!((150..250).contains(&moved), "about 1 % of 20,000 moved: {moved}");
        assert!((20..60).contains(&delivered), "about 0.2 % of 20,000 delivered: {delivered}");
        assert!(pairs().all(|(before, after)| before[14] == after[14]), "what was promised stays");
    }
}
