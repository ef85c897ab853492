//! The hours of a week, to type and to see.

/// One weekday of the form.
#[derive(Debug, Clone)]
pub struct WeekDay {
    /// The name and id of its field: "monday".
    pub name: &'static str,
    /// "Monday"
    pub label: &'static str,
    /// "08:00-12:00, 13:00-17:00"; empty for a free day.
    pub hours: String,
    /// What is wrong with it, and what to do.
    pub wrong: Option<String>,
}

/// A week as a picture: a row a day, a bar a block. A unit is five minutes across, and a row 16 down.
#[derive(Debug, Clone)]
pub struct WeekStrip {
    /// The days.
    pub rows: Vec<StripRow>,
    /// The hours of the scale: their place and text.
    pub hours: Vec<(u16, String)>,
    /// The same in words, for those who don't see it.
    pub label: String,
}

/// One day of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripRow {
    /// "Mon"
    pub day: &'static str,
    /// How far from the top.
    pub top: u16,
    /// Its blocks: from where, and how long.
    pub bars: Vec<(u16, u16)>,
}
