//! Users, sessions, codes and tokens.

use lectern_app::{App, Error, people};
use model::{Door, Role};

use crate::place::{MINUTE, Place, me, on_both_engines};

on_both_engines![
    the_first_admin_is_made_once,
    sessions_hold_while_they_are_used,
    wrong_passwords_are_slowed_down_by_name,
    a_code_opens_one_session_for_five_minutes,
    tokens_stand_for_their_owner_until_they_are_revoked,
    only_admins_change_users,
];

const PASSWORD: &str = "correct horse battery";

fn with_user(place: &Place, role: Role) -> (App, people::User) {
    let app = place.open();
    let user = people::add_user(&app, &me(&app), "Anna", role, PASSWORD).unwrap();
    (app, user)
}

fn the_first_admin_is_made_once(place: &Place) {
    let app = place.open();
    let first = people::ensure_admin(&app).unwrap().unwrap();
    assert!(people::ensure_admin(&app).unwrap().is_none());
    let signed_in = people::sign_in(&app, &first.name, first.password.expose()).unwrap();
    assert_eq!(signed_in.user.role, Role::Admin);
    assert!(!format!("{first:?}{signed_in:?}").contains(first.password.expose()));

    let local = people::local_caller(&app, Door::Desktop);
    let removed = people::remove_user(&app, &local, signed_in.user.id);
    assert!(matches!(removed, Err(Error::LastAdmin)));
    let itself = people::remove_user(&app, &local, local.user);
    assert!(matches!(itself, Err(Error::LocalUser)));
    assert!(matches!(
        people::sign_in(&app, "local", ""),
        Err(Error::WrongCredentials)
    ));
}

fn sessions_hold_while_they_are_used(place: &Place) {
    let (app, user) = with_user(place, Role::Reviewer);
    let signed_in = people::sign_in(&app, " anna ", PASSWORD).unwrap();
    let secret = signed_in.secret.expose();
    let session = people::session(&app, secret).unwrap().unwrap();
    assert_eq!(
        (session.caller.user, session.caller.role),
        (user.id, Role::Reviewer)
    );
    assert_eq!(session.caller.door, Door::Network);
    assert_eq!(session.csrf.expose(), signed_in.csrf.expose());
    assert_ne!(session.csrf.expose(), secret);
    assert!(people::session(&app, "made up").unwrap().is_none());

    for _ in 0..3 {
        place.clock.turn(11 * 60 * MINUTE);
        assert!(people::session(&app, secret).unwrap().is_some());
    }
    place.clock.turn(12 * 60 * MINUTE);
    assert!(people::session(&app, secret).unwrap().is_none());

    let again = people::sign_in(&app, "ANNA", PASSWORD).unwrap();
    people::sign_out(&app, again.secret.expose()).unwrap();
    assert!(
        people::session(&app, again.secret.expose())
            .unwrap()
            .is_none()
    );
}

fn wrong_passwords_are_slowed_down_by_name(place: &Place) {
    let (app, _) = with_user(place, Role::Clerk);
    for name in ["anna", "nobody"] {
        for _ in 0..5 {
            let wrong = people::sign_in(&app, name, "wrong password");
            assert!(matches!(wrong, Err(Error::WrongCredentials)));
        }
        let slowed = people::sign_in(&app, name, PASSWORD);
        assert!(
            matches!(slowed, Err(Error::TooManyAttempts { seconds: 5 })),
            "{slowed:?}"
        );
    }
    place.clock.turn(5_000);
    assert!(matches!(
        people::sign_in(&app, "anna", "wrong again"),
        Err(Error::WrongCredentials)
    ));
    let slowed = people::sign_in(&app, "Anna", PASSWORD);
    assert!(
        matches!(slowed, Err(Error::TooManyAttempts { seconds: 10 })),
        "{slowed:?}"
    );
    place.clock.turn(10_000);
    people::sign_in(&app, "anna", PASSWORD).unwrap();
    let forgiven = people::sign_in(&app, "anna", "wrong password");
    assert!(matches!(forgiven, Err(Error::WrongCredentials)));
    people::sign_in(&app, "anna", PASSWORD).unwrap();
}

