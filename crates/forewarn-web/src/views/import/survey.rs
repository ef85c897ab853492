//! What was found in a file, and why we think so.

use super::{file, href};
use crate::pages::import::{Finding, SurveyPage};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Choice, Tone};
use crate::views::shown::{count, number};
use forewarn_feeds::{
    Column, ColumnKind, DateFinding, DateOrder, DateOrderEvidence, DecimalSign, Format, LineEnd, Survey,
};
use forewarn_store::importing::RegisteredImport;

/// The page.
pub(crate) fn page(shell: Shell, import: &RegisteredImport, survey: &Survey) -> SurveyPage {
    let sheets = match &survey.format {
        Format::Xlsx { sheets, sheet } => sheets
            .iter()
            .map(
                |name| if name == sheet { Choice::new(name, name).chosen() } else { Choice::new(name, name) },
            )
            .collect(),
        Format::Csv(_) => Vec::new(),
    };
    let questions = questions(survey);
    SurveyPage {
        href: href(import),
        file: file(import),
        findings: findings(survey),
        sheets,
        heading_row: survey.heading_row.to_string(),
        date_orders: if common_order(survey).is_some() || !questions.is_empty() {
            date_orders(common_order(survey))
        } else {
            Vec::new()
        },
        decimals: decimals(),
        questions,
        shell,
    }
}

/// The orders of dates to choose from.
pub(crate) fn date_orders(chosen: Option<DateOrder>) -> Vec<Choice> {
    let choice = |order: DateOrder| {
        let choice = Choice::new(order.name(), format!("{}: {}", sentence(order.label()), order.example()));
        if chosen == Some(order) { choice.chosen() } else { choice }
    };
    DateOrder::ALL.map(choice).to_vec()
}

/// The order of all date columns, where they agree and none leaves it open.
pub(crate) fn common_order(survey: &Survey) -> Option<DateOrder> {
    let mut orders = dated(survey).map(|(_, order, _)| order.settled());
    let first = orders.next()??;
    orders.all(|order| order == Some(first)).then_some(first)
}

/// The sign as it is sent.
pub(crate) fn decimal_name(sign: DecimalSign) -> &'static str {
    match sign {
        DecimalSign::Comma => "comma",
        DecimalSign::Point => "point",
    }
}

fn decimals() -> Vec<Choice> {
    let signs = [(DecimalSign::Comma, "Comma"), (DecimalSign::Point, "Point")];
    let found = Choice::new("", "As found, column by column").chosen();
    let signs =
        signs.map(|(sign, label)| Choice::new(decimal_name(sign), format!("{label}: {}", sign.example())));
    std::iter::once(found).chain(signs).collect()
}

fn findings(survey: &Survey) -> Vec<Finding> {
    let mut findings = vec![layout(survey), heading(survey)];
    findings.extend(dates(survey));
    findings.extend(decimal(survey));
    findings.extend(survey.problems.iter().map(|problem| Finding {
        name: "Note".to_owned(),
        says: problem.clone(),
        evidence: String::new(),
        sure: Chip::new("look at it", Tone::Watch),
    }));
    findings
}

fn layout(survey: &Survey) -> Finding {
    match &survey.format {
        Format::Xlsx { sheets, sheet } => {
            let others =
                sheets.iter().filter(|other| *other != sheet).cloned().collect::<Vec<_>>().join(", ");
            let evidence =
                if others.is_empty() { "the only sheet".to_owned() } else { format!("beside {others}") };
            sure("Sheet", format!("“{sheet}”"), evidence)
        }
        Format::Csv(csv) => {
            let separator = match csv.separator {
                ',' => "commas",
                ';' => "semicolons",
                '\t' => "tabs",
                '|' => "upright lines (|)",
                _ => "an unusual sign",
            };
            let line_end = match csv.line_end {
                LineEnd::CrLf => "CRLF",
                LineEnd::Lf => "LF",
                LineEnd::Cr => "CR",
            };
            let encoding = csv.encoding.label();
            sure(
                "Layout",
                format!("cells separated by {separator}"),
                format!("{encoding}, rows end with {line_end}"),
            )
        }
    }
}

fn heading(survey: &Survey) -> Finding {
    let above = u64::from(survey.heading_row.saturating_sub(1));
    let evidence = match above {
        0 => format!("{} below it", count(survey.rows, "row", "rows")),
        n => format!("{} above it skipped, {} below it", count(n, "row", "rows"), number(survey.rows)),
    };
    sure("Heading", format!("row {}", survey.heading_row), evidence)
}

fn dated(survey: &Survey) -> impl Iterator<Item = (&Column, &DateFinding, &DateOrderEvidence)> {
    survey.columns.iter().filter_map(|column| match &column.kind {
        ColumnKind::Dates { order, evidence } => Some((column, order, evidence)),
        _ => None,
    })
}

