import { type FormEvent, useId, useState } from "react";
import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useSignIn } from "@/api/mutations";
import { LanguageButton } from "@/pages/shell/LanguageButton";
import styles from "@/pages/shell/SignIn.module.css";
import { Button } from "@/parts/Button";
import { Icon } from "@/parts/Icon";
import { Wordmark } from "@/parts/Wordmark";

type Props = { /** Why a one-time code did not work, if one was tried. */ codeError: unknown };

/** Name and password, for those who came over the network. */
export function SignIn({ codeError }: Props) {
  const intl = useIntl();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const { mutate, isPending, error } = useSignIn();
  const id = useId();
  const failure = error ?? codeError;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ name, password });
  };

  return (
    <main className={styles["page"]}>
      <div className={styles["corner"]}>
        <LanguageButton />
      </div>
      <form className={styles["card"]} onSubmit={submit}>
        <Wordmark />
        <h1 className={styles["title"]}>{intl.formatMessage({ id: "sign_in.title" })}</h1>
        <label htmlFor={`${id}-name`}>{intl.formatMessage({ id: "sign_in.name" })}</label>
        <input
          id={`${id}-name`}
          className={styles["input"]}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          // Nothing else is on this page.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <label htmlFor={`${id}-password`}>{intl.formatMessage({ id: "sign_in.password" })}</label>
        <input
          id={`${id}-password`}
          className={styles["input"]}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {failure ? (
          <p className={styles["failure"]} role="alert">
            <Icon name="alert" />
            {sentenceOf(failure, intl)}
          </p>
        ) : null}
        <Button look="primary" type="submit" isDisabled={isPending}>
          {intl.formatMessage({ id: isPending ? "sign_in.pending" : "sign_in.submit" })}
        </Button>
      </form>
    </main>
  );
}
