//! Records of a run, ready to be kept.

use blobs::{DataKey, ObjectName};
use jiff::{civil::Date, tz::TimeZone};
use model::{
    Correction, CorrectionId, Document, DocumentId, DocumentStatus, ReadingId, Timestamp, UserId,
};
use store::{documents::Derived, readings::Written};
use uuid::Uuid;

use super::{
    Plan,
    dice::Dice,
    record::{Invented, Touch, invent},
};
use crate::{App, Error, random, review, search};

/// Over how long the submissions are spread, up to now, in milliseconds: three years.
const SPREAD: i64 = 3 * 365 * 24 * 3_600_000;

/// The picture that those get which have a file; what follows the end of a JPEG makes each another file.
const PICTURE: &[u8] = include_bytes!("../../samples/passport-poor-photo.jpg");

/// What every record of a run has in common.
pub(super) struct Series<'a> {
    pub(super) app: &'a App,
    pub(super) plan: &'a Plan,
    /// How many documents were there before.
    pub(super) first: u64,
    /// Who asked for it.
    pub(super) caller: UserId,
    /// Who may have submitted and corrected.
    pub(super) users: Vec<UserId>,
    pub(super) now: Timestamp,
}

/// A record with everything that is kept of it.
pub(super) struct Dealt {
    pub(super) document: Document,
    /// The key of its file; none where it has no file.
    pub(super) key: Option<DataKey>,
    pub(super) object: ObjectName,
    pub(super) derived: Derived,
    /// None where it was stopped before it was read.
    pub(super) read: Option<Read>,
    pub(super) corrections: Vec<Correction>,
}

/// What is kept of the reading.
pub(super) struct Read {
    pub(super) written: Written,
    pub(super) words: Vec<String>,
}

impl Series<'_> {
    /// Deals one of the run, counted from 0, and writes its file if it gets one.
    pub(super) fn deal(&self, index: u64) -> Result<Dealt, Error> {
        let number = self.first + index;
        let mut dice = Dice::at(self.plan.seed, number);
        let submitted_at = self.instant(index);
        let invented = invent(&mut dice, number + 1, day(submitted_at));
        let changed_at = Timestamp(self.now.0.min(submitted_at.0 + invented.took));
        let id = DocumentId(uuid(&mut dice, submitted_at));
        let submitted_by = self.user(&mut dice);
        let reviewer = self.user(&mut dice);
        let correction = |touch: &Touch, dice: &mut Dice| Correction {
            id: CorrectionId(uuid(dice, changed_at)),
            document: id,
            field: touch.field.clone(),
            kind: touch.kind,
            value: touch.value.clone(),
            by: reviewer,
            at: changed_at,
        };
        let touches = invented.touches.iter();
        let corrections: Vec<_> = touches.map(|touch| correction(touch, &mut dice)).collect();
        let reading_id = ReadingId(uuid(&mut dice, submitted_at));
        let (status, problem, derived, read) = match &invented.reading {
            Some(reading) => {
                let standing = review::standing(reading, &corrections);
                let read = Read {
                    written: Written::new(reading_id, reading, submitted_at)?,
                    words: search::words(invented.name.expose(), &standing.record),
                };
                let derived = standing.derived;
                (standing.status, standing.problem, derived, Some(read))
            }
            None => (DocumentStatus::Cancelled, None, Derived::default(), None),
        };
        let key = DataKey::new(random::bytes()?);
        let (digest, object, size) = self.file(index, &invented, &key)?;
        let key = (index < self.plan.files).then_some(key);
        Ok(Dealt {
            document: Document {
                id,
                name: invented.name,
                digest,
                media_type: "image/jpeg".to_owned(),
                size,
                status,
                problem,
                submitted_by,
                submitted_at,
                changed_at,
            },
            key,
            object,
            derived,
            read,
            corrections,
        })
    }

    /// The file of a record: it is stored for the first ones, and has only a name for the others.
    fn file(
        &self,
        index: u64,
        invented: &Invented,
        key: &DataKey,
    ) -> Result<(model::BlobDigest, ObjectName, u64), Error> {
        let naming = &self.app.inner.naming;
        let own = [self.plan.seed, self.first + index].map(u64::to_le_bytes);
        let is_stored = index < self.plan.files;
        let start = if is_stored { PICTURE } else { b"invented" };
        let content = [start, own.as_flattened()].concat();
        let digest = naming.digest(&content);
        let object = naming.object_name(&digest, key);
        if is_stored {
            self.app.inner.blobs.put(&object, key, &content)?;
            return Ok((digest, object, content.len() as u64));
        }
        Ok((digest, object, invented.size))
    }

    /// When one of the run was submitted: the later, the later.
    fn instant(&self, index: u64) -> Timestamp {
        let share = index as f64 / self.plan.records.max(1) as f64;
        Timestamp(self.now.0 - SPREAD + (SPREAD as f64 * share) as i64)
    }

    fn user(&self, dice: &mut Dice) -> UserId {
        let last = self.users.len().saturating_sub(1) as i64;
        let chosen = self.users.get(dice.number(0, last) as usize);
        chosen.copied().unwrap_or(self.caller)
    }
}

fn day(at: Timestamp) -> Date {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    instant.to_zoned(TimeZone::UTC).date()
}

fn uuid(dice: &mut Dice, at: Timestamp) -> Uuid {
    let random = [dice.bits(), dice.bits()].map(u64::to_le_bytes);
    let mut bytes = [0; 10];
    for (byte, thrown) in bytes.iter_mut().zip(random.as_flattened()) {
        *byte = *thrown;
    }
    let millis = u64::try_from(at.0).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}
