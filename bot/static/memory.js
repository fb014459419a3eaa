// Small things kept in this tab; where the browser keeps none, they are forgotten.

/** What was kept under this name, or null. */
export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

/** Keeps a value under a name; null takes it out. */
export function remember(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Forbidden or full: the page works without.
  }
}
