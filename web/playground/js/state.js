// What the page knows: people, groups, everything said, who speaks now and which chat is open.

const listeners = new Set();
const memory = loadMemory();

export const state = {
  people: new Map(), // user id -> person
  groups: new Map(), // chat id -> group
  communities: [],
  botName: '小邻',
  lines: [], // ascending by id
  me: memory.me || '',
  chat: null, // null: the chat list; {group} or {group: ''} for the bot
  quote: null,
  matters: new Map(), // community -> proposals
  clockOffset: 0, // procedure time minus machine time, milliseconds
  seen: new Map(Object.entries(memory.seen || {})), // "user|chat" -> last line read
  recent: memory.recent || [],
  online: true,
};

function loadMemory() {
  try {
    return JSON.parse(localStorage.getItem('yiqi-playground')) || {};
  } catch {
    return {};
  }
}

function keepMemory() {
  try {
    const seen = Object.fromEntries([...state.seen].slice(-2000));
    localStorage.setItem('yiqi-playground', JSON.stringify({ me: state.me, seen, recent: state.recent }));
  } catch {
    // A full or forbidden storage costs the unread marks, nothing else.
  }
}

export function subscribe(listener) {
  listeners.add(listener);
}

export function changed(what) {
  for (const listener of listeners) listener(what);
}

export const now = () => new Date(Date.now() + state.clockOffset);
export const me = () => state.people.get(state.me);
export const nameOf = (user) => state.people.get(user)?.name || user;

export function addLines(items) {
  const known = new Set(state.lines.map((line) => line.id));
  const fresh = items.filter((line) => !known.has(line.id));
  if (fresh.length === 0) return false;
  state.lines.push(...fresh);
  state.lines.sort((a, b) => a.id - b.id);
  return true;
}

export const lastId = () => (state.lines.length ? state.lines[state.lines.length - 1].id : 0);

const visible = (line) => line.kind === 'said' || line.kind === 'reply' || line.kind === 'push';

// Lines of a chat as `user` sees it; group '' is the private chat with the bot.
export function linesOf(user, group) {
  return state.lines.filter((line) => visible(line) && (group ? line.chat === group : line.chat === '' && line.user === user));
}

// How a card looks to `user` by now: the text that replaced its buttons.
export function cardUpdate(user, taskId) {
  let text = null;
  for (const line of state.lines) {
    if (line.update && line.update.task_id === taskId && (line.user === '' || line.user === user)) text = line.update.text;
  }
  return text;
}

const key = (user, group) => `${user}|${group}`;

export function unread(user, group) {
  const seen = state.seen.get(key(user, group)) || 0;
  return linesOf(user, group).filter((line) => line.id > seen && !(line.kind === 'said' && line.user === user)).length;
}

export function markSeen(user, group) {
  const lines = linesOf(user, group);
  const last = lines.length ? lines[lines.length - 1].id : 0;
  if ((state.seen.get(key(user, group)) || 0) < last) {
    state.seen.set(key(user, group), last);
    keepMemory();
  }
}

export function become(user) {
  if (!state.people.has(user)) return;
  state.me = user;
  state.recent = [user, ...state.recent.filter((other) => other !== user)].slice(0, 8);
  state.quote = null;
  const groups = state.people.get(user).groups;
  if (state.chat && state.chat.group && !groups.includes(state.chat.group)) state.chat = null;
  keepMemory();
  changed('me');
}

export function openChat(group) {
  state.chat = { group };
  state.quote = null;
  changed('chat');
}

export function closeChat() {
  state.chat = null;
  changed('chat');
}

// The community whose matters the panel shows.
export function community() {
  const person = me();
  if (person && state.communities.some((one) => one.id === person.community)) return person.community;
  return state.communities.length ? state.communities[state.communities.length - 1].id : '';
}
