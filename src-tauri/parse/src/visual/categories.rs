//! The table on the back of a driving licence: a row a class, with dates and codes.
//!
//! ISO/IEC 18013-1 and Directive 2006/126/EC, annex I: column 9 the class, 10 since when, 11 until when,
//! 12 the restrictions.

use model::definition::Shape;
use model::{FieldName, Personal};

use super::choose::Choice;
use super::fold::letters;
use super::page::Span;
use super::shape::{Role, date};
use crate::Claim;

/// A class that stands on the page.
struct Row {
    class: String,
    span: Span,
    left: f32,
}

/// The claims of the table, where the definition has one. Its dates are no other field's afterwards.
pub(crate) fn claims(choice: &mut Choice<'_>) -> Vec<Claim> {
    let (claims, spans) = table(choice);
    for span in &spans {
        choice.reserve(span);
    }
    claims
}

fn table(choice: &Choice<'_>) -> (Vec<Claim>, Vec<Span>) {
    let shape = choice.definition.fields.iter().map(|field| &field.shape);
    let Some(values) = shape.into_iter().find_map(|shape| match shape {
        Shape::CategoryTable { values } => Some(values),
        _ => None,
    }) else {
        return (Vec::new(), Vec::new());
    };
    let (mut claims, mut spans) = (Vec::new(), Vec::new());
    let mut listed: Vec<(String, Span)> = Vec::new();
    for row in rows(choice, values) {
        let area = choice.page.area(&row.span);
        let mut cells: Vec<Span> = choice
            .page
            .pieces
            .iter()
            .enumerate()
            .filter(|(index, piece)| {
                *index != row.span.piece
                    && piece.area.left > area.right - 2.0
                    && piece.area.same_row(&area) > 0.5
            })
            .map(|(index, _)| choice.page.whole(index))
            .collect();
        let length = choice
            .page
            .pieces
            .get(row.span.piece)
            .map_or(0, |piece| piece.text.len());
        cells.push(Span {
            piece: row.span.piece,
            range: row.span.range.end..length,
        });
        cells.sort_by(|one, other| {
            choice
                .page
                .area(one)
                .left
                .total_cmp(&choice.page.area(other).left)
        });
        let mut dates = Vec::new();
        let mut codes = Vec::new();
        for cell in cells {
            let text = choice.page.text(&cell);
            let found = date::all(&text, Role::Other, choice.setting.order, choice.setting.day);
            let end = found.last().map_or(0, |found| found.range.end);
            for found in found {
                let from = cell.range.start;
                dates.push((
                    found.date,
                    Span {
                        piece: cell.piece,
                        range: from + found.range.start..from + found.range.end,
                    },
                    found.score,
                ));
            }
            let rest: String = text.chars().skip(end).collect();
            if !dates.is_empty() && rest.chars().any(|one| one.is_ascii_digit()) {
                codes.push((
                    rest.trim().to_owned(),
                    Span {
                        piece: cell.piece,
                        range: cell.range.start + end..cell.range.end,
                    },
                ));
            }
        }
        if dates.is_empty() {
            continue;
        }
        listed.push((row.class.clone(), row.span.clone()));
        spans.extend(dates.iter().map(|(_, span, _)| span.clone()));
        for ((date, span, score), part) in dates.iter().zip(["from", "until"]) {
            claims.push(claim(
                choice,
                &format!("category_{}_{part}", row.class),
                date.to_string(),
                span,
                0.8 * score,
            ));
        }
        for (text, span) in codes.iter().take(1) {
            claims.push(claim(
                choice,
                &format!("category_{}_codes", row.class),
                text.clone(),
                span,
                0.7,
            ));
        }
    }
    // Under the heading of the column stands its first class only.
    let picked = choice.picked("licence_categories");
    let fewer = picked.is_none_or(|pick| pick.judged.value.split('/').count() < listed.len());
    if choice.definition.field("licence_categories").is_some() && fewer && !listed.is_empty() {
        let names: Vec<&str> = listed.iter().map(|(class, _)| class.as_str()).collect();
        if let Some((_, span)) = listed.first() {
            claims.push(claim(
                choice,
                "licence_categories",
                names.join("/"),
                span,
                0.7,
            ));
        }
    }
    (claims, spans)
}

fn rows(choice: &Choice<'_>, values: &[String]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (index, piece) in choice.page.pieces.iter().enumerate() {
        let first = piece
            .text
            .iter()
            .take_while(|one| !one.is_whitespace())
            .count();
        let span = Span {
            piece: index,
            range: 0..first,
        };
        let seen = letters(&choice.page.text(&span));
        // Behind the number of the column, and with figures for the letters they look like.
        let bare = seen.strip_prefix('9').unwrap_or(&seen);
        let lettered: String = seen
            .chars()
            .enumerate()
            .map(|(index, one)| match (index, one) {
                (0, '8') => 'B',
                (0, '0') => 'D',
                (1.., 'I' | 'L') => '1',
                (_, other) => other,
            })
            .collect();
        let class = [seen.as_str(), bare, &lettered]
            .into_iter()
            .find_map(|seen| values.iter().find(|value| value.as_str() == seen));
        if let Some(class) = class.filter(|class| !rows.iter().any(|row| row.class == **class)) {
            rows.push(Row {
                class: class.clone(),
                left: piece.area.left,
                span,
            });
        }
    }
    // The classes stand in one column.
    let mut lefts: Vec<f32> = rows.iter().map(|row| row.left).collect();
    lefts.sort_by(f32::total_cmp);
    let Some(middle) = lefts.get(lefts.len() / 2).copied() else {
        return rows;
    };
    let slack = 3.0 * choice.page.line_height();
    rows.retain(|row| (row.left - middle).abs() < slack);
    if rows.len() < 2 { Vec::new() } else { rows }
}

fn claim(choice: &Choice<'_>, field: &str, value: String, span: &Span, sure: f32) -> Claim {
    Claim {
        field: FieldName::new(field),
        value: Personal::new(value),
        text: Personal::new(choice.page.text(span)),
        quads: choice.page.quads(span),
        confidence: sure * choice.page.confidence(span),
        agreed: choice.page.agreed(span),
        rule: "category_table".to_owned(),
        alternatives: Vec::new(),
    }
}
