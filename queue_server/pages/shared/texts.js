/** What the pages say, from the Fluent files, in the language in force. */

import { FluentBundle, FluentResource } from "/vendor/@fluent/bundle/esm/index.js";
import { useEffect, useState } from "/assets/vendor.js";

const SOURCE = "vi";
const bundles = new Map();
const listeners = new Set();
let current = SOURCE;

/** Ids that were asked for and are in no file, so that a test can look. */
export const missing = new Set();

/** Fetch the texts of these languages; call once, before the first `t`. Rejects when the server does not answer. */
export async function loadTexts(languages = ["vi", "en"]) {
  await Promise.all(languages.map(async (language) => {
    const answer = await fetch(`/texts/${language}.ftl`);
    if (!answer.ok) throw new Error(`texts ${language}: ${answer.status}`);
    addTexts(language, await answer.text());
  }));
}

/** Add Fluent source to a language. Isolation marks are off: one script, one direction. */
export function addTexts(language, source) {
  const bundle = bundles.get(language) ?? new FluentBundle(language, { useIsolating: false });
  for (const problem of bundle.addResource(new FluentResource(source))) console.warn(`texts ${language}:`, problem.message);
  bundles.set(language, bundle);
}

/** The text `id` ("kiosk-start") or its attribute ("kiosk-start.label") in the language in force. */
export function t(id, args) {
  return textIn(current, id, args);
}

/** The same in a named language; falls back to Vietnamese, then to the id in brackets. */
export function textIn(language, id, args) {
  for (const one of new Set([language, SOURCE])) {
    const said = format(bundles.get(one), id, args);
    if (said !== null) return said;
  }
  if (!missing.has(id)) console.warn(`no text: ${id}`);
  missing.add(id);
  return `[${id}]`;
}

/** The part of a text object ({vi, en}) in the language in force, else Vietnamese, else whatever there is. */
export function inLanguage(text, language = current) {
  if (!text) return "";
  return text[language] || text[SOURCE] || Object.values(text)[0] || "";
}

export function language() {
  return current;
}

/** Switch the page: texts, the document's `lang`, and the `Accept-Language` of calls. */
export function setLanguage(next) {
  if (next === current && document.documentElement.lang === next) return;
  current = next;
  document.documentElement.lang = next;
  for (const listener of [...listeners]) listener(next);
}

/** Hook: the language in force; the component renders again when it changes. */
export function useLanguage() {
  const [seen, setSeen] = useState(current);
  useEffect(() => {
    listeners.add(setSeen);
    return () => listeners.delete(setSeen);
  }, []);
  return seen;
}

function format(bundle, id, args) {
  const [name, attribute] = id.split(".");
  const message = bundle?.getMessage(name);
  const pattern = attribute ? message?.attributes[attribute] : message?.value;
  if (!pattern) return null;
  const problems = [];
  const said = bundle.formatPattern(pattern, args, problems);
  for (const problem of problems) console.warn(`text ${id}:`, problem.message);
  return said;
}
