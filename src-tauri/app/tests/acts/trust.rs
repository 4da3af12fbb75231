//! The list of signers whose barcodes are believed.

use lectern_app::{App, Error, people, trust};
use model::{Caller, Door, Role};

use crate::place::{Place, me};

/// A certificate of an invented signer, `LEC1` of `FR91`.
const CERTIFICATE: &str = include_str!("trust/certificate.pem");

fn clerk(app: &App) -> Caller {
    let user =
        people::add_user(app, &me(app), "Anna", Role::Clerk, "correct horse battery").unwrap();
    Caller {
        user: user.id,
        role: Role::Clerk,
        door: Door::Network,
    }
}

#[test]
fn an_admin_imports_a_list_and_everybody_sees_its_age() {
    let place = Place::new();
    let app = place.open();
    let admin = me(&app);
    assert!(trust::list(&app, &admin).unwrap().is_none());

    let clerk = clerk(&app);
    let refused = trust::import(&app, &clerk, CERTIFICATE.as_bytes());
    assert!(matches!(
        refused,
        Err(Error::NotAllowed {
            needed: Role::Admin
        })
    ));

    let imported = trust::import(&app, &admin, CERTIFICATE.as_bytes()).unwrap();
    assert_eq!(imported.certificates()[0].authority, "FR91");
    let seen = trust::list(&app, &clerk).unwrap().unwrap();
    assert_eq!(seen, imported);
    assert_eq!(seen.issued(), None);
}

#[test]
fn what_is_no_list_changes_nothing() {
    let place = Place::new();
    let app = place.open();
    let admin = me(&app);
    trust::import(&app, &admin, CERTIFICATE.as_bytes()).unwrap();
    let error = trust::import(&app, &admin, b"a letter").unwrap_err();
    assert_eq!(error.code(), "trust_list_no_certificate");
    assert!(trust::list(&app, &admin).unwrap().is_some());
}
