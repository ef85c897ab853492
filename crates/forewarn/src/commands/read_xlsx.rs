//! The hidden command that reads a workbook in a process of its own, within limits.

use forewarn_feeds::xlsx;
use std::process::ExitCode;

/// Reads the workbook and gives the exit code, if that is what this process was started for.
pub(crate) fn if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    (arguments.next()? == xlsx::SUBCOMMAND).then(|| xlsx::child_main(arguments))
}
