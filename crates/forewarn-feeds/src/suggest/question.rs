//! What a person has to answer, said so that the answer can be typed.

use crate::dates::DateOrder;
use crate::field::Field;
use crate::profile::Map;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a person has to answer. `Display` says it with the arguments to type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// No column looks like this required field.
    Missing {
        /// The field: order, line, customer or promised.
        field: Field,
        /// Columns it could be.
        could_be: Vec<String>,
    },
    /// Several columns look like it equally well.
    Several {
        /// The field.
        field: Field,
        /// The headings.
        columns: Vec<String>,
    },
    /// The dates of a mapped column can be read in more than one way.
    DateOrder {
        /// The field it is mapped to.
        field: Field,
        /// The column's heading.
        column: String,
        /// A value from the column.
        example: String,
        /// The orders that fit.
        orders: Vec<DateOrder>,
    },
}

impl Question {
    /// The field it is about.
    pub fn field(&self) -> Field {
        match self {
            Question::Missing { field, .. }
            | Question::Several { field, .. }
            | Question::DateOrder { field, .. } => *field,
        }
    }

    /// The arguments that would answer it, one each: `--map "Prom Dt=promised"`, `--dates day-first`.
    pub fn arguments(&self) -> Vec<String> {
        match self {
            Question::Missing { field, could_be: columns } | Question::Several { field, columns } => {
                let map = |column: &String| Map { column: column.clone(), field: *field }.argument();
                columns.iter().map(map).collect()
            }
            Question::DateOrder { orders, .. } => {
                orders.iter().map(|order| format!("--dates {}", order.name())).collect()
            }
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments = self.arguments().join("  or  ");
        match self {
            Question::Missing { field, .. } => {
                let what = wanted(*field);
                if arguments.is_empty() {
                    write!(f, "No column looks like {what}. Export the report with such a column.")
                } else {
                    write!(f, "No column is plainly {what}. Say which one it is, for example: {arguments}")
                }
            }
            Question::Several { field, .. } => {
                write!(f, "Several columns look like {}. Say which one it is: {arguments}", wanted(*field))
            }
            Question::DateOrder { column, example, orders, .. } => {
                let read = |order: &DateOrder| {
                    let date = crate::dates::read_date(example, *order);
                    let said = date
                        .map_or_else(|| order.label().to_owned(), |d| d.strftime("%-d %B %Y").to_string());
                    format!("{said} ({})", order.label())
                };
                let readings = orders.iter().map(read).collect::<Vec<_>>().join(" or ");
                write!(
                    f,
                    "The dates of “{column}” can be read in two ways: is {example} {readings}? Add {arguments}"
                )
            }
        }
    }
}

fn wanted(field: Field) -> &'static str {
    match field {
        Field::Order => "the order number",
        Field::Line => "the line within the order",
        Field::Customer => "the customer",
        Field::Promised => "the date you told the customer",
        Field::Expected => "the date the ERP believes now",
        other => other.label(),
    }
}

/// All questions as text for a terminal.
pub(crate) fn explain(questions: &[Question]) -> String {
    questions.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
