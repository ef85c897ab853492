//! The pages of Forewarn, and the JSON behind them.

pub mod assets;
pub mod pages;
