/** The kiosk as a whole: what it knows of the centre, where its citizen is, and which screen says so. */

import { setTimeZone } from "/assets/clock.js";
import { single, useTopic } from "/assets/live.js";
import { setLanguage, useLanguage } from "/assets/texts.js";
import { html, useCallback, useEffect, useReducer, useState } from "/assets/vendor.js";
import { AgencyScreen } from "./agencies.js";
import { ConfirmScreen } from "./confirm.js";
import { AT_REST, reduce } from "./flow.js";
import { Frame } from "./frame.js";
import { StillThere, useIdle } from "./idle.js";
import { QueueScreen } from "./queues.js";
import { RestScreen, troubleAtRest } from "./rest.js";
import { ScanView, useScan } from "./scan.js";
import { ServiceScreen, useServices } from "./services.js";
import { isShutForPaper } from "./situation.js";
import { useTaking } from "./taking.js";
import { TicketScreen } from "./ticket.js";

const SITE_AGAIN_MS = 3000;
const SITE_REFRESH_MS = 60_000;
const LANGUAGE_KEPT_AT_REST_MS = 60_000;

/** @param {{id: string, api: import("/assets/api.js").Api}} props */
export function Kiosk({ id, api }) {
  const language = useLanguage();
  const { site, problem: siteProblem } = useSite(api);
  const topic = useTopic(`kiosk:${id}`);
  const [flow, act] = useReducer(reduce, AT_REST);
  useTaking(flow, act, api, language);
  const services = useServices(api, flow.queue);
  const goHome = useCallback(() => {
    act({ type: "startOver" });
    setLanguage("vi");
  }, []);
  useOwnLanguageAtRest(flow.step, language);
  const idle = useIdle(flow.step !== "rest" && flow.step !== "ticket" && !flow.taking, goHome);
  const kiosk = single(topic.data, "kiosk");
  const { scan, close } = useScan(single(topic.data, "scan"));
  useEscape(() => (scan ? close() : idle.asking ? idle.stay() : act({ type: "back" })));
  const hall = { site, kiosk, lines: topic.data?.lines ?? {}, slips: topic.data?.slips ?? {} };
  const link = site || !siteProblem ? topic : linkWithout(siteProblem, topic);
  useShutter(isShutForPaper(site, kiosk), flow, goHome);
  const props = { flow, act, hall, link, services, api, goHome };
  const Screen = site ? SCREENS[flow.step] : RestScreen;
  const canStart = flow.step === "rest" && (troubleAtRest(hall, link)?.soft ?? true);
  return html`<${Frame} ...${props} inert=${idle.asking || Boolean(scan)}>
    <${Screen} ...${props} key=${flow.step} />
  <//>
  ${idle.asking && html`<${StillThere} ...${idle} />`}
  ${scan && html`<${ScanView} scan=${scan} close=${close} api=${api} canStart=${canStart} start=${() => act({ type: "start" })} />`}`;
}

/** The link as it looks while the centre's description has not come. */
function linkWithout(siteProblem, topic) {
  const refused = siteProblem.status === 401 || siteProblem.status === 403;
  return refused ? { status: "refused", problem: siteProblem } : { ...topic, status: "stale" };
}

const SCREENS = {
  rest: RestScreen,
  agency: AgencyScreen,
  queue: QueueScreen,
  service: ServiceScreen,
  confirm: ConfirmScreen,
  ticket: TicketScreen,
};

/** The centre's description: asked for until it comes, and again every minute (opening hours, names). */
function useSite(api) {
  const [state, setState] = useState({ site: null, problem: null });
  useEffect(() => {
    let timer;
    let gone = false;
    const ask = async () => {
      let wait = SITE_REFRESH_MS;
      try {
        const site = await api.get("/site", { patience: 0 });
        setTimeZone(site.timezone);
        if (!gone) setState({ site, problem: null });
      } catch (problem) {
        wait = SITE_AGAIN_MS;
        if (!gone) setState((before) => ({ ...before, problem }));
      }
      if (!gone) timer = setTimeout(ask, wait);
    };
    ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [api]);
  return state;
}

/** The kiosk shuts while somebody chooses: they are told at the door, not after the last question. */
function useShutter(isShut, flow, goHome) {
  const chooses = flow.step !== "rest" && flow.step !== "ticket" && !flow.taking;
  useEffect(() => {
    if (isShut && chooses) goHome();
  }, [isShut, chooses]);
}

/** Whoever chose another language and went away leaves the kiosk in its own. */
function useOwnLanguageAtRest(step, language) {
  useEffect(() => {
    if (step !== "rest" || language === "vi") return undefined;
    const timer = setTimeout(() => setLanguage("vi"), LANGUAGE_KEPT_AT_REST_MS);
    return () => clearTimeout(timer);
  }, [step, language]);
}

function useEscape(onEscape) {
  useEffect(() => {
    const listen = (event) => event.key === "Escape" && onEscape();
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  });
}
