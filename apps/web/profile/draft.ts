// A form that is being filled survives a reload or a lost session: kept in this tab only, never in the address.
import { useEffect, useState } from 'react';

const PREFIX = 'clearchart.draft.';

function read<Form>(key: string): Form | undefined {
  try {
    const text = sessionStorage.getItem(PREFIX + key);
    return text === null ? undefined : (JSON.parse(text) as Form);
  } catch {
    return undefined;
  }
}

export function forgetDraft(key: string): void {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept then.
  }
}

/** Drafts of one person must not meet the next one at the same device. */
export function forgetAllDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}

/** State that is kept as it changes; `undefined` means: nothing typed yet. */
export function useDraft<Form extends object>(key: string): [Form | undefined, (form: Form | undefined) => void] {
  const [form, setForm] = useState(() => read<Form>(key));
  useEffect(() => {
    if (form === undefined) return forgetDraft(key);
    try {
      sessionStorage.setItem(PREFIX + key, JSON.stringify(form));
    } catch {
      // The form then lives as long as the page.
    }
  }, [key, form]);
  return [form, setForm];
}
