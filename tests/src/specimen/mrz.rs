//! Machine-readable zones, encoded from the standards and from nothing of the program under test:
//! ICAO Doc 9303 parts 3 to 7, and the French forms.

/// The 37 symbols of a machine-readable zone, in the order of the recogniser's classes.
pub const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

/// The check digit of ICAO Doc 9303 part 3, section 4.9: weights 7, 3, 1 and the sum modulo 10.
/// Symbols outside the alphabet count nothing.
pub fn check_digit(text: &str) -> char {
    let sum: u32 = text
        .bytes()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(symbol, weight)| {
            weight
                * match symbol {
                    b'0'..=b'9' => u32::from(symbol - b'0'),
                    b'A'..=b'Z' => u32::from(symbol - b'A') + 10,
                    _ => 0,
                }
        })
        .sum();
    char::from(b'0' + (sum % 10) as u8)
}
