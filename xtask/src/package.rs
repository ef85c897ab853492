//! `cargo xtask package`: a Debian package of the release build, out of `packaging/`.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::command::Named as _;
use crate::workspace;

/// What to package, and where to.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The program, if not the release build that is made now
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Where the package goes
    #[arg(long, value_name = "FOLDER", default_value = "target/package")]
    out: PathBuf,
}

/// Builds it, and prints where it is.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let program = match &arguments.program {
        Some(program) => program.clone(),
        None => {
            let mut build = workspace::cargo(&["build", "--release", "--locked", "--bin", "forewarn"]);
            ensure!(build.shown()?.0.success(), "the release build failed");
            workspace::program("release")
        }
    };
    let package = build(&program, &workspace::root().join(&arguments.out))?;
    println!("{}", package.display());
    Ok(true)
}

/// Files of the package: where they come from in the repository, where they go, and who may do what.
const FILES: [(&str, &str, u32); 9] = [
    ("packaging/forewarn.service", "usr/lib/systemd/system/forewarn.service", 0o644),
    ("packaging/forewarn.toml", "etc/forewarn/forewarn.toml", 0o640),
    ("docs/operating.md", "usr/share/doc/forewarn/operating.md", 0o644),
    ("CHANGELOG.md", "usr/share/doc/forewarn/CHANGELOG.md", 0o644),
    ("packaging/debian/copyright", "usr/share/doc/forewarn/copyright", 0o644),
    ("packaging/debian/conffiles", "DEBIAN/conffiles", 0o644),
    ("packaging/debian/postinst", "DEBIAN/postinst", 0o755),
    ("packaging/debian/prerm", "DEBIAN/prerm", 0o755),
    ("packaging/debian/postrm", "DEBIAN/postrm", 0o755),
];

fn build(program: &Path, out: &Path) -> Result<PathBuf> {
    let tree = tempfile::tempdir()?;
    place(program, &tree.path().join("usr/bin/forewarn"), 0o755)?;
    for (from, to, mode) in FILES {
        place(&workspace::root().join(from), &tree.path().join(to), mode)?;
    }
    let architecture = Command::new("dpkg").arg("--print-architecture").must_succeed()?.trim().to_owned();
    let control = fs::read_to_string(workspace::root().join("packaging/debian/control"))?
        .replace("{version}", env!("CARGO_PKG_VERSION"))
        .replace("{architecture}", &architecture)
        .replace("{kilobytes}", &fs::metadata(program)?.len().div_ceil(1024).to_string())
        .replace("{libc}", &libc()?);
    fs::write(tree.path().join("DEBIAN/control"), control)?;
    for folder in ["", "usr", "usr/bin", "etc", "etc/forewarn"] {
        fs::set_permissions(tree.path().join(folder), Permissions::from_mode(0o755))?;
    }
    // Only the group that the package makes for itself may look at the settings.
    fs::set_permissions(tree.path().join("etc/forewarn"), Permissions::from_mode(0o750))?;

    fs::create_dir_all(out)?;
    let package = out.join(format!("forewarn_{}_{architecture}.deb", env!("CARGO_PKG_VERSION")));
    Command::new("dpkg-deb")
        .args(["--root-owner-group", "--build"])
        .args([tree.path(), &package])
        .must_succeed()?;
    Ok(package)
}

fn place(from: &Path, to: &Path, mode: u32) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("copying {}", from.display()))?;
    Ok(fs::set_permissions(to, Permissions::from_mode(mode))?)
}

/// The version of the C library that the program was linked with, which the package asks for.
fn libc() -> Result<String> {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").must_succeed()?;
    Ok(said.trim().trim_start_matches("glibc ").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Elsewhere there are no Debian packages to make.
    fn on_debian() -> bool {
        Command::new("dpkg-deb").arg("--version").output_of().is_ok()
    }

    #[test]
    fn the_package_brings_the_program_its_unit_and_settings_that_are_kept() -> Result<()> {
        if !on_debian() {
            eprintln!("left out: there is no dpkg-deb here");
            return Ok(());
        }
        let folder = tempfile::tempdir()?;
        let package = build(Path::new("/bin/true"), folder.path())?;
        let list = Command::new("dpkg-deb").arg("--contents").arg(&package).must_succeed()?;
        for (mode, path) in [
            ("-rwxr-xr-x root/root", "./usr/bin/forewarn"),
            ("-rw-r--r-- root/root", "./usr/lib/systemd/system/forewarn.service"),
            ("drwxr-x--- root/root", "./etc/forewarn/"),
            ("-rw-r----- root/root", "./etc/forewarn/forewarn.toml"),
        ] {
            ensure!(
                list.lines().any(|line| line.starts_with(mode) && line.ends_with(path)),
                "{path}:\n{list}"
            );
        }
        let kept = Command::new("dpkg-deb").args(["--info"]).arg(&package).arg("conffiles").must_succeed()?;
        ensure!(kept == "/etc/forewarn/forewarn.toml\n", "{kept}");
        let control = Command::new("dpkg-deb").arg("--field").arg(&package).must_succeed()?;
        ensure!(control.contains(&format!("Version: {}", env!("CARGO_PKG_VERSION"))), "{control}");
        ensure!(!control.contains('{'), "{control}");
        Ok(())
    }

    #[test]
    fn the_unit_starts_what_the_package_brings_and_may_write_nothing_but_its_data() -> Result<()> {
        let unit = fs::read_to_string(workspace::root().join("packaging/forewarn.service"))?;
        for line in [
            "ExecStart=/usr/bin/forewarn serve --config /etc/forewarn/forewarn.toml",
            "User=forewarn",
            "StateDirectory=forewarn",
            "ProtectSystem=strict",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
        ] {
            ensure!(unit.lines().any(|found| found == line), "{line} is missing");
        }
        Ok(())
    }
}
