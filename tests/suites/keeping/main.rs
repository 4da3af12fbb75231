//! What the real program keeps: it is killed without warning, looked into, tampered with, made to
//! forget, and everything around it fails.

mod faults;
mod forgetting;
mod kill;
mod sealed;
mod tampering;
