/** What stands around the zones: the centre's name and clock, the state of the sound, what is empty or closed. */

import { dateInWords, timeOfDay } from "/assets/clock.js";
import { Connection } from "/assets/connection.js";
import { inLanguage, t, textIn } from "/assets/texts.js";
import { html, useContext } from "/assets/vendor.js";
import { hoursInWords } from "/board-assets/hall.js";
import { Both, BothOf, Languages, Pair } from "/board-assets/words.js";

const NOTICE_MS = 12_000;
/** Letters of a centre's name that fit beside the clock in the usual size. */
const LONG_NAME = 52;
/** What the centre's doors have to say today, by the topic's word for it. */
const DOORS = { outside_hours: "board-outside-hours", holiday: "board-holiday" };
const STANDING_NOTICES = ["board-notice-missed", "board-notice-keep"];

/** The centre's name, the date and the clock. */
export function Head({ name, at }) {
  const languages = useContext(Languages);
  const long = inLanguage(name).length > LONG_NAME;
  return html`<header class="head">
    <h1 data-long=${long}><${BothOf} text=${name} /></h1>
    <p class="when">
      <span class="date"><${Pair} said=${languages.map((language) => dateInWords(at, language))} /></span>
      <time class="number">${timeOfDay(at)}</time>
    </p>
  </header>`;
}

/** Whether the voice can be heard, in a shape and in words, always in its place. */
function SoundMark({ sound }) {
  return html`<p class="sound" data-sound=${sound}><${Loudspeaker} sound=${sound} /><span>${t(`board-sound-${sound}`)}</span></p>`;
}

const WAVES = html`<path d="M15.5 8.5 a5 5 0 0 1 0 7 M18.5 5.5 a9.2 9.2 0 0 1 0 13" />`;
const CROSS = html`<path d="M16 9 L22 15 M22 9 L16 15" />`;
const QUESTION = html`<path d="M19 6 v7 M19 17 v1.5" />`;

/** A loudspeaker: waves when it sounds, a cross when it does not, a mark when something is wrong. */
function Loudspeaker({ sound }) {
  const beside = sound === "on" ? WAVES : sound === "trouble" || sound === "none" ? QUESTION : CROSS;
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="2.4">
    <path d="M3 9 h4 l5 -4.5 v15 l-5 -4.5 h-4 Z" fill="currentColor" stroke-linejoin="round" />${beside}
  </svg>`;
}

/** The large thing to touch while the browser keeps the sound back; the numbers stay in view. */
function SilentBar({ touch }) {
  return html`<button class="touch" type="button" onClick=${touch}>
    <${Loudspeaker} sound="on" />
    <strong><${Both} id="board-touch" /></strong>
    <span class="more"><${Both} id="board-touch-more" /></span>
  </button>`;
}

/** What stands in the place of the calls when there are none: a welcome, or that the centre is closed. */
export function NoCalls({ board, site, speaks }) {
  const languages = useContext(Languages);
  if (board?.open !== false) {
    return html`<div class="no-calls">
      <p class="large"><${Both} id="board-empty" /></p>
      <p><${Both} id=${speaks ? "board-empty-more" : "board-empty-more-silent"} /></p>
    </div>`;
  }
  const hours = languages.map((one) => hoursInWords(site?.hours, one));
  return html`<div class="no-calls" data-closed>
    <p class="large"><${Both} id=${DOORS[board.notice] ?? DOORS.outside_hours} /></p>
    <div class="hours">${hours[0].map((_, row) => html`<p><${Pair} said=${hours.map((days) => days[row])} /></p>`)}</div>
  </div>`;
}

/**
 * The foot, always as high: the most pressing of three things (the lost connection, the sound that waits for a
 * touch, the notices), and the sound's state in its corner. So nothing above it ever jumps.
 */
export function Foot({ link, announced, board, site, at, sound }) {
  const lost = link.status !== "live";
  return html`<footer class="foot">
    ${lost ? html`<${Connection} ...${link} />`
      : sound.status === "silent" ? html`<${SilentBar} touch=${sound.touch} />`
        : html`<${Notice} ...${{ announced, board, site, at }} />`}
    <${SoundMark} sound=${sound.status} />
  </footer>`;
}

/** An announcement without a number to walk for, else standing advice in turn. */
function Notice({ announced, board, site, at }) {
  const languages = useContext(Languages);
  const [newest] = announced;
  if (newest) {
    return html`<p class="notice" data-kind=${newest.kind} key=${newest.id}>
      <${Pair} said=${languages.map((language) => inLanguage(newest.words, language))} />
    </p>`;
  }
  const today = DOORS[board?.notice] ? [DOORS[board.notice]] : [];
  const standing = [...today, ...STANDING_NOTICES].map((id) => languages.map((language) => textIn(language, id)));
  if (site?.hours?.length) {
    const hours = (one) => hoursInWords(site.hours, one).join(" · ");
    standing.push(languages.map((one) => textIn(one, "board-hours", { hours: hours(one) })));
  }
  const turn = Math.floor(at / NOTICE_MS) % standing.length;
  return html`<p class="notice" key=${turn}><${Pair} said=${standing[turn]} /></p>`;
}
