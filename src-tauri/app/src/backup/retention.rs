//! Which backups are kept, and removing the others.

use std::{collections::HashSet, path::Path};

use model::Timestamp;

use super::{
    manifest::{Summary, backups, ids, list},
    objects, path_error,
};
use crate::Error;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// How many backups are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The newest of each of so many days on which there was one.
    pub daily: usize,
    /// The newest of each of so many weeks in which there was one.
    pub weekly: usize,
}

impl Kept {
    /// A week by days, a month by weeks.
    pub const USUAL: Self = Self {
        daily: 7,
        weekly: 4,
    };
}

/// Removes the backups that are not kept, and the objects that belong to none; says how many backups went. The
/// newest always stays.
pub fn prune(folder: &Path, kept: Kept, now: Timestamp) -> Result<u64, Error> {
    let mut removed = 0;
    let gone = expired(&list(folder)?, kept);
    let place = backups(folder);
    for id in &gone {
        for name in [format!("{id}.json"), format!("{id}.objects")] {
            let path = place.join(name);
            std::fs::remove_file(&path).map_err(path_error(&path))?;
        }
        removed += 1;
    }
    if removed > 0 {
        remove_objects(folder, now)?;
    }
    Ok(removed)
}

/// Ids of the backups that are neither the newest of one of the last days nor of one of the last weeks.
/// `found` comes newest first.
fn expired(found: &[Summary], kept: Kept) -> Vec<String> {
    let mut keep: HashSet<&str> = found
        .first()
        .map(|newest| newest.id.as_str())
        .into_iter()
        .collect();
    for (length, count) in [(DAY, kept.daily), (7 * DAY, kept.weekly)] {
        let mut spans = Vec::new();
        for backup in found {
            let span = backup.made_at.0.div_euclid(length);
            if !spans.contains(&span) && spans.len() < count {
                spans.push(span);
                keep.insert(&backup.id);
            }
        }
    }
    let ids = found.iter().map(|backup| &backup.id);
    ids.filter(|id| !keep.contains(id.as_str()))
        .cloned()
        .collect()
}

/// Removes the objects that no backup lists. Those of the last day stay: a backup that is being made lists
/// them only at its end.
fn remove_objects(folder: &Path, now: Timestamp) -> Result<(), Error> {
    let mut listed = HashSet::new();
    for id in ids(folder)? {
        let path = backups(folder).join(format!("{id}.objects"));
        let names = std::fs::read_to_string(&path).map_err(path_error(&path))?;
        listed.extend(names.lines().map(ToOwned::to_owned));
    }
    let young = std::time::UNIX_EPOCH
        + std::time::Duration::from_millis(u64::try_from(now.0 - DAY).unwrap_or_default());
    let place = objects(folder);
    for shelf in std::fs::read_dir(&place).map_err(path_error(&place))? {
        let shelf = shelf.map_err(path_error(&place))?.path();
        for object in std::fs::read_dir(&shelf).map_err(path_error(&shelf))? {
            let object = object.map_err(path_error(&shelf))?;
            let name = object.file_name();
            let is_listed = name.to_str().is_some_and(|name| listed.contains(name));
            let written = object.metadata().and_then(|data| data.modified());
            if !is_listed && written.is_ok_and(|at| at < young) {
                let path = object.path();
                std::fs::remove_file(&path).map_err(path_error(&path))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{DAY, Kept, Summary, Timestamp, expired};

    fn made(days_ago: &[i64]) -> Vec<Summary> {
        // Noon of a Thursday: weeks are counted from that day, the first of January 1970.
        let now = 2000 * 7 * DAY + DAY / 2;
        let one = |days: &i64| Summary {
            id: days.to_string(),
            made_at: Timestamp(now - days * DAY),
            rows: 0,
            objects: 0,
            missing: 0,
        };
        days_ago.iter().map(one).collect()
    }

    #[test]
    fn the_newest_of_days_and_weeks_stay() {
        let kept = Kept {
            daily: 3,
            weekly: 2,
        };
        let every_day: Vec<i64> = (0..30).collect();
        let gone = expired(&made(&every_day), kept);
        let stay: Vec<_> = every_day
            .iter()
            .filter(|day| !gone.contains(&day.to_string()))
            .collect();
        // Today is the newest of its week, yesterday that of the week before.
        assert_eq!(stay, [&0, &1, &2]);
        let rare = [0, 20, 40, 60];
        assert_eq!(expired(&made(&rare), kept), ["60"]);
    }

    #[test]
    fn the_newest_stays_whatever_is_asked() {
        let kept = Kept {
            daily: 0,
            weekly: 0,
        };
        assert_eq!(expired(&made(&[0, 1]), kept), ["1"]);
        assert!(expired(&[], kept).is_empty());
    }
}
