//! Reads a workbook as the child process of this crate's own tests. The `forewarn` binary does the same
//! under its hidden subcommand.

fn main() -> std::process::ExitCode {
    forewarn_feeds::xlsx::child_main(std::env::args_os().skip(2))
}
