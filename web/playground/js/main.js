// Puts the phone together.

import { api } from './api.js';
import { drawChatList } from './chatlist.js';
import { closeChatView, openChatView, updateChatView } from './chat.js';
import { openClock } from './clock.js';
import { byId, fill, h, icon, toast } from './dom.js';
import { follow, look, lookAtClock, lookAtMatters } from './feed.js';
import { onOpenPage } from './links.js';
import { drawPanel, onPanel, showPage, updatePanel } from './panel.js';
import { drawPeople, onPicked, updatePeople } from './people.js';
import { addLines, become, changed, me, now, state, subscribe, unread } from './state.js';
import { fullText } from './time.js';

const stage = byId('stage');
const firstLoad = 500;

function showPane(name) {
  stage.dataset.pane = name;
  if (name) byId(name).querySelector('input, button')?.focus();
}

function largePrint(on) {
  document.documentElement.classList.toggle('large', on);
  try {
    localStorage.setItem('yiqi-large', on ? '1' : '');
  } catch {
    // The size then lasts as long as the page.
  }
}

function drawBar() {
  fill(byId('bar'),
    h('button', { class: 'bar-clock', type: 'button', onclick: openClock, 'aria-label': `演示时间 ${fullText(now())}，点开可往前调` }, icon('clock'), h('b', {}, fullText(now()))),
    h('span', { class: 'bar-demo' }, state.online ? '演示' : '连不上，正在重试'),
    h('button', { class: 'bar-size', type: 'button', 'aria-pressed': String(document.documentElement.classList.contains('large')),
      onclick: () => { largePrint(!document.documentElement.classList.contains('large')); drawBar(); } }, '大字'));
}

function drawTabs() {
  const person = me();
  const waiting = person ? ['', ...person.groups].reduce((sum, group) => sum + unread(person.id, group), 0) : 0;
  const tab = (name, label, symbol, act, count) => h('button', { type: 'button', 'data-tab': name, onclick: act, class: name === 'chats' ? 'current' : '' },
    icon(symbol), h('span', {}, label), count > 0 && h('span', { class: 'badge' }, count > 99 ? '99+' : count));
  fill(byId('tabs'), tab('chats', '消息', 'chat', () => showPane(''), waiting), tab('people', '换个人', 'people', () => showPane('people')),
    tab('panel', '事项', 'list', () => showPane('panel')), tab('clock', '调时间', 'clock', openClock));
}

function drawScreen() {
  byId('phone').classList.toggle('in-chat', state.chat !== null);
  if (state.chat) return openChatView(byId('screen'));
  closeChatView();
  return drawChatList(byId('screen'));
}

function update(what) {
  if (what === 'clock' || what === 'online') drawBar();
  if (what === 'me' || what === 'chat') drawScreen();
  if (what === 'lines' && !state.chat) drawChatList(byId('screen'));
  if (state.chat) updateChatView(what);
  if (what === 'me' || what === 'lines') updatePeople(byId('people'));
  if (what === 'me') lookAtMatters().catch(() => {});
  updatePanel(what);
  if (what !== 'clock') drawTabs();
}

async function load() {
  const [people, groups, communities, newest] = await Promise.all([api.people(), api.groups(), api.communities(), api.newest(firstLoad)]);
  state.people = new Map(people.map((person) => [person.id, person]));
  state.groups = new Map(groups.items.map((group) => [group.id, group]));
  state.botName = groups.bot || state.botName;
  state.communities = communities.items;
  addLines(newest.items);
  await lookAtClock();
  if (!state.people.has(state.me)) state.me = '';
  const first = state.me || (state.people.has('u0150') ? 'u0150' : people[0]?.id || '');
  drawPeople(byId('people'));
  if (first) become(first);
  drawPanel(byId('panel'));
}

async function start() {
  let large = false;
  try {
    large = localStorage.getItem('yiqi-large') === '1';
  } catch {
    // No storage: normal print.
  }
  largePrint(large);
  subscribe(update);
  onOpenPage(showPage);
  onPicked(() => showPane(''));
  onPanel(() => showPane('panel'), () => showPane(''));
  document.addEventListener('keydown', (event) => event.key === 'Escape' && showPane(''));
  drawBar();
  drawTabs();
  try {
    await load();
    document.body.dataset.ready = 'yes';
  } catch (error) {
    fill(byId('screen'), h('div', { class: 'nothing' }, h('p', {}, `打不开：${error.message}`), h('button', { class: 'primary', type: 'button', onclick: () => location.reload() }, '再试一次')));
    toast(error.message);
    return;
  }
  changed('lines');
  follow();
  await look();
}

start();
