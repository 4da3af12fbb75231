import { useQueryClient } from "@tanstack/react-query";
import { Link, useMatchRoute, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";

import { noticeSentence, sentenceOf } from "@/api/errors";
import { useSignOut } from "@/api/mutations";
import type { Session } from "@/api/schema/types.gen";
import { useLiveChanges } from "@/api/useLiveChanges";
import { CheatSheet } from "@/commands/CheatSheet";
import { CommandButton } from "@/commands/CommandButton";
import { Palette } from "@/commands/Palette";
import { listenToKeys } from "@/commands/registry";
import { useCommand } from "@/commands/useCommand";
import { ACCEPT } from "@/domain/offers";
import { mayDelete } from "@/domain/status";
import { DropOverlay } from "@/intake/DropOverlay";
import { IntakeContext } from "@/intake/IntakeContext";
import { createIntake } from "@/intake/intake";
import { useDropTarget } from "@/intake/useDropTarget";
import { usePaste } from "@/intake/usePaste";
import { LanguageButton } from "@/pages/shell/LanguageButton";
import styles from "@/pages/shell/Shell.module.css";
import { ThemeButton } from "@/pages/shell/ThemeButton";
import { UserMenu } from "@/pages/shell/UserMenu";
import { Mark } from "@/parts/Mark";
import { Toasts } from "@/parts/Toasts";
import { TopBarSlot } from "@/parts/TopBar";
import { Wordmark } from "@/parts/Wordmark";
import { toast } from "@/parts/toasts";
import { platform } from "@/platform";
import { THEMES, preferences, prefer } from "@/preferences/store";

type Props = { session: Session; children: ReactNode };

/** The bar at the top, and all that works everywhere: dropping, pasting, the keyboard, live changes. */
export function Shell({ session, children }: Props) {
  const intl = useIntl();
  const client = useQueryClient();
  const navigate = useNavigate();
  const inInbox = Boolean(useMatchRoute()({ to: "/" }));
  const inTrash = Boolean(useMatchRoute()({ to: "/trash" }));
  const live = useLiveChanges();
  const [intake] = useState(() => createIntake(client));
  const [sheet, setSheet] = useState<"palette" | "help" | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const signOut = useSignOut();
  const offered = useDropTarget(intake);
  usePaste(intake);

  // In the inbox the files are seen to arrive; elsewhere the person is told that they do.
  useEffect(
    () =>
      intake.onAdded((added) => {
        if (inInbox) return;
        toast({
          tone: "plain",
          text: intl.formatMessage({ id: "intake.added" }, { added }),
          action: {
            label: intl.formatMessage({ id: "action.show" }),
            run: () => void navigate({ to: "/" }),
          },
        });
      }),
    [intake, inInbox, intl, navigate],
  );
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const notice of session.notices) {
      if (told.current.has(notice.code)) continue;
      told.current.add(notice.code);
      toast({ tone: "plain", lasting: true, text: noticeSentence(notice, intl) });
    }
  }, [session.notices, intl]);
  useEffect(() => listenToKeys(() => preferences().singleKeys), []);

  const addFiles = () => {
    intake
      .pick(() => input.current?.click())
      .catch((error: unknown) => toast({ tone: "failed", text: sentenceOf(error, intl) }));
  };
  useCommand("palette", () => setSheet("palette"));
  useCommand("help", () => setSheet("help"));
  useCommand("add_files", addFiles);
  useCommand("go_inbox", () => void navigate({ to: "/" }), !inInbox);
  useCommand(
    "go_trash",
    () => void navigate({ to: "/trash" }),
    mayDelete(session.user.role) && !inTrash,
  );
  useCommand("theme", () => {
    const next = (THEMES.indexOf(preferences().theme) + 1) % THEMES.length;
    prefer({ theme: THEMES[next] ?? "system" });
  });
  useCommand("language", () => prefer({ language: preferences().language === "en" ? "fr" : "en" }));
  useCommand("single_keys", () => prefer({ singleKeys: !preferences().singleKeys }));
  useCommand("sign_out", () => signOut.mutate(), platform.can.signIn);

  return (
    <IntakeContext value={intake}>
      <div className={styles["shell"]}>
        <header className={styles["bar"]}>
          <Link to="/" className={styles["home"] ?? ""}>
            <Wordmark />
          </Link>
          <TopBarSlot className={styles["slot"] ?? ""} />
          <div role="status">
            {!live && (
              <Mark tone="check" icon="spinner">
                {intl.formatMessage({ id: "shell.reconnecting" })}
              </Mark>
            )}
          </div>
          <div className={styles["tools"]}>
            <CommandButton command="palette" look="quiet" icon="search" />
            <CommandButton command="help" look="quiet" icon="keyboard" />
            <ThemeButton />
            <LanguageButton />
            <UserMenu session={session} />
          </div>
        </header>
        <main className={styles["page"]}>{children}</main>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        aria-label={intl.formatMessage({ id: "command.add_files" })}
        onChange={(event) => {
          intake.add([...(event.target.files ?? [])]);
          // The same file may be picked again.
          event.target.value = "";
        }}
      />
      {offered && <DropOverlay files={offered} />}
      {sheet === "palette" && <Palette onClose={() => setSheet(null)} />}
      {sheet === "help" && <CheatSheet onClose={() => setSheet(null)} />}
      <Toasts />
    </IntakeContext>
  );
}
