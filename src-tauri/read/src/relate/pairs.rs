//! Which of many possible pairs of sides hold.

use model::{DocumentId, Verdict};

/// Two documents that may be the sides of one card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// One of them.
    pub one: DocumentId,
    /// The other.
    pub other: DocumentId,
    /// What speaks for it, in nats.
    pub log_odds: f32,
    /// What a person said of it.
    pub verdict: Option<Verdict>,
}

impl Edge {
    /// The two in the order of their making.
    fn ends(&self) -> (DocumentId, DocumentId) {
        (self.one.min(self.other), self.one.max(self.other))
    }
}

/// The pairs that hold: what people said first, then the likeliest first, each document once. The order
/// in which the edges or the ends of one are given makes no difference.
pub fn pairs(edges: &[Edge]) -> Vec<(DocumentId, DocumentId)> {
    let holds = |edge: &&Edge| match edge.verdict {
        Some(Verdict::Same) => true,
        Some(Verdict::Different) => false,
        None => edge.log_odds >= super::PAIRED,
    };
    let mut edges: Vec<&Edge> = edges.iter().filter(holds).collect();
    edges.sort_by(|one, other| {
        let said = |edge: &Edge| edge.verdict.is_some();
        said(other)
            .cmp(&said(one))
            .then(other.log_odds.total_cmp(&one.log_odds))
            .then_with(|| one.ends().cmp(&other.ends()))
    });
    let mut pairs: Vec<(DocumentId, DocumentId)> = Vec::new();
    for edge in edges {
        let ends = edge.ends();
        let taken = |id: DocumentId| pairs.iter().any(|(one, other)| *one == id || *other == id);
        if !taken(ends.0) && !taken(ends.1) {
            pairs.push(ends);
        }
    }
    pairs.sort_unstable();
    pairs
}
