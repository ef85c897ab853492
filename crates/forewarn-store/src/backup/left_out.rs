//! What a backup does not hold.

/// A table whose rows stay behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub table: &'static str,
    /// What a person should know about it.
    pub why: &'static str,
}

/// All of them. A door that was closed after the backup was taken would be open again.
pub const LEFT_OUT: [LeftOut; 2] = [
    LeftOut { table: "session", why: "everybody signs in again" },
    LeftOut { table: "one_time_link", why: "invitations that nobody has used must be sent anew" },
];

/// Whether the rows of a table stay behind.
pub(super) fn is_left_out(table: &str) -> bool {
    LEFT_OUT.iter().any(|left| left.table == table)
}
