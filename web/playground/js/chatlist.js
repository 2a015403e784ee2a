// The list of chats of the person who holds the phone.

import { avatar, botAvatar, fill, h } from './dom.js';
import { linesOf, me, nameOf, now, openChat, state, unread } from './state.js';
import { shortText } from './time.js';

function preview(line) {
  if (!line) return '';
  const text = line.picture && !line.text ? '[照片]' : line.text || line.card?.title || '[卡片]';
  const who = line.kind === 'said' ? (line.user === state.me ? '我' : nameOf(line.user)) : state.botName;
  return `${who}：${text.replaceAll('\n', ' ')}`;
}

function row(group) {
  const lines = linesOf(state.me, group);
  const last = lines[lines.length - 1];
  const info = group ? state.groups.get(group) : null;
  const count = unread(state.me, group);
  const name = group ? info?.name || group : state.botName;
  return {
    at: last ? last.id : 0,
    element: h('li', {}, h('button', { class: 'chat-row', type: 'button', 'data-chat': group || 'bot', onclick: () => openChat(group),
      'aria-label': `${name}${count ? `，${count} 条未读` : ''}` },
      h('span', { class: 'avatar-box' }, group ? avatar(name, 'group') : botAvatar(), count > 0 && h('span', { class: 'badge' }, count > 99 ? '99+' : count)),
      h('span', { class: 'chat-text' },
        h('span', { class: 'chat-name' }, h('b', {}, name), group ? null : h('span', { class: 'tag' }, '机器人'),
          last && h('time', {}, shortText(new Date(last.at), now()))),
        h('span', { class: 'chat-last' }, preview(last) || (group ? info?.kind_title : '发“帮助”看能做什么'))))),
  };
}

export function drawChatList(screen) {
  const person = me();
  if (!person) return fill(screen, h('p', { class: 'nothing' }, '先选一个人'));
  const groups = person.groups.map(row).sort((a, b) => b.at - a.at);
  return fill(screen, h('section', { class: 'chats' },
    h('header', { class: 'me' }, avatar(person.name, 'big'),
      h('div', {}, h('h1', {}, person.name), h('p', {}, [person.home, ...person.roles].filter(Boolean).slice(0, 4).join(' · ') || '居民'))),
    h('ul', { class: 'chat-rows' }, row('').element, groups.map((one) => one.element)),
    person.groups.length === 0 && h('p', { class: 'nothing' }, '这个人不在任何群里，可以私聊小邻。')));
}
