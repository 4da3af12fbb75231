//! Hears from a server that another process wrote something.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use store::{Listener, Store};

use crate::{Error, signal::Signal};

/// How often it is looked whether anybody still wants to know.
const LOOK: Duration = Duration::from_millis(250);

/// How long after the server went away it is asked again.
const TROUBLE: Duration = Duration::from_secs(2);

/// Rings whenever a server says that something was written, until nobody holds the bell any more. On a
/// file there is nothing to hear; everybody who waits also looks by himself now and then.
pub(crate) fn listen(store: Store, signal: &Arc<Signal>) -> Result<(), Error> {
    let Some(listener) = store.listen()? else {
        return Ok(());
    };
    let signal = Arc::downgrade(signal);
    let thread = std::thread::Builder::new().name("news".to_owned());
    let thread = thread.spawn(move || hear(&store, Some(listener), &signal));
    thread.map(drop).map_err(Error::Thread)
}

fn hear(store: &Store, mut listener: Option<Listener>, signal: &Weak<Signal>) {
    while signal.strong_count() > 0 {
        let heard = match listener.as_mut() {
            Some(listener) => listener.wait(LOOK),
            None => match store.listen() {
                Ok(again) => {
                    listener = again;
                    // Whatever was said meanwhile was not heard.
                    Ok(true)
                }
                Err(error) => Err(error),
            },
        };
        match heard {
            Ok(true) => {
                if let Some(signal) = signal.upgrade() {
                    signal.ring();
                }
            }
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(
                    code = error.code(),
                    "news of other processes are late: {error}"
                );
                listener = None;
                std::thread::sleep(TROUBLE);
            }
        }
    }
}
