// A line of a chat as it looks to the one who holds the phone.

import { avatar, botAvatar, h, icon } from './dom.js';
import { cardElement } from './cards.js';
import { linked } from './links.js';
import { cardUpdate, nameOf, state } from './state.js';
import { clockText } from './time.js';

const plainText = (line) => line.text || line.card?.fallback || line.card?.title || '';

function sender(line) {
  if (line.kind === 'said') return { bot: false, name: nameOf(line.user), mine: line.user === state.me };
  return { bot: true, name: state.botName, mine: false };
}

function body(line, actions) {
  const parts = [];
  if (line.quote) parts.push(h('blockquote', {}, line.quote));
  if (line.picture) parts.push(h('img', { src: line.picture, alt: '群里发的照片', class: 'photo', loading: 'lazy' }));
  if (line.card) {
    const done = cardUpdate(state.me, line.card.task_id);
    // Where cards are shown, the text of a push is what stands in for the card elsewhere.
    if (line.kind !== 'push' && line.text && line.text !== line.card.fallback) parts.push(h('p', {}, linked(line.text)));
    parts.push(cardElement(line.card, done, (action) => actions.press(line, action)));
  } else if (line.text) {
    parts.push(h('p', {}, linked(line.text)));
  }
  return parts;
}

// Changes when the line has to be drawn anew.
export const versionOf = (line) => (line.card ? `${state.me}:${cardUpdate(state.me, line.card.task_id)}` : state.me);

export function bubble(line, group, actions) {
  const from = sender(line);
  const push = line.kind === 'push';
  const quote = h('button', { class: 'quote-it', type: 'button', title: '引用这条', 'aria-label': `引用 ${from.name} 的消息`,
    onclick: () => actions.quote({ text: plainText(line).slice(0, 500), task_id: line.card?.task_id || '', name: from.name }) }, icon('quote'));
  const classes = ['line', from.mine ? 'mine' : 'theirs', from.bot ? 'from-bot' : '', push ? 'push' : '', line.card ? 'has-card' : ''];
  return h('li', { class: classes.filter(Boolean).join(' ') },
    from.bot ? botAvatar() : avatar(from.name),
    h('div', { class: 'said' },
      h('span', { class: 'who' }, from.mine ? h('span', { class: 'visually-hidden' }, '我') : from.name,
        from.bot && h('span', { class: 'tag' }, push ? (group ? '群通知' : '通知') : '机器人'),
        h('time', { datetime: line.at }, clockText(new Date(line.at)))),
      h('div', { class: 'bubble' }, body(line, actions))), quote);
}
