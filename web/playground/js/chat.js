// An open chat: head, bubbles, composer.

import { api } from './api.js';
import { fill, h, icon, toast } from './dom.js';
import { bubble, versionOf } from './bubbles.js';
import { composer } from './composer.js';
import { look } from './feed.js';
import { addLines, changed, closeChat, linesOf, markSeen, me, state } from './state.js';
import { fullText } from './time.js';

const gapMs = 10 * 60000;
let view = null;

async function say(message) {
  try {
    await api.say({ as: state.me, chat: state.chat.group, ...message });
  } catch (error) {
    toast(`没有发出去：${error.message}`);
    throw error;
  } finally {
    await look();
  }
}

const actions = {
  press: async (line, action) => {
    try {
      await say({ action });
    } catch {
      // Already told; the card stays as it was.
    }
  },
  quote: (quote) => {
    state.quote = quote;
    changed('quote');
    view?.composer.focus();
  },
};

function title() {
  if (!state.chat.group) return { name: state.botName, below: '有事直接说，也可以发“帮助”' };
  const group = state.groups.get(state.chat.group);
  const members = [...state.people.values()].filter((person) => person.groups.includes(state.chat.group)).length;
  return { name: group?.name || state.chat.group, below: `${group?.kind_title || '群'} · 演示成员 ${members} 人` };
}

function head() {
  const { name, below } = title();
  return h('header', { class: 'chat-head' },
    h('button', { class: 'round', type: 'button', 'aria-label': '返回消息列表', onclick: closeChat }, icon('back')),
    h('div', { class: 'chat-title' }, h('h2', {}, name), h('small', {}, below)),
    h('span', { class: 'as' }, me()?.name || ''));
}

function draw() {
  const lines = linesOf(state.me, state.chat.group);
  const nearEnd = view.scroll.scrollHeight - view.scroll.scrollTop - view.scroll.clientHeight < 160;
  const items = [];
  let last = 0;
  for (const line of lines) {
    const at = new Date(line.at);
    if (at - last > gapMs) items.push(h('li', { class: 'when' }, fullText(at)));
    last = at.getTime();
    const version = versionOf(line);
    let kept = view.kept.get(line.id);
    if (!kept || kept.version !== version) {
      kept = { version, element: bubble(line, state.chat.group, actions) };
      view.kept.set(line.id, kept);
    }
    items.push(kept.element);
  }
  if (lines.length === 0) {
    items.push(h('li', { class: 'nothing' }, state.chat.group
      ? `群里还没有人说话。试试：@${state.botName} 提议 入口装升降杆`
      : '和小邻的私聊。试试发“帮助”或“列表”。'));
  }
  fill(view.list, items);
  markSeen(state.me, state.chat.group);
  if (nearEnd || view.first) {
    view.scroll.scrollTop = view.scroll.scrollHeight;
    view.first = false;
  }
}

async function loadOlder(filter) {
  const page = await api.chat(filter, 200);
  if (addLines(page.items)) changed('lines');
}

export function openChatView(screen) {
  const list = h('ol', { class: 'lines' });
  const scroll = h('div', { class: 'scroller', tabindex: '0', role: 'log', 'aria-label': '聊天记录', 'aria-live': 'polite' }, list);
  view = { list, scroll, kept: new Map(), first: true, composer: composer(say) };
  fill(screen, h('section', { class: 'chat' }, head(), scroll, view.composer.element));
  draw();
  loadOlder(state.chat.group ? { chat: state.chat.group } : { user: state.me }).catch(() => {});
  view.composer.focus();
}

export function updateChatView(what) {
  if (!view) return;
  if (what === 'lines') draw();
  view.composer.update(what);
}

export function closeChatView() {
  view = null;
}

// Puts words into the composer of the open chat, for guides.
export function prefill(text) {
  view?.composer.set(text);
}
