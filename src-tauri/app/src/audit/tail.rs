//! Writing entries: one, or many in one transaction.

use serde_json::Value;
use store::{Transaction, audit::Entry};
use zeroize::Zeroizing;

use super::{Details, HEAD, Head, What, Who, beginning, digest, hash, seal, seal_key};
use crate::{App, Error, random};

/// The end of the chain, held in a transaction in line while entries are added to it.
pub(crate) struct Tail<'a> {
    app: &'a App,
    transaction: &'a Transaction,
    key: Zeroizing<[u8; 32]>,
    sequence: u64,
    hash: String,
    /// What was added here and is not written yet.
    entries: Vec<Entry>,
}

impl<'a> Tail<'a> {
    /// Looks where the chain ends.
    pub(crate) fn begin(app: &'a App, transaction: &'a Transaction) -> Result<Self, Error> {
        let last = store::audit::last(transaction)?;
        let (sequence, hash) = match last {
            Some(last) => (last.sequence, last.hash),
            None => (0, beginning(transaction)?),
        };
        Ok(Self {
            app,
            transaction,
            key: seal_key(app),
            sequence,
            hash,
            entries: Vec::new(),
        })
    }

    /// Adds an entry, which is written with the end.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "ids are handed in as they are, words as references"
    )]
    pub(crate) fn record(
        &mut self,
        who: Who,
        what: What,
        subject: impl ToString,
        details: Details,
    ) -> Result<(), Error> {
        let subject = Some(subject.to_string()).filter(|subject| !subject.is_empty());
        let mut words = details.words;
        let salt = if details.personal.is_empty() {
            None
        } else {
            let salt = hex::encode(random::bytes::<16>()?.as_slice());
            for (name, value) in &details.personal {
                let digest = format!("blake3:{}", digest(&salt, value));
                words.insert((*name).to_owned(), digest.into());
            }
            Some(salt)
        };
        let mut entry = Entry {
            sequence: self.sequence + 1,
            at: self.app.now(),
            user: who.user(),
            door: who.door().to_owned(),
            act: what.as_str().to_owned(),
            subject,
            details: Value::Object(words).to_string(),
            salt,
            hash: String::new(),
            seal: String::new(),
        };
        entry.hash = hash(&self.hash, &entry);
        entry.seal = seal(&self.key, "entry", &entry.hash);
        self.sequence = entry.sequence;
        self.hash.clone_from(&entry.hash);
        self.entries.push(entry);
        Ok(())
    }

    /// Writes the entries, and notes where the chain ends now; without it they would count as cut off.
    pub(crate) fn end(self) -> Result<(), Error> {
        let Some(entry) = self.entries.last() else {
            return Ok(());
        };
        store::audit::append_all(self.transaction, &self.entries)?;
        let head = Head::of(&self.key, entry);
        let head = serde_json::to_string(&head).map_err(|_| Error::Damaged {
            what: "an audit head",
        })?;
        store::settings::set(self.transaction, HEAD, &head)?;
        Ok(())
    }
}
