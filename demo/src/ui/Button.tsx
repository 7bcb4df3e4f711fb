import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.js";

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  readonly kind?: "primary" | "plain" | "quiet" | "danger";
  readonly type?: "button" | "submit";
  readonly icon?: IconName;
  readonly isDisabled?: boolean;
  /** The action is in progress. */
  readonly isBusy?: boolean;
  /** Only visual: the label says what the next click does, and `aria-pressed` would contradict it. */
  readonly isOn?: boolean;
  readonly isSmall?: boolean;
  /** An accessible name, if the visible text is not enough. */
  readonly label?: string;
}

export function Button({
  children,
  onClick,
  kind = "plain",
  type = "button",
  icon,
  isDisabled = false,
  isBusy = false,
  isOn,
  isSmall = false,
  label,
}: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${kind}${isSmall ? " button-small" : ""}`}
      disabled={isDisabled}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      data-on={isOn}
      aria-label={label}
      onClick={() => {
        if (!isBusy) onClick?.();
      }}
    >
      {icon && <Icon name={icon} size={isSmall ? 16 : 18} />}
      <span>{children}</span>
    </button>
  );
}

/** A button with only an icon. Its label is read aloud and shown on hover. */
export function IconButton({
  icon,
  label,
  onClick,
  kind = "quiet",
  isOn,
  isDisabled = false,
  isBusy = false,
  isLarge = false,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly kind?: "primary" | "quiet";
  readonly isOn?: boolean;
  readonly isDisabled?: boolean;
  readonly isBusy?: boolean;
  readonly isLarge?: boolean;
}) {
  return (
    <button
      type="button"
      class={`icon-button icon-button-${kind}${isLarge ? " icon-button-large" : ""}`}
      aria-label={label}
      title={label}
      data-on={isOn}
      disabled={isDisabled}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      onClick={() => {
        if (!isBusy) onClick();
      }}
    >
      <Icon name={icon} size={isLarge ? 26 : 20} />
    </button>
  );
}
