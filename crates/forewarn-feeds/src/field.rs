//! What a column of a report can be.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $text:literal $label:literal),+ $(,)?) => {
        /// What a column of a report can be. The names are those of `--map "Column=field"`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field {
            $($(#[$doc])* $name),+
        }

        impl Field {
            /// All fields, in the order in which a person is asked for them.
            pub const ALL: &'static [Field] = &[$(Field::$name),+];

            /// The name on the command line and in profiles: `promised`.
            pub const fn name(self) -> &'static str {
                match self { $(Field::$name => $text),+ }
            }

            /// The name on a screen: "Promised date".
            pub const fn label(self) -> &'static str {
                match self { $(Field::$name => $label),+ }
            }
        }
    };
}

fields! {
    /// Order number. Required.
    Order "order" "Order number",
    /// Line within the order. Required unless an order has one row only.
    Line "line" "Line",
    /// Schedule within the line, where a line is split.
    Schedule "schedule" "Schedule",
    /// The customer's name (or number, where that is all there is). Required.
    Customer "customer" "Customer",
    /// The person there.
    Contact "contact" "Contact",
    /// That person's phone.
    Phone "phone" "Phone",
    /// That person's e-mail address.
    Email "email" "E-mail",
    /// Who owns the account.
    Owner "owner" "Account owner",
    /// Item number.
    Item "item" "Item",
    /// The item in words.
    Description "description" "Description",
    /// Ordered quantity.
    Quantity "quantity" "Quantity",
    /// Unit of the quantity.
    Unit "unit" "Unit",
    /// Value of the line.
    Value "value" "Value",
    /// Currency of the value.
    Currency "currency" "Currency",
    /// What the customer asked for.
    Requested "requested" "Requested date",
    /// "Which date did you tell the customer?"
    Promised "promised" "Promised date",
    /// "Which date does the ERP believe now?"
    Expected "expected" "Expected date",
    /// When it arrived.
    Delivered "delivered" "Delivered date",
    /// What the report says of the line's state.
    Status "status" "Status",
    /// How much is confirmed (SAP): 0 means that there is *no date*.
    ConfirmedQuantity "confirmed_quantity" "Confirmed quantity",
    /// A delivery block or credit hold: anything in it means that the line is on hold.
    Hold "hold" "Delivery block",
}

impl Field {
    /// How many fields there are.
    pub(crate) const COUNT: usize = Field::ALL.len();

    /// Is this a date?
    pub const fn is_date(self) -> bool {
        matches!(self, Field::Requested | Field::Promised | Field::Expected | Field::Delivered)
    }

    /// Is this a number?
    pub const fn is_number(self) -> bool {
        matches!(self, Field::Quantity | Field::Value | Field::ConfirmedQuantity)
    }
}

/// A field name that Forewarn doesn't know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no field “{found}”; the fields are: {}", known())]
pub struct UnknownField {
    found: String,
}

fn known() -> String {
    Field::ALL.iter().map(|field| field.name()).collect::<Vec<_>>().join(", ")
}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        Field::ALL
            .iter()
            .copied()
            .find(|field| field.name() == wanted)
            .ok_or_else(|| UnknownField { found: text.trim().to_owned() })
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
