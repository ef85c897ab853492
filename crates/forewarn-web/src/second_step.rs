//! Codes that change every thirty seconds (TOTP, RFC 6238), each good once, and recovery codes beside them.

use crate::attempt::Attempt;
use crate::client::Client;
use crate::error::AppError;
use crate::links;
use crate::state::{AppState, FreshIds};
use forewarn_store::people::Person;
use forewarn_store::security_log::What;
use jiff::Timestamp;
use qrcodegen::{QrCode, QrCodeEcc};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use totp_rs::{Builder, Secret, Totp};

/// How many recovery codes somebody gets.
const RECOVERY_CODES: usize = 10;

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Checked {
    /// It was right, and is used up.
    Right,
    /// It was wrong, or had been used.
    Wrong,
    /// One try too many.
    TooMany,
}

/// Checks a code that somebody typed who knows their password: of the phone, or a recovery code. Counts like a
/// password.
pub(crate) async fn check(
    state: &AppState,
    client: &Client,
    person: &Person,
    typed: &str,
) -> Result<Checked, AppError> {
    let Some(attempt) = Attempt::begin(state, client, &person.email, Some(person.id)).await? else {
        return Ok(Checked::TooMany);
    };
    if is_right(state, client, person, typed).await? {
        attempt.right();
        return Ok(Checked::Right);
    }
    attempt.wrong(What::WrongCode).await?;
    Ok(Checked::Wrong)
}

async fn is_right(state: &AppState, client: &Client, person: &Person, typed: &str) -> Result<bool, AppError> {
    let now = state.now();
    let Some(second) = state.store.second_step(person.id).await? else { return Ok(false) };
    if let Some(step) = step_of(&second.secret, typed, now) {
        return Ok(state.store.take_step(person.id, step).await?);
    }
    let used = client.event(What::RecoveryCodeUsed, Some(person.id), now);
    Ok(state.store.take_recovery_code(person.id, &hash_of(typed), &used).await?)
}

/// The thirty seconds that a typed code belongs to, if it is one of now, or of one step before or after: clocks
/// of phones differ.
pub(crate) fn step_of(secret: &str, typed: &str, now: Timestamp) -> Option<i64> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let step = totp(secret)?.check(&digits, now.as_second().try_into().ok()?)?;
    step.try_into().ok()
}

/// A new secret: 160 bits, in base 32.
pub(crate) fn new_secret(fresh: &FreshIds) -> String {
    Secret::from(random(fresh)[..20].to_vec()).to_base32()
}

/// New recovery codes of 120 bits each, as they are shown once: "ABCD-EFGH-IJKL-MNOP-QRST-UVWX". So many that their
/// hashes tell nobody anything (ASVS 6.5.2 asks for 112).
pub(crate) fn new_recovery_codes(fresh: &FreshIds) -> Vec<String> {
    let code = || {
        let letters = Secret::from(random(fresh)[..15].to_vec()).to_base32();
        in_groups(&letters, "-")
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// Under what the store keeps a recovery code, however it is typed.
pub(crate) fn hash_of(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    links::hash(&letters.map(|letter| letter.to_ascii_uppercase()).collect::<String>())
}

/// "ABCD EFGH": easier to type.
pub(crate) fn in_groups(letters: &str, between: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(between)
}

/// What a phone reads from the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// How many squares wide and high, with the white border.
    pub size: i32,
    /// The dark squares, as the path of an SVG.
    pub path: String,
}

/// The picture of a secret, for the phone of somebody with this address.
pub(crate) fn picture(secret: &str, email: &str) -> Option<Picture> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let name = email.replace(':', " ");
    let totp = Builder::new().with_secret(secret).with_account_name(name).with_issuer(Some("Forewarn"));
    let code = QrCode::encode_text(&totp.build().ok()?.to_url().ok()?, QrCodeEcc::Medium).ok()?;
    const BORDER: i32 = 4;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            write!(path, "M{},{}h1v1h-1z", x + BORDER, y + BORDER).ok()?;
        }
    }
    Some(Picture { size: code.size() + 2 * BORDER, path })
}

fn totp(secret: &str) -> Option<Totp> {
    Builder::new().with_secret(Secret::try_from_base32(secret).ok()?).build().ok()
}

/// 32 bytes that nobody can guess.
fn random(fresh: &FreshIds) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(fresh().as_bytes());
    digest.update(fresh().as_bytes());
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret is twenty ASCII digits; six of the eight digits.
    #[test]
    fn codes_are_those_of_the_standard_and_of_a_step_before_or_after() {
        let secret = Secret::from(b"12345678901234567890".to_vec()).to_base32();
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        assert_eq!(step_of(&secret, "287082", at(59)), Some(1));
        assert_eq!(step_of(&secret, "287 082", at(89)), Some(1), "thirty seconds late");
        assert_eq!(step_of(&secret, "287082", at(90)), None, "a minute late");
        assert_eq!(step_of(&secret, "081804", at(1_111_111_109)), Some(37_037_036));
        for wrong in ["", "28708", "2870822", "abcdef", "287082x"] {
            assert_eq!(step_of(&secret, wrong, at(59)), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_recovery_code_is_the_same_however_it_is_typed() {
        assert_eq!(hash_of("ABCD-EFGH-IJKL-MNOP"), hash_of(" abcd efgh ijkl mnop"));
        assert_ne!(hash_of("ABCD-EFGH-IJKL-MNOP"), hash_of("ABCD-EFGH-IJKL-MNOQ"));
    }

    #[test]
    fn the_picture_has_a_white_border() {
        let picture = picture(&Secret::from(vec![7; 20]).to_base32(), "jon@norpump.example").unwrap();
        assert!(picture.size > 8 && picture.path.starts_with("M4,4h1v1h-1z"));
    }
}
