// Keeps the page up to date: asks for new lines, for the clock and for the matters they changed.

import { api } from './api.js';
import { addLines, changed, community, lastId, state } from './state.js';

const busyMs = 1000;
const hiddenMs = 5000;

let asking = null;

// Takes over what was said since the last look.
export async function look() {
  if (!asking) asking = take().finally(() => (asking = null));
  return asking;
}

async function take() {
  try {
    let more = true;
    let fresh = false;
    while (more) {
      const page = await api.after(lastId());
      fresh = addLines(page.items) || fresh;
      more = page.next !== null;
    }
    setOnline(true);
    if (fresh) {
      changed('lines');
      await lookAtMatters();
    }
  } catch {
    setOnline(false);
  }
}

function setOnline(online) {
  if (state.online === online) return;
  state.online = online;
  changed('online');
}

export async function lookAtMatters() {
  const id = community();
  if (!id) return;
  const page = await api.proposals(id);
  state.matters.set(id, page.items);
  changed('matters');
}

export async function lookAtClock() {
  const before = Date.now();
  const { now } = await api.clock();
  const middle = (before + Date.now()) / 2;
  state.clockOffset = new Date(now).getTime() - middle;
  changed('clock');
}

export async function moveClock(seconds) {
  const { now } = await api.advance(Math.ceil(seconds));
  state.clockOffset = new Date(now).getTime() - Date.now();
  changed('clock');
  await look();
  await lookAtMatters();
}

export function follow() {
  const again = async () => {
    await look();
    setTimeout(again, document.hidden ? hiddenMs : busyMs);
  };
  setTimeout(again, busyMs);
  setInterval(() => lookAtClock().catch(() => {}), 30000);
  setInterval(() => changed('clock'), 10000);
}
