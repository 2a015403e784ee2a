// The demo clock: procedure time moves forward, never back.

import { byId, fill, h, icon, toast } from './dom.js';
import { moveClock } from './feed.js';
import { now, state } from './state.js';
import { deadlineText, fullText, secondsUntil } from './time.js';

function nextDeadline() {
  let next = null;
  for (const matters of state.matters.values()) {
    for (const matter of matters) {
      if (!matter.live || !matter.deadline) continue;
      const at = new Date(matter.deadline);
      if (at > now() && (!next || at < next.at)) next = { at, matter };
    }
  }
  return next;
}

async function jump(dialog, seconds) {
  for (const button of dialog.querySelectorAll('button')) button.disabled = true;
  fill(dialog.querySelector('.clock-note'), '正在走钟，到期的事依次发生……');
  const before = state.lines.length;
  try {
    await moveClock(seconds);
    const more = state.lines.length - before;
    toast(`现在是 ${fullText(now())}${more > 0 ? `，新消息 ${more} 条` : ''}`);
    dialog.close();
  } catch (error) {
    toast(`钟没有走：${error.message}`);
  } finally {
    for (const button of dialog.querySelectorAll('button')) button.disabled = false;
  }
}

export function openClock() {
  const dialog = byId('clock');
  const step = (label, seconds, id) => h('button', { type: 'button', 'data-jump': id, onclick: () => jump(dialog, seconds()) }, label);
  const next = nextDeadline();
  fill(dialog, h('header', {}, h('h2', {}, icon('clock'), '演示时钟'),
    h('button', { class: 'round', type: 'button', 'aria-label': '关上', onclick: () => dialog.close() }, icon('close'))),
    h('p', { class: 'clock-now' }, fullText(now())),
    h('div', { class: 'clock-steps' },
      step('1 小时后', () => 3600, 'hour'), step('到 19:30', () => secondsUntil(now(), 19, 30), 'evening'),
      step('明天 09:00', () => secondsUntil(now(), 9, 0), 'morning'), step('1 天后', () => 86400, 'day'), step('3 天后', () => 3 * 86400, 'three'), step('5 天后', () => 5 * 86400, 'week'),
      next && step(`到下一个截止（${next.matter.no} 号，${deadlineText(next.at)}）`, () => (next.at - now()) / 1000 + 1, 'deadline')),
    h('p', { class: 'clock-note' }, '只往前走。期限、提醒、晚间摘要和静默时段都按这个钟。'));
  dialog.showModal();
}

