use std::path::Path;

use anyhow::Result;

use crate::command::Named as _;
use crate::workspace;

/// What the rules look at: the text files of the repository, and what cargo knows of its crates.
pub(super) struct Sources {
    pub(super) files: Vec<Source>,
    pub(super) metadata: serde_json::Value,
}

/// A text file.
pub(super) struct Source {
    /// From the root of the repository, with `/` between folders.
    pub(super) path: String,
    pub(super) text: String,
}

impl Sources {
    pub(super) fn of_the_repository() -> Result<Self> {
        let mut files = Vec::new();
        for path in workspace::files()? {
            let Ok(text) = std::fs::read_to_string(workspace::root().join(&path)) else { continue };
            files.push(Source { path: path.to_string_lossy().replace('\\', "/"), text });
        }
        let metadata = workspace::cargo(&["metadata", "--no-deps", "--format-version=1"]).must_succeed()?;
        Ok(Self { files, metadata: serde_json::from_str(&metadata)? })
    }

    /// A repository made up by a test.
    #[cfg(test)]
    pub(super) fn of_files(files: &[(&str, &str)]) -> Self {
        let source =
            |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
        Self { files: files.iter().map(source).collect(), metadata: serde_json::Value::Null }
    }

    /// The files whose names end with one of `extensions`.
    pub(super) fn ending_with<'a>(&'a self, extensions: &'a [&str]) -> impl Iterator<Item = &'a Source> {
        self.files.iter().filter(|file| file.extension().is_some_and(|its| extensions.contains(&its)))
    }

    /// The crates of the workspace: their name, and what each depends on.
    pub(super) fn crates(&self) -> Vec<Crate<'_>> {
        let packages = self.metadata["packages"].as_array().into_iter().flatten();
        packages.map(Crate::from_metadata).collect()
    }
}

impl Source {
    pub(super) fn extension(&self) -> Option<&str> {
        Path::new(&self.path).extension()?.to_str()
    }

    /// The lines, counted from 1, with their place.
    pub(super) fn lines(&self) -> impl Iterator<Item = (String, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (format!("{}:{}", self.path, index + 1), line))
    }
}

/// A crate of the workspace.
pub(super) struct Crate<'a> {
    pub(super) name: &'a str,
    pub(super) dependencies: Vec<Dependency<'a>>,
}

/// A line under `[dependencies]`, `[dev-dependencies]` or `[build-dependencies]`.
pub(super) struct Dependency<'a> {
    pub(super) name: &'a str,
    /// For tests and benches only.
    pub(super) dev: bool,
    /// A crate of this workspace.
    pub(super) ours: bool,
}

impl<'a> Crate<'a> {
    fn from_metadata(package: &'a serde_json::Value) -> Self {
        let dependencies = package["dependencies"].as_array().into_iter().flatten();
        let dependency = |one: &'a serde_json::Value| Dependency {
            name: one["name"].as_str().unwrap_or_default(),
            dev: one["kind"] == "dev",
            ours: one["path"].is_string(),
        };
        Self {
            name: package["name"].as_str().unwrap_or_default(),
            dependencies: dependencies.map(dependency).collect(),
        }
    }
}
