/** The hall board of /board/<id>: follows its topic, draws the zones, speaks if it is the one that speaks. */

import { Api, deviceToken } from "/assets/api.js";
import { now, setTimeZone, timeOfDay, useNow } from "/assets/clock.js";
import { Connection } from "/assets/connection.js";
import { live, openLive, rows, single, useTopic } from "/assets/live.js";
import { loadTexts, setLanguage, t } from "/assets/texts.js";
import { html, render, useEffect, useMemo, useRef, useState } from "/assets/vendor.js";
import { Foot, Head, NoCalls } from "/board-assets/frame.js";
import { noticesInForce, splitCalls, waitingLines } from "/board-assets/hall.js";
import { Sound } from "/board-assets/sound.js";
import { Languages } from "/board-assets/words.js";
import { Before, Now, Waiting } from "/board-assets/zones.js";

const TEXTS_AGAIN_MS = 3000;
const SITE_AGAIN_MS = 10 * 60_000;
const SPOKEN_LANGUAGES = ["vi", "en"];

function Board({ id, api }) {
  const topic = `board:${id}`;
  const { data, status, problem } = useTopic(topic);
  const site = useSite(api);
  const at = useNow(1000);
  const board = single(data, "board");
  const sound = useSound(topic, board?.speaks, data);
  const heardAt = useRef(at);
  if (status === "live") heardAt.current = at;

  const languages = useLanguages(board?.languages ?? site?.languages);
  const { now: calls, before } = splitCalls(data, now());
  const { lines, people } = waitingLines(data);
  const advice = status === "stale" && data ? t("board-stale-advice", { time: timeOfDay(heardAt.current) }) : null;

  return html`<${Languages.Provider} value=${languages}>
    <main class="board" data-status=${status}>
      <${Head} name=${board?.centre ?? site?.name} at=${at} />
      ${data ? html`
        <${Now} calls=${calls} speaking=${sound.speaking?.label}>
          <${NoCalls} ...${{ board, site, speaks: board?.speaks }} />
        <//>
        <${Before} calls=${before} />
        <${Waiting} ...${{ lines, people }} />
        <${Foot} link=${{ status, problem, advice }} announced=${noticesInForce(data, now())} ...${{ board, site, at, sound }} />`
      : html`<div class="no-data"><${Connection} ...${{ status, problem }} /></div>`}
    </main>
  <//>`;
}

/** The centre's facts; asked again now and then, since a technician may have changed them. */
function useSite(api) {
  const [site, setSite] = useState(null);
  useEffect(() => {
    const ask = () => api.get("/site").then((found) => {
      setTimeZone(found.timezone);
      setSite(found);
    }, () => setTimeout(ask, TEXTS_AGAIN_MS));
    ask();
    const again = setInterval(ask, SITE_AGAIN_MS);
    return () => clearInterval(again);
  }, [api]);
  return site;
}

/** The board's languages; `?lang=en` puts another one first on this screen. */
function useLanguages(given = SPOKEN_LANGUAGES) {
  const wanted = new URLSearchParams(location.search).get("lang");
  const first = given.includes(wanted) ? wanted : given[0];
  useEffect(() => setLanguage(first), [first]);
  return useMemo(() => [first, ...given.filter((one) => one !== first)], [first, given.join()]);
}

/** The voice, opened once the board is known to speak. */
function useSound(topic, speaks, data) {
  const [seen, setSeen] = useState({ status: "starting", speaking: null });
  const sound = useRef(null);
  useEffect(() => {
    if (!speaks || sound.current) return;
    sound.current = new Sound({ topic, now, changed: setSeen, tell: (event, payload) => live().tell(event, payload) });
  }, [speaks, topic]);
  useEffect(() => {
    if (speaks && data) sound.current?.hear(rows(data, "announcements"));
  }, [speaks, data]);
  if (speaks === false) return { status: "off", speaking: null };
  return { ...seen, touch: () => sound.current?.touch() };
}

async function start() {
  const place = document.getElementById("board");
  if (matchMedia("(prefers-contrast: more)").matches) document.documentElement.dataset.theme = "hall-contrast";
  const token = deviceToken();
  for (let loaded = false; !loaded;) {
    loaded = await loadTexts(SPOKEN_LANGUAGES).then(() => true, () => false);
    if (!loaded) await new Promise((done) => setTimeout(done, TEXTS_AGAIN_MS));
  }
  openLive({ token });
  const id = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  document.title = t("board-title");
  place.textContent = "";
  render(html`<${Board} id=${id} api=${new Api({ token })} />`, place);
}

start();
