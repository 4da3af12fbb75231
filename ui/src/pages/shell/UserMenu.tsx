import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { useIntl } from "react-intl";

import type { Session } from "@/api/schema/types.gen";
import { perform } from "@/commands/registry";
import styles from "@/pages/shell/UserMenu.module.css";
import { Button } from "@/parts/Button";
import { Icon } from "@/parts/Icon";
import { platform } from "@/platform";

type Props = { session: Session };

/** Who is signed in, and the way out. */
export function UserMenu({ session }: Props) {
  const intl = useIntl();
  const role = intl.formatMessage({ id: `role.${session.user.role}` });
  if (!platform.can.signIn) return null;
  return (
    <MenuTrigger>
      <Button
        look="quiet"
        icon="user"
        aria-label={intl.formatMessage({ id: "shell.user" }, { name: session.user.name })}
      />
      <Popover placement="bottom end" className={styles["popover"] ?? ""}>
        <Menu className={styles["menu"] ?? ""}>
          <MenuSection>
            <Header className={styles["who"] ?? ""}>
              <strong>{session.user.name}</strong>
              <span>{role}</span>
            </Header>
            <MenuItem className={styles["item"] ?? ""} onAction={() => perform("sign_out")}>
              <Icon name="leave" />
              {intl.formatMessage({ id: "command.sign_out" })}
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