/// One finding for all date columns that agree, else one for each.
fn dates(survey: &Survey) -> Vec<Finding> {
    if let Some(order) = common_order(survey) {
        let evidence = dated(survey).map(|(.., evidence)| *evidence).fold(DateOrderEvidence::default(), add);
        let sample = dated(survey).find_map(|(column, ..)| column.samples.first());
        return vec![dates_finding("Dates".to_owned(), order, &evidence, sample)];
    }
    let each = dated(survey).map(|(column, order, evidence)| {
        let name = format!("Dates in “{}”", column.heading);
        match order {
            DateFinding::Settled(order) => dates_finding(name, *order, evidence, column.samples.first()),
            DateFinding::Ambiguous(orders) => {
                let could_be = orders.iter().map(|order| order.label()).collect::<Vec<_>>().join(" or ");
                Finding {
                    name,
                    says: could_be,
                    evidence: format!("like {}", column.samples.first().map_or("", String::as_str)),
                    sure: Chip::new("ask", Tone::Watch),
                }
            }
        }
    });
    each.collect()
}

fn add(a: DateOrderEvidence, b: DateOrderEvidence) -> DateOrderEvidence {
    DateOrderEvidence {
        dates: a.dates + b.dates,
        only_day_first: a.only_day_first + b.only_day_first,
        only_month_first: a.only_month_first + b.only_month_first,
        either: a.either + b.either,
        fixed: a.fixed + b.fixed,
    }
}

fn dates_finding(
    name: String,
    order: DateOrder,
    evidence: &DateOrderEvidence,
    sample: Option<&String>,
) -> Finding {
    let only = match order {
        DateOrder::DayFirst => evidence.only_day_first,
        DateOrder::MonthFirst => evidence.only_month_first,
        DateOrder::YearFirst | DateOrder::Serial => 0,
    };
    let by_order = format!("{}, {}", order.example(), order.label());
    let (says, evidence) = if only > 0 {
        (by_order, format!("{} can only be that", count(only, "value", "values")))
    } else if evidence.fixed > 0 {
        let says = sample.map_or(by_order, |sample| format!("like {sample}"));
        (says, format!("{} in one way only", count(evidence.fixed, "value reads", "values read")))
    } else {
        (by_order, format!("by the other columns, in {}", count(evidence.dates, "value", "values")))
    };
    Finding { name, says, evidence, sure: Chip::new("sure", Tone::Good) }
}

fn decimal(survey: &Survey) -> Option<Finding> {
    let found = survey.columns.iter().filter_map(|column| match column.kind {
        ColumnKind::Numbers(finding) => Some(finding),
        _ => None,
    });
    let most = found.max_by_key(|finding| finding.rows)?;
    let says = format!("{}, like {}", decimal_name(most.sign), most.sign.example());
    Some(match (most.rows, most.either) {
        (0, 0) => sure("Decimal sign", says, "it makes no difference here".to_owned()),
        (0, either) => Finding {
            name: "Decimal sign".to_owned(),
            says,
            evidence: format!(
                "{} would be another number with the other sign",
                count(either, "value", "values")
            ),
            sure: Chip::new("likely", Tone::Watch),
        },
        (rows, _) => {
            sure("Decimal sign", says, format!("{} can only be that", count(rows, "value", "values")))
        }
    })
}

fn questions(survey: &Survey) -> Vec<String> {
    let open = dated(survey).filter(|(_, order, _)| order.settled().is_none());
    let open: Vec<_> = open.map(|(column, ..)| format!("“{}”", column.heading)).collect();
    if open.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "Every date in {} can be read day first or month first. Say which it is under “Change what was found”.",
        open.join(", ")
    )]
}

fn sure(name: &str, says: String, evidence: String) -> Finding {
    Finding { name: name.to_owned(), says, evidence, sure: Chip::new("sure", Tone::Good) }
}

fn sentence(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use forewarn_store::importing::ImportState;
    use uuid::Uuid;

    fn shown(text: &str) -> SurveyPage {
        let import = sample::import(ImportState::Surveyed);
        page(Shell::outside(Uuid::nil()), &import, &sample::survey(text))
    }

    #[test]
    fn a_file_with_titles_and_clear_dates_needs_no_answer() {
        let page = shown(
            "Open orders;;\nNorpump;;\n;;\nOrder;Customer;Promised\n1;Brandt;31/12/2026\n2;Vik;05/11/2026\n",
        );
        assert_eq!(page.heading_row, "4");
        let says: Vec<_> = page.findings.iter().map(|finding| finding.says.as_str()).collect();
        assert!(says.contains(&"row 4") && says.contains(&"31/12/2026, day first"), "{says:?}");
        assert!(says.contains(&"cells separated by semicolons"), "{says:?}");
        assert!(page.questions.is_empty());
        assert!(page.date_orders.iter().any(|order| order.value == "day-first" && order.chosen));
    }

    #[test]
    fn dates_that_read_both_ways_are_asked_about() {
        let page = shown("Order,Customer,Promised\n1,Brandt,05/11/2026\n2,Vik,06/11/2026\n");
        assert!(page.questions[0].contains("“Promised”"), "{:?}", page.questions);
        assert!(page.date_orders.iter().all(|order| !order.chosen));
    }
}
