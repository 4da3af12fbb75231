//! Laying a second reading of a line along the first, word by word.

/// What the second reading says in place of each word of the first; none where it says nothing.
///
/// Both lines are aligned with the fewest insertions, deletions and substitutions (Levenshtein), so
/// that a word one reading splits or joins does not shift the others.
pub(super) fn by_word(words: &[&str], second: &str) -> Vec<Option<String>> {
    let first: Vec<char> = words.join(" ").chars().collect();
    let second: Vec<char> = second.chars().collect();
    let mut owners = Vec::with_capacity(first.len());
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            owners.push(None);
        }
        owners.extend(word.chars().map(|_| Some(index)));
    }
    let mut found = vec![String::new(); words.len()];
    let mut last = None;
    for (letter, place) in second.iter().zip(places(&first, &second)) {
        // A letter that the first reading has not got belongs to the word it follows.
        last = match place {
            Place::At(index) => owners[index],
            Place::Before(index) => {
                let next = owners.get(index).copied().flatten();
                if last.is_some() && *letter != ' ' {
                    last
                } else {
                    next
                }
            }
        };
        if let Some(owner) = last {
            found[owner].push(*letter);
        }
    }
    found
        .into_iter()
        .map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
        .collect()
}

#[derive(Clone, Copy)]
enum Place {
    /// In the place of this character of the first reading.
    At(usize),
    /// Before it, with no counterpart.
    Before(usize),
}

/// For each character of the second reading, where it stands in the first.
fn places(first: &[char], second: &[char]) -> Vec<Place> {
    let width = second.len() + 1;
    let mut cost = vec![0_u32; (first.len() + 1) * width];
    for (column, cell) in cost[..width].iter_mut().enumerate() {
        *cell = column as u32 * 2;
    }
    let change = |a: char, b: char| match (a == b, a == ' ' || b == ' ') {
        (true, _) => 0,
        (false, false) => 2,
        // A letter for a space is two mistakes, and would carry words into each other.
        (false, true) => 4,
    };
    for row in 1..=first.len() {
        cost[row * width] = row as u32 * 2;
        for column in 1..width {
            let at = row * width + column;
            let step = change(first[row - 1], second[column - 1]);
            cost[at] = (cost[at - width - 1] + step)
                .min(cost[at - width] + 2)
                .min(cost[at - 1] + 2);
        }
    }
    let (mut row, mut column) = (first.len(), second.len());
    let mut places = Vec::with_capacity(second.len());
    while column > 0 {
        let at = row * width + column;
        if row > 0 && cost[at] == cost[at - width - 1] + change(first[row - 1], second[column - 1])
        {
            row -= 1;
            column -= 1;
            places.push(Place::At(row));
        } else if cost[at] == cost[at - 1] + 2 {
            column -= 1;
            places.push(Place::Before(row));
        } else {
            row -= 1;
        }
    }
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::by_word;

    fn check(words: &[&str], second: &str, expected: &[Option<&str>]) {
        let found = by_word(words, second);
        let found: Vec<Option<&str>> = found.iter().map(Option::as_deref).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_word_gets_its_own_part() {
        check(
            &["DE", "LA", "RUE"],
            "DE LA RUE",
            &[Some("DE"), Some("LA"), Some("RUE")],
        );
        check(
            &["JEAN", "PIERRE"],
            "JEAN P1ERRE",
            &[Some("JEAN"), Some("P1ERRE")],
        );
    }

    #[test]
    fn words_that_run_together_are_told_apart() {
        check(
            &["JEAN", "PIERRE"],
            "JEANPIERRE",
            &[Some("JEAN"), Some("PIERRE")],
        );
        check(&["JEANPIERRE"], "JEAN PIERRE", &[Some("JEAN PIERRE")]);
    }

    #[test]
    fn what_was_not_seen_is_none() {
        check(
            &["4a.", "01.01.2014"],
            "01.01.2014",
            &[None, Some("01.01.2014")],
        );
        check(&["A", "B"], "", &[None, None]);
        check(&[], "A", &[]);
    }

    #[test]
    fn letters_behind_a_word_stay_with_it() {
        check(&["12", "MAI"], "123 MAI", &[Some("123"), Some("MAI")]);
    }
}
