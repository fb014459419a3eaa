// Small things kept in the browser; where it keeps none, they are forgotten.

/** What was kept under this name, or null. `storage` is a function, since touching a forbidden storage raises. */
export function recall(storage, name) {
  try {
    return JSON.parse(storage().getItem(name));
  } catch {
    return null;
  }
}

/** Keeps a value under a name; null takes it out. */
export function remember(storage, name, value) {
  try {
    if (value === null) storage().removeItem(name);
    else storage().setItem(name, JSON.stringify(value));
  } catch {
    // Forbidden or full: the page works without.
  }
}

export const lasting = () => localStorage;
export const tab = () => sessionStorage;
