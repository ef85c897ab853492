//! The rules that never bend, and random histories that try to bend them.
