//! How much a claim of the print or of a barcode is worth by itself.
//!
//! The figures are a logistic regression over drawn documents and public specimens of every type;
//! `tests/bench/calibrate.py` fits and prints them, and `lectern bench --calibration` shows on any
//! manifest how well they hold.

use parse::Claim;

use crate::settle::is_date;

/// A barcode is protected by error correction, so that what it says was never misread; that the right
/// element was taken for the field is as good as certain.
pub(crate) const BARCODE: f32 = 0.99;

/// Nothing printed is surer by itself.
const MOST: f32 = 0.99;

/// What an unknown reader outside of this machine says was never measured here: worth a look, and not
/// enough to be believed alone. Below what overrules anything in silence.
pub(crate) const OUTSIDE: f32 = 0.7;

// 399 values, 94.5 % right.
const INTERCEPT: f32 = 0.94;
const CERTAINTY: f32 = 0.76;
const AGREED: f32 = 1.49;
const BY_CODE: f32 = 0.60;
const BY_POSITION: f32 = -1.96;
const BY_CHRONOLOGY: f32 = 0.98;
const BY_TAGGER: f32 = -1.23;
const OF_NAME: f32 = -0.81;
const OF_NUMBER: f32 = 1.14;
const OF_TEXT: f32 = -1.08;

/// The probability that a claim of the print is right: the recogniser's certainty, whether a second one
/// saw the same, the rule that found the value, and what kind of value it is.
pub(crate) fn visual(claim: &Claim) -> f32 {
    let certainty = claim.confidence.clamp(0.01, 0.995);
    let rule = match claim.rule.as_str() {
        "field_number" => BY_CODE,
        "position" => BY_POSITION,
        "chronology" => BY_CHRONOLOGY,
        "tagger" => BY_TAGGER,
        _ => 0.0,
    };
    let name = claim.field.as_str();
    let kind = if is_date(claim.value.expose()) {
        0.0
    } else if matches!(name, "surname" | "given_names") {
        OF_NAME
    } else if name.ends_with("number") || matches!(name, "A" | "E" | "can") {
        OF_NUMBER
    } else {
        OF_TEXT
    };
    let agreed = if claim.agreed { AGREED } else { 0.0 };
    let odds = INTERCEPT + CERTAINTY * (certainty / (1.0 - certainty)).ln() + agreed + rule + kind;
    (1.0 / (1.0 + (-odds).exp())).min(MOST)
}

#[cfg(test)]
mod tests {
    use model::{FieldName, Personal};
    use parse::Claim;

    use super::visual;

    fn claim(confidence: f32, agreed: bool, rule: &str) -> Claim {
        Claim {
            field: FieldName::SURNAME,
            value: Personal::new("ERIKSSON"),
            text: Personal::new("ERIKSSON"),
            quads: Vec::new(),
            confidence,
            agreed,
            rule: rule.to_owned(),
            alternatives: Vec::new(),
        }
    }

    #[test]
    fn agreement_certainty_and_firm_rules_are_worth_more() {
        let worth = |confidence, agreed, rule| visual(&claim(confidence, agreed, rule));
        assert!(worth(0.9, true, "label") > worth(0.9, false, "label"));
        assert!(worth(0.95, true, "label") > worth(0.6, true, "label"));
        assert!(worth(0.9, true, "label") > worth(0.9, true, "position"));
        // A lone recogniser is never sure enough by itself, two that agree may be.
        assert!(worth(0.97, false, "label") < crate::settle::SURE);
        assert!(worth(0.97, true, "label") > crate::settle::SURE);
        assert!((0.0..1.0).contains(&worth(f32::NAN.max(0.0), false, "tagger")));
    }
}