fn a_code_opens_one_session_for_five_minutes(place: &Place) {
    let app = place.open();
    let code = people::make_code(&app, &me(&app)).unwrap();
    let signed_in = people::sign_in_with_code(&app, code.expose()).unwrap();
    assert_eq!(signed_in.user.id, me(&app).user);
    assert!(matches!(
        people::sign_in_with_code(&app, code.expose()),
        Err(Error::CodeInvalid)
    ));

    let late = people::make_code(&app, &me(&app)).unwrap();
    place.clock.turn(5 * MINUTE);
    assert!(matches!(
        people::sign_in_with_code(&app, late.expose()),
        Err(Error::CodeInvalid)
    ));
    place.clock.turn(-MINUTE);
    assert!(matches!(
        people::sign_in_with_code(&app, late.expose()),
        Err(Error::CodeInvalid)
    ));
}

fn tokens_stand_for_their_owner_until_they_are_revoked(place: &Place) {
    let (app, user) = with_user(place, Role::Clerk);
    let anna = people::session(
        &app,
        people::sign_in(&app, "anna", PASSWORD)
            .unwrap()
            .secret
            .expose(),
    )
    .unwrap()
    .unwrap()
    .caller;
    let (info, secret) = people::make_token(&app, &anna, "import script").unwrap();
    let (other, _) = people::make_token(&app, &me(&app), "backup").unwrap();
    let caller = people::token(&app, secret.expose()).unwrap().unwrap();
    assert_eq!((caller.user, caller.role), (user.id, Role::Clerk));
    assert!(people::token(&app, "lectern_made_up").unwrap().is_none());

    let listed = people::list_tokens(&app, &anna).unwrap();
    assert_eq!(listed.len(), 1);
    assert!(listed[0].last_used_at.is_some());
    assert_eq!(people::list_tokens(&app, &me(&app)).unwrap().len(), 2);
    assert!(matches!(
        people::revoke_token(&app, &anna, other.id),
        Err(Error::TokenNotFound)
    ));
    people::revoke_token(&app, &anna, info.id).unwrap();
    assert!(people::token(&app, secret.expose()).unwrap().is_none());
}

fn only_admins_change_users(place: &Place) {
    let (app, user) = with_user(place, Role::Reviewer);
    let signed_in = people::sign_in(&app, "anna", PASSWORD).unwrap();
    let anna = people::session(&app, signed_in.secret.expose())
        .unwrap()
        .unwrap()
        .caller;
    let added = people::add_user(&app, &anna, "Berta", Role::Admin, PASSWORD);
    assert!(matches!(
        added,
        Err(Error::NotAllowed {
            needed: Role::Admin
        })
    ));
    assert!(people::list_users(&app, &anna).is_err());
    assert!(people::set_password(&app, &anna, me(&app).user, "another password").is_err());
    let taken = people::add_user(&app, &me(&app), "ANNA", Role::Clerk, PASSWORD);
    assert!(matches!(taken, Err(Error::NameTaken)));
    let short = people::add_user(&app, &me(&app), "Berta", Role::Clerk, "short");
    assert!(matches!(short, Err(Error::PasswordInvalid)));

    people::set_password(&app, &anna, user.id, "another password").unwrap();
    assert!(
        people::session(&app, signed_in.secret.expose())
            .unwrap()
            .is_none()
    );
    let (_, token) = people::make_token(&app, &anna, "script").unwrap();
    let signed_in = people::sign_in(&app, "anna", "another password").unwrap();

    people::remove_user(&app, &me(&app), user.id).unwrap();
    assert!(
        people::session(&app, signed_in.secret.expose())
            .unwrap()
            .is_none()
    );
    assert!(people::token(&app, token.expose()).unwrap().is_none());
    assert!(people::sign_in(&app, "anna", "another password").is_err());
    let names: Vec<_> = people::list_users(&app, &me(&app))
        .unwrap()
        .into_iter()
        .map(|user| user.name)
        .collect();
    assert_eq!(names, ["local"]);
    people::add_user(&app, &me(&app), "anna", Role::Clerk, PASSWORD).unwrap();
}
