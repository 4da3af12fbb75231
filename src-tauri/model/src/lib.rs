//! Names and shapes of the domain: ids, document, page, quad, field, evidence, reading, record, caller, change.
