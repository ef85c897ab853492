//! A field of a form with what it does, and what is wrong with what was typed.

/// One field.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Its name, which is its id, too.
    pub name: &'static str,
    /// "Tolerance, working days"
    pub label: String,
    /// How to write it, below the label; may be empty.
    pub hint: String,
    /// What stands in it.
    pub value: String,
    /// What that does, in a sentence with real days; may be empty.
    pub effect: String,
    /// What is wrong with it, and what to do.
    pub wrong: Option<String>,
}

impl Field {
    /// A field without hint and effect.
    pub fn new(name: &'static str, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name, label: label.into(), value: value.into(), ..Self::default() }
    }

    /// The same field with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// The same field with what it does.
    #[must_use]
    pub fn effect(self, effect: impl Into<String>) -> Self {
        Self { effect: effect.into(), ..self }
    }

    /// The ids of what explains it, for `aria-describedby`; empty if nothing does.
    #[must_use]
    pub fn described_by(&self) -> String {
        let told = [
            (!self.hint.is_empty(), "hint"),
            (!self.effect.is_empty(), "effect"),
            (self.wrong.is_some(), "wrong"),
        ];
        let ids = told.iter().filter(|(there, _)| *there).map(|(_, what)| format!("{}-{what}", self.name));
        ids.collect::<Vec<_>>().join(" ")
    }
}
