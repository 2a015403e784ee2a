// Whose phone it is: search and pick.

import { avatar, fill, h, icon } from './dom.js';
import { become, state, unread } from './state.js';

const mostShown = 80;
let wanted = '';
let only = '';
let picked = () => {};

function matches(person) {
  if (only && (only === 'staff' ? !person.staff : person.community !== only)) return false;
  const text = `${person.name} ${person.id} ${person.household} ${person.home} ${person.roles.join(' ')}`.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function row(person) {
  const count = unread(person.id, '');
  const about = [person.home, person.household, ...person.roles].filter(Boolean).slice(0, 4).join(' · ');
  return h('li', {}, h('button', { class: 'person', type: 'button', 'data-user': person.id, 'aria-pressed': String(person.id === state.me),
    onclick: () => { become(person.id); picked(); } },
    avatar(person.name), h('span', { class: 'person-text' }, h('b', {}, person.name, h('small', {}, person.id)), h('span', {}, about || '居民')),
    count > 0 && h('span', { class: 'badge' }, count > 99 ? '99+' : count)));
}

function section(title, people) {
  return people.length > 0 && [h('li', { class: 'group-head' }, title), people.map(row)];
}

function drawRows(list) {
  const mine = state.people.get(state.me)?.community;
  const rank = (person) => (person.community === mine ? 0 : 2) + (person.staff ? 0 : 1);
  const found = [...state.people.values()].filter(matches).sort((a, b) => rank(a) - rank(b) || a.community.localeCompare(b.community));
  const recent = wanted || only ? [] : state.recent.map((id) => state.people.get(id)).filter(Boolean);
  const shown = found.slice(0, mostShown);
  const groups = new Map();
  for (const person of shown) {
    const name = state.communities.find((one) => one.id === person.community)?.name || '街道和部门';
    const title = person.staff ? `${name} · 工作人员` : name;
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(person);
  }
  fill(list, section('最近', recent), [...groups].map(([title, people]) => section(title, people)),
    found.length > mostShown && h('li', { class: 'more' }, `还有 ${found.length - mostShown} 人，输入姓名、住处或角色找`),
    found.length === 0 && h('li', { class: 'more' }, '没有这样的人'));
}

function filter(name, value) {
  return h('button', { class: 'chip', type: 'button', 'data-filter': value, 'aria-pressed': String(only === value),
    onclick: (event) => { only = value; drawPeople(event.target.closest('.pane')); } }, name);
}

export function drawPeople(pane) {
  const list = h('ul', { class: 'person-rows' });
  const search = h('input', { type: 'search', placeholder: '姓名、住处、角色、编号', 'aria-label': '找人', value: wanted,
    oninput: (event) => { wanted = event.target.value; drawRows(list); } });
  fill(pane, h('header', { class: 'pane-head' }, h('h2', {}, '换个人说话'),
    h('button', { class: 'round close', type: 'button', 'aria-label': '关上', onclick: () => picked() }, icon('close'))),
    h('label', { class: 'search' }, icon('search'), search),
    h('div', { class: 'filters' }, filter('全部', ''), state.communities.map((one) => filter(one.name, one.id)), filter('工作人员', 'staff')), list);
  drawRows(list);
}

export function updatePeople(pane) {
  const list = pane.querySelector('.person-rows');
  if (list && !pane.contains(document.activeElement?.closest('.person'))) drawRows(list);
}

export function onPicked(then) {
  picked = then;
}
