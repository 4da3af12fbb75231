//! How often values of each confidence are right.
//!
//! Confidence is calibrated when of all values given with 0.9 nine in ten are right. The expected
//! calibration error is the mean distance between the two over bins of confidence, each weighted by its
//! values (Naeini, Cooper, Hauskrecht 2015).

use std::fmt;

use indexmap::IndexMap;
use model::{Field, FieldName, Personal};

/// Upper ends of the bins; finer where most values are.
const BINS: [f32; 10] = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01];

/// A value that was answered where the truth is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judged {
    confidence: f32,
    flagged: bool,
    right: bool,
}

/// Judges every answered value against the document's own.
pub(super) fn judge<'a>(
    documents: impl Iterator<
        Item = (
            &'a IndexMap<FieldName, Option<Personal>>,
            &'a IndexMap<FieldName, Field>,
        ),
    >,
) -> Vec<Judged> {
    let of_one = |(truth, answers): (
        &'a IndexMap<FieldName, Option<Personal>>,
        &'a IndexMap<FieldName, Field>,
    )| {
        truth.iter().filter_map(|(name, value)| {
            let value = value.as_ref().filter(|value| !value.is_empty())?;
            let answer = answers.get(name)?;
            Some(Judged {
                confidence: answer.confidence,
                flagged: answer.needs_review,
                right: read::is_same_value(name, value, &answer.value),
            })
        })
    };
    documents.flat_map(of_one).collect()
}

/// One bin of confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bin {
    to: f32,
    values: usize,
    /// Mean confidence.
    said: f32,
    /// Share of right values.
    right: f32,
}

/// The reliability curve.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Curve {
    bins: Vec<Bin>,
    /// Expected calibration error, 0 to 1.
    error: f32,
    /// Values that nobody is asked to look at, and how many of them are wrong.
    silent: (usize, usize),
    /// Values that somebody is asked to look at, and how many of them are wrong.
    flagged: (usize, usize),
}

impl Curve {
    /// The curve of judged values.
    pub(super) fn of(values: &[Judged]) -> Self {
        let mut from = 0.0;
        let mut bins = Vec::new();
        for to in BINS {
            let inside: Vec<&Judged> = values
                .iter()
                .filter(|one| (from..to).contains(&one.confidence))
                .collect();
            from = to;
            if inside.is_empty() {
                continue;
            }
            let count = inside.len() as f32;
            bins.push(Bin {
                to: to.min(1.0),
                values: inside.len(),
                said: inside.iter().map(|one| one.confidence).sum::<f32>() / count,
                right: inside.iter().filter(|one| one.right).count() as f32 / count,
            });
        }
        let error: f32 = bins
            .iter()
            .map(|bin| (bin.said - bin.right).abs() * bin.values as f32)
            .sum();
        let part = |flagged: bool| {
            let part = values.iter().filter(|one| one.flagged == flagged);
            (part.clone().count(), part.filter(|one| !one.right).count())
        };
        Self {
            error: error / values.len().max(1) as f32,
            silent: part(false),
            flagged: part(true),
            bins,
        }
    }
}

impl fmt::Display for Curve {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "confidence up to   values    said   right")?;
        for bin in &self.bins {
            writeln!(
                formatter,
                "{:16.2} {:8} {:6.1} % {:5.1} %",
                bin.to,
                bin.values,
                bin.said * 100.0,
                bin.right * 100.0
            )?;
        }
        writeln!(
            formatter,
            "expected calibration error {:.1} %",
            self.error * 100.0
        )?;
        let share = |(all, wrong): (usize, usize)| 100.0 * wrong as f32 / all.max(1) as f32;
        writeln!(
            formatter,
            "not marked for review: {} values, {:.2} % wrong",
            self.silent.0,
            share(self.silent)
        )?;
        write!(
            formatter,
            "marked for review: {} values, {:.2} % wrong",
            self.flagged.0,
            share(self.flagged)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Judged};

    fn values(confidence: f32, right: usize, wrong: usize) -> Vec<Judged> {
        let one = |right| Judged {
            confidence,
            flagged: confidence < 0.95,
            right,
        };
        let mut values = vec![one(true); right];
        values.extend(vec![one(false); wrong]);
        values
    }

    #[test]
    fn what_is_right_as_often_as_it_says_has_no_error() {
        let mut judged = values(0.75, 75, 25);
        judged.extend(values(0.96, 96, 4));
        let curve = Curve::of(&judged);
        assert!(curve.error < 1e-5, "{}", curve.error);
        assert_eq!((curve.silent, curve.flagged), ((100, 4), (100, 25)));
    }

    #[test]
    fn overconfidence_is_an_error() {
        let curve = Curve::of(&values(0.97, 87, 13));
        assert!((curve.error - 0.10).abs() < 1e-4);
        assert!(curve.to_string().contains("13.00 % wrong"));
    }
}
