/** Where the focus can go on the review page. */

export function fieldInputId(field: string): string {
  return `field-${field}`;
}

/** Goes to a field's input and selects what is in it, so that typing replaces it. */
export function focusField(field: string | null): void {
  if (field === null) return;
  const input = document.getElementById(fieldInputId(field));
  if (!(input instanceof HTMLInputElement)) return;
  input.focus();
  input.select();
}
