/** Where this page is: under /@CENTRE where one installation serves several centres, else at the root. */

const HERE = /^\/@[a-z0-9][a-z0-9._-]*(?=\/|$)/.exec(location.pathname)?.[0] ?? "";

/** The address of `path` in the same centre. */
export function at(path) {
  return HERE + path;
}
